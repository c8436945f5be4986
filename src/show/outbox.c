/* The outbox and what sending came to, as JSON and as text. */
#include "columns.h"
#include "json_write.h"
#include "when.h"

#include <show/print.h>
#include <string.h>

static void put_messages(struct text *json, const char *key, const struct messages *list)
{
    for (size_t i = 0; json_each(json, key, i, list->count); i++) {
        const struct message *message = &list->items[i];
        json_int(json, "id", message->id);
        json_text(json, "kind", message_kind_name(message->kind));
        json_text(json, "state", message_state_name(message->state));
        json_text(json, "to", message->recipient);
        json_text(json, "uid", message->meeting_uid);
        json_text(json, "title", message->title);
        json_text(json, "message_id", message->message_id);
        json_time(json, "queued", message->queued, zone_utc());
        json_time(json, "tried", message->tried ? message->tried : INSTANT_NEVER, zone_utc());
        json_int(json, "tries", message->tries);
        json_text(json, "why", message->why);
    }
}

char *json_messages(struct arena *arena, const struct messages *list)
{
    struct text *json = json_start(arena, '[');
    put_messages(json, NULL, list);
    return json_finish(json, ']');
}

char *json_send(struct arena *arena, const struct send_report *report)
{
    struct text *json = json_start(arena, '{');
    json_int(json, "sent", report->sent);
    json_int(json, "failed", report->failed);
    json_int(json, "uncertain", report->uncertain);
    json_int(json, "withdrawn", report->withdrawn);
    json_int(json, "retry", report->retry);
    json_int(json, "left", report->left.queued);
    json_bool(json, "stopped", report->stopped);
    put_messages(json, "messages", &report->messages);
    return json_finish(json, '}');
}

char *json_report(struct arena *arena, const struct report_days *days)
{
    struct text *json = json_start(arena, '[');
    for (size_t i = 0; json_each(json, NULL, i, days->count); i++) {
        const struct report_day *day = &days->items[i];
        json_text(
            json, "day",
            arena_format(arena, "%04d-%02d-%02d", day->day.year, day->day.month, day->day.day));
        json_int(json, "converted", day->counts.converted);
        for (int state = 0; state < MESSAGE_STATES; state++)
            json_int(json, message_state_name((enum message_state)state), day->counts.of[state]);
        json_int(json, "legacy", day->counts.legacy);
    }
    return json_finish(json, ']');
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
    struct text *json = json_start(arena, '[');
    for (size_t i = 0; json_each(json, NULL, i, list->count); i++) {
        const struct owed *owed = &list->items[i];
        if (owed->recipient) {
            json_text(json, "to", owed->recipient);
            json_texts(json, "titles", &owed->about);
        } else {
            json_text(json, "uid", owed->meeting_uid);
            json_text(json, "title", owed->title);
            json_texts(json, "to", &owed->about);
        }
        json_open(json, "counts", '{');
        for (int state = 0; state < MESSAGE_STATES; state++)
            json_int(json, message_state_name((enum message_state)state), owed->counts[state]);
        json_close(json, '}');
        json_open(json, "messages", '[');
        for (size_t k = 0; k < owed->ids.count; k++)
            json_int(json, NULL, owed->ids.items[k]);
        json_close(json, ']');
    }
    return json_finish(json, ']');
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
