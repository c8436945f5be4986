/* What Jitsi's pages, its voice response and Prosody's reservations ask for, as JSON. */
#include "json_value.h"

#include <show/print.h>
#include <stdlib.h>

/* Jitsi takes numbers; an ID with a 0 before it would lose that. */
static json_t *id_value(struct arena *arena, const char *digits)
{
    if (digits && conference_id_valid(digits) && digits[0] != '0')
        return json_integer(strtoll(digits, NULL, 10));
    return digits ? json_text(arena, digits) : json_false();
}

char *json_mapping(struct arena *arena, const char *message, const char *digits,
                   const char *conference)
{
    json_t *object = json_object();
    json_put_text(arena, object, "message", message);
    json_object_set_new(object, "id", id_value(arena, digits));
    json_object_set_new(object, "conference",
                        conference ? json_text(arena, conference) : json_false());
    return json_finish(arena, object);
}

char *json_phone_numbers(struct arena *arena, const struct numbers *numbers)
{
    json_t *array = json_array();
    for (size_t i = 0; i < numbers->count; i++) {
        const struct number *number = &numbers->items[i];
        json_t *object = json_add_object(array);
        json_put_text(arena, object, "countryCode", number->country);
        json_object_set_new(object, "tollFree", json_boolean(number->toll_free));
        json_put_text(arena, object, "formattedNumber", number_shown(arena, number));
    }
    return json_finish(arena, array);
}

char *json_reservation(struct arena *arena, const char *digits, const char *name,
                       const char *mail_owner, int64_t start, int64_t duration)
{
    json_t *object = json_object();
    json_object_set_new(object, "id", id_value(arena, digits));
    json_put_text(arena, object, "name", name);
    json_put_text(arena, object, "mail_owner", mail_owner);
    json_put_time(arena, object, "start_time", start, zone_utc());
    json_object_set_new(object, "duration", json_integer(duration));
    return json_finish(arena, object);
}

char *json_conflict(struct arena *arena, const char *digits)
{
    json_t *object = json_object();
    json_object_set_new(object, "conflict_id", id_value(arena, digits));
    return json_finish(arena, object);
}
