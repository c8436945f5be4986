/* What became of the meetings of an organizer who was removed, as text and as JSON. */
#include "json_write.h"

#include <base/utf8.h>
#include <show/print.h>
#include <show/show.h>

static size_t count_untold(const struct removal *removal)
{
    size_t count = 0;
    for (size_t i = 0; i < removal->meetings.count; i++)
        count += removal->meetings.items[i].attendees.count;
    return count;
}

char *text_removal(struct arena *arena, const struct removal *removal, bool dry_run)
{
    struct text text = text_start(arena);
    const struct meetings *meetings = &removal->meetings;
    text_addf(&text, dry_run ? "%s would be removed.\n" : "%s is removed.\n", removal->email);
    if (meetings->count > 0)
        text_addf(&text, "Handed over to %s, with their IDs: %s\n", removal->to,
                  show_count(arena, meetings->count, "meeting"));
    for (size_t i = 0; i < meetings->count; i++)
        text_addf(&text, "  %s  %s\n", meetings->items[i].uid,
                  utf8_shown(arena, meetings->items[i].title, false));
    if (count_untold(removal) > 0)
        text_addf(&text, "%zu attendees have not been told; 'dialdesk send MEETING' tells them.\n",
                  count_untold(removal));
    for (size_t i = 0; i < removal->static_ids.count; i++)
        text_addf(&text, "Static ID %s goes with the meetings that carry it.\n",
                  removal->static_ids.items[i]);
    for (size_t i = 0; i < removal->retired.count; i++)
        text_addf(&text, "Static ID %s is retired.\n", removal->retired.items[i]);
    if (removal->foreign > 0)
        text_addf(&text, "%s of others stood in the calendar, and %s left aside.\n",
                  show_count(arena, (size_t)removal->foreign, "meeting"),
                  removal->foreign == 1 ? "is" : "are");
    return text.bytes;
}

char *json_removal(struct arena *arena, const struct removal *removal)
{
    struct text *json = json_start(arena, '{');
    json_text(json, "email", removal->email);
    json_text(json, "to", removal->to);
    json_open(json, "handed_over", '[');
    for (size_t i = 0; i < removal->meetings.count; i++)
        json_text(json, NULL, removal->meetings.items[i].uid);
    json_close(json, ']');
    json_texts(json, "static_ids", &removal->static_ids);
    json_texts(json, "retired", &removal->retired);
    json_int(json, "foreign", removal->foreign);
    return json_finish(json, '}');
}
