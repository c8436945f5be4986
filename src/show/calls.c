/* A bridge's answer, and the log of what bridges asked, as JSON and as text. */
#include "columns.h"
#include "json_value.h"
#include "when.h"

#include <show/print.h>
#include <show/show.h>
#include <string.h>

/* In pieces, as each call waits for it: an object of six members takes ten times as long. */
char *json_admission(struct arena *arena, const struct admission *admission)
{
    bool admit = admission->verdict == ADMISSION_ADMIT;
    bool early = admission->verdict == ADMISSION_EARLY;
    struct text text = text_start(arena);
    text_add(&text, "{\"verdict\":");
    json_add_text(&text, admission_verdict_name(admission->verdict));
    text_add(&text, ",\"room\":");
    json_add_text(&text, admission->room);
    text_add(&text, ",\"until\":");
    text_add(&text, admit ? arena_format(arena, "%lld", (long long)admission->until) : "null");
    text_add(&text, ",\"from\":");
    json_add_text(&text, early ? time_format_rfc3339(arena, admission->from, zone_utc()) : NULL);
    text_add(&text, ",\"lang\":");
    json_add_text(&text, admission->lang);
    text_add(&text, ",\"why\":");
    json_add_text(&text, admission_why_name(admission));
    text_add(&text, "}\n");
    return text.bytes;
}

char *json_calls(struct arena *arena, const struct calls *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct call *call = &list->items[i];
        const char *caller = call->caller ? caller_mask(arena, call->caller) : NULL;
        json_t *object = json_add_object(array);
        json_put_time(arena, object, "at", call->at, zone_utc());
        json_put_text(arena, object, "digits", call->digits);
        json_put_text(arena, object, "number", *call->number ? call->number : NULL);
        json_put_text(arena, object, "caller", caller);
        json_put_text(arena, object, "who", call->who);
        json_put_text(arena, object, "verdict", call->verdict);
        json_put_text(arena, object, "why", call->why);
        json_put_text(arena, object, "sign", call_sign_name(call->sign));
    }
    return json_finish(arena, array);
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
