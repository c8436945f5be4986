/* A bridge's answer, and the log of what bridges asked, as JSON and as text. */
#include "columns.h"
#include "json_write.h"
#include "when.h"

#include <show/print.h>
#include <show/show.h>
#include <string.h>

char *json_admission(struct arena *arena, const struct admission *admission)
{
    bool early = admission->verdict == ADMISSION_EARLY;
    struct text *json = json_start(arena, '{');
    json_text(json, "verdict", admission_verdict_name(admission->verdict));
    json_text(json, "room", admission->room);
    if (admission->verdict == ADMISSION_ADMIT)
        json_int(json, "until", admission->until);
    else
        json_null(json, "until");
    json_time(json, "from", early ? admission->from : INSTANT_NEVER, zone_utc());
    json_text(json, "lang", admission->lang);
    json_text(json, "why", admission_why_name(admission));
    return json_finish(json, '}');
}

char *json_calls(struct arena *arena, const struct calls *list)
{
    struct text *json = json_start(arena, '[');
    for (size_t i = 0; json_each(json, NULL, i, list->count); i++) {
        const struct call *call = &list->items[i];
        const char *caller = call->caller ? caller_mask(arena, call->caller) : NULL;
        json_time(json, "at", call->at, zone_utc());
        json_text(json, "digits", call->digits);
        json_text(json, "number", *call->number ? call->number : NULL);
        json_text(json, "caller", caller);
        json_text(json, "who", call->who);
        json_text(json, "verdict", call->verdict);
        json_text(json, "why", call->why);
        json_text(json, "sign", call_sign_name(call->sign));
    }
    return json_finish(json, ']');
}

char *text_admission(struct arena *arena, const struct admission *admission,
                     const struct zone *zone)
{
    struct text text = text_start(arena);
    text_add(&text, admission_verdict_name(admission->verdict));
    if (admission->verdict == ADMISSION_ADMIT)
        text_addf(&text, " to %s for %lld seconds, in %s", admission->room,
                  (long long)admission->until, admission->lang);
    if (admission->verdict == ADMISSION_EARLY)
        text_addf(&text, ": callers are let in from %s", when_instant(admission->from, zone).s);
    text_addf(&text, " (%s)\n", admission_why_name(admission));
    return text.bytes;
}

char *text_calls(struct arena *arena, const struct calls *list, const struct zone *zone)
{
    struct columns columns = columns_start(arena, 7);
    for (size_t i = 0; i < list->count; i++) {
        const struct call *call = &list->items[i];
        const char *sign = call_sign_name(call->sign);
        columns_add(&columns, when_instant(call->at, zone).s, *call->digits ? call->digits : "-",
                    call_caller(arena, call), call->number, call->verdict, call->why,
                    sign ? arena_format(arena, "%s?", sign) : "");
    }
    return columns_text(&columns);
}

const char *show_count(struct arena *arena, size_t count, const char *noun)
{
    return arena_format(arena, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

const char *show_callers(struct arena *arena, size_t count, int64_t last, int64_t now,
                         const struct zone *zone)
{
    struct local_time at = zone_read(zone, last).local, today = zone_read(zone, now).local;
    bool same_day = local_compare(local_midnight(at), local_midnight(today)) == 0;
    if (count == 0)
        return NULL;
    return arena_format(arena, "%s admitted, last %s%sat %s", show_count(arena, count, "caller"),
                        same_day ? "" : when_date(at, zone).s, same_day ? "" : " ",
                        when_clock(at, zone).s);
}
