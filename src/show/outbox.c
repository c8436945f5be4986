/* The outbox and what sending came to, as JSON and as text. */
#include "columns.h"
#include "json_value.h"
#include "when.h"

#include <show/print.h>
#include <string.h>

static json_t *message_object(struct arena *arena, const struct message *message)
{
    const struct zone *utc = zone_utc();
    json_t *object = json_object();
    json_object_set_new(object, "id", json_integer(message->id));
    json_put_text(arena, object, "kind", message_kind_name(message->kind));
    json_put_text(arena, object, "state", message_state_name(message->state));
    json_put_text(arena, object, "to", message->recipient);
    json_put_text(arena, object, "uid", message->meeting_uid);
    json_put_text(arena, object, "title", message->title);
    json_put_text(arena, object, "message_id", message->message_id);
    json_put_time(arena, object, "queued", message->queued, utc);
    json_put_time(arena, object, "tried", message->tried ? message->tried : INSTANT_NEVER, utc);
    json_object_set_new(object, "tries", json_integer(message->tries));
    json_put_text(arena, object, "why", message->why);
    return object;
}

static json_t *message_array(struct arena *arena, const struct messages *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(array, message_object(arena, &list->items[i]));
    return array;
}

char *json_messages(struct arena *arena, const struct messages *list)
{
    return json_finish(arena, message_array(arena, list));
}

char *json_send(struct arena *arena, const struct send_report *report)
{
    json_t *object = json_object();
    json_object_set_new(object, "sent", json_integer(report->sent));
    json_object_set_new(object, "failed", json_integer(report->failed));
    json_object_set_new(object, "uncertain", json_integer(report->uncertain));
    json_object_set_new(object, "withdrawn", json_integer(report->withdrawn));
    json_object_set_new(object, "retry", json_integer(report->retry));
    json_object_set_new(object, "left", json_integer(report->left.queued));
    json_object_set_new(object, "stopped", json_boolean(report->stopped));
    json_object_set_new(object, "messages", message_array(arena, &report->messages));
    return json_finish(arena, object);
}

char *json_report(struct arena *arena, const struct report_days *days)
{
    json_t *array = json_array();
    for (size_t i = 0; i < days->count; i++) {
        const struct report_day *day = &days->items[i];
        json_t *object = json_add_object(array);
        json_put_text(
            arena, object, "day",
            arena_format(arena, "%04d-%02d-%02d", day->day.year, day->day.month, day->day.day));
        json_object_set_new(object, "converted", json_integer(day->counts.converted));
        for (int state = 0; state < MESSAGE_STATES; state++)
            json_object_set_new(object, message_state_name((enum message_state)state),
                                json_integer(day->counts.of[state]));
        json_object_set_new(object, "legacy", json_integer(day->counts.legacy));
    }
    return json_finish(arena, array);
}

char *text_messages(struct arena *arena, const struct messages *list)
{
    if (list->count == 0)
        return arena_copy(arena, "No message is owed.\n");
    struct columns columns = columns_start(arena, 6);
    for (size_t i = 0; i < list->count; i++) {
        const struct message *message = &list->items[i];
        columns_add(&columns, arena_format(arena, "%lld", (long long)message->id),
                    message_state_name(message->state), message_kind_name(message->kind),
                    message->recipient, message->title, message->why);
    }
    return columns_text(&columns);
}

char *json_owed(struct arena *arena, const struct owed_list *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct owed *owed = &list->items[i];
        json_t *object = json_add_object(array), *counts = json_object(), *ids = json_array();
        if (owed->recipient) {
            json_put_text(arena, object, "to", owed->recipient);
            json_put_texts(arena, object, "titles", &owed->about);
        } else {
            json_put_text(arena, object, "uid", owed->meeting_uid);
            json_put_text(arena, object, "title", owed->title);
            json_put_texts(arena, object, "to", &owed->about);
        }
        for (int state = 0; state < MESSAGE_STATES; state++)
            json_object_set_new(counts, message_state_name((enum message_state)state),
                                json_integer(owed->counts[state]));
        for (size_t k = 0; k < owed->ids.count; k++)
            json_array_append_new(ids, json_integer(owed->ids.items[k]));
        json_object_set_new(object, "counts", counts);
        json_object_set_new(object, "messages", ids);
    }
    return json_finish(arena, array);
}

char *text_owed(struct arena *arena, const struct owed_list *list)
{
    enum { NAMED = 3 };
    if (list->count == 0)
        return arena_copy(arena, "No message is owed.\n");
    struct columns columns = columns_start(arena, 3);
    for (size_t i = 0; i < list->count; i++) {
        const struct owed *owed = &list->items[i];
        columns_add(&columns, owed->recipient ? owed->recipient : owed->title,
                    owed_counts_text(arena, owed), owed_about_text(arena, owed, NAMED));
    }
    return columns_text(&columns);
}

char *text_send(struct arena *arena, const struct send_report *report)
{
    const struct {
        int64_t count;
        const char *words;
    } parts[] = {{report->sent, "handed over"},
                 {report->failed, "failed"},
                 {report->withdrawn, "not owed any more"},
                 {report->retry, "to be tried again"}};
    struct text text = text_start(arena);
    for (size_t i = 0; i < report->messages.count; i++) {
        const struct message *message = &report->messages.items[i];
        if (message->state != MESSAGE_SENT)
            text_addf(&text, "%lld  %s  %s: %s\n", (long long)message->id, message->recipient,
                      message_state_name(message->state), message->why);
    }
    const char *left = outbox_left_text(arena, &report->left);
    if (!report->messages.count)
        text_add(&text, *left ? "Nothing is due" : "Nothing had to be sent");
    for (size_t i = 0, told = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count)
            text_addf(&text, "%s%lld %s", told++ ? ", " : "", (long long)parts[i].count,
                      parts[i].words);
    text_addf(&text, "%s%s.\n", *left ? "; " : "", left);
    if (report->left.uncertain)
        text_add(&text, "'--uncertain retry' sends again what may have been sent; 'dialdesk outbox "
                        "sent N' marks it as sent.\n");
    return text.bytes;
}

char *text_report(struct arena *arena, const struct report_days *days, const struct zone *zone)
{
    struct columns columns = columns_start(arena, MESSAGE_STATES + 3);
    columns_add(&columns, arena_format(arena, "Day (%s)", zone_name(zone)), "converted");
    for (int state = 0; state < MESSAGE_STATES; state++)
        columns_add(&columns, message_state_name((enum message_state)state));
    columns_add(&columns, "still legacy");
    for (size_t i = 0; i < days->count; i++) {
        columns_add(&columns, when_date(days->items[i].day, zone).s,
                    arena_format(arena, "%lld", (long long)days->items[i].counts.converted));
        for (int state = 0; state < MESSAGE_STATES; state++)
            columns_add(&columns,
                        arena_format(arena, "%lld", (long long)days->items[i].counts.of[state]));
        columns_add(&columns, arena_format(arena, "%lld", (long long)days->items[i].counts.legacy));
    }
    return columns_text(&columns);
}

char *csv_report(struct arena *arena, const struct report_days *days)
{
    struct text text = text_start(arena);
    text_add(&text, "day,converted");
    for (int state = 0; state < MESSAGE_STATES; state++)
        text_addf(&text, ",%s", message_state_name((enum message_state)state));
    text_add(&text, ",legacy\r\n");
    for (size_t i = 0; i < days->count; i++) {
        const struct report_day *day = &days->items[i];
        text_addf(&text, "%04d-%02d-%02d,%lld", day->day.year, day->day.month, day->day.day,
                  (long long)day->counts.converted);
        for (int state = 0; state < MESSAGE_STATES; state++)
            text_addf(&text, ",%lld", (long long)day->counts.of[state]);
        text_addf(&text, ",%lld\r\n", (long long)day->counts.legacy);
    }
    return text.bytes;
}
