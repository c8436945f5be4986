/* What an import counts by its kind, in lists that a hostile file can't make long. */
#include <core/report.h>
#include <string.h>
#include <strings.h>

enum { LIST_MAX = 500 };

void import_inviter_add(struct arena *arena, struct import_inviters *list, const char *email)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcasecmp(list->items[i].email, email) == 0) {
            list->items[i].events++;
            return;
        }
    }
    if (list->count < LIST_MAX)
        *vector_push(arena, list) = (struct import_inviter){arena_copy(arena, email), 1};
}

void import_number_add(struct arena *arena, struct import_numbers *list,
                       const struct import_number *number)
{
    const char *service = arena_copy(arena, number->service);
    for (size_t i = 0; i < list->count; i++) {
        struct import_number *same = &list->items[i];
        if (strcmp(same->number, number->number) != 0)
            continue;
        same->events += number->events;
        same->service = same->service ? same->service : service;
        return;
    }
    if (list->count < LIST_MAX)
        *vector_push(arena, list) = (struct import_number){arena_copy(arena, number->number),
                                                           arena_copy(arena, number->shown),
                                                           number->ours, service, number->events};
}
