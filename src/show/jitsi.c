/* What Jitsi's pages, its voice response and Prosody's reservations ask for, as JSON. */
#include "json_write.h"

#include <show/print.h>
#include <stdlib.h>

/* Jitsi takes numbers; an ID with a 0 before it would lose that. */
static void put_id(struct text *json, const char *key, const char *digits)
{
    if (!digits)
        json_bool(json, key, false);
    else if (conference_id_valid(digits) && digits[0] != '0')
        json_int(json, key, strtoll(digits, NULL, 10));
    else
        json_text(json, key, digits);
}

char *json_mapping(struct arena *arena, const char *message, const char *digits,
                   const char *conference)
{
    struct text *json = json_start(arena, '{');
    json_text(json, "message", message);
    put_id(json, "id", digits);
    if (conference)
        json_text(json, "conference", conference);
    else
        json_bool(json, "conference", false);
    return json_finish(json, '}');
}

char *json_phone_numbers(struct arena *arena, const struct numbers *numbers)
{
    struct text *json = json_start(arena, '[');
    for (size_t i = 0; json_each(json, NULL, i, numbers->count); i++) {
        const struct number *number = &numbers->items[i];
        json_text(json, "countryCode", number->country);
        json_bool(json, "tollFree", number->toll_free);
        json_text(json, "formattedNumber", number_shown(arena, number));
    }
    return json_finish(json, ']');
}

char *json_reservation(struct arena *arena, const char *digits, const char *name,
                       const char *mail_owner, int64_t start, int64_t duration)
{
    struct text *json = json_start(arena, '{');
    put_id(json, "id", digits);
    json_text(json, "name", name);
    json_text(json, "mail_owner", mail_owner);
    json_time(json, "start_time", start, zone_utc());
    json_int(json, "duration", duration);
    return json_finish(json, '}');
}

char *json_conflict(struct arena *arena, const char *digits)
{
    struct text *json = json_start(arena, '{');
    put_id(json, "conflict_id", digits);
    return json_finish(json, '}');
}
