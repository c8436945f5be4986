/* The outbox's words and rules. */
#include <core/outbox.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

static const char *const state_names[MESSAGE_STATES] = {"queued", "claimed",   "sending",  "sent",
                                                        "failed", "uncertain", "withdrawn"};
static const char *const kind_names[] = {"invitation", "update", "cancellation", "reminder",
                                         "reply"};

const char *message_state_name(enum message_state state)
{
    return state_names[state];
}

const char *message_kind_name(enum message_kind kind)
{
    return kind_names[kind];
}

bool message_state_parse(const char *name, enum message_state *state)
{
    int found = word_find(state_names, MESSAGE_STATES, name);
    if (found >= 0)
        *state = (enum message_state)found;
    return found >= 0;
}

enum message_state message_state_by_lease(enum message_state state, int64_t lease, int64_t now)
{
    if (lease >= now)
        return state;
    if (state == MESSAGE_CLAIMED)
        return MESSAGE_QUEUED;
    return state == MESSAGE_SENDING ? MESSAGE_UNCERTAIN : state;
}

bool message_kind_parse(const char *name, enum message_kind *kind)
{
    int found = word_find(kind_names, sizeof kind_names / sizeof *kind_names, name);
    if (found >= 0)
        *kind = (enum message_kind)found;
    return found >= 0;
}

/* --- by person, by meeting --- */

static int by_recipient(const void *left, const void *right)
{
    const struct message *a = *(const struct message *const *)left,
                         *b = *(const struct message *const *)right;
    int order = strcasecmp(a->recipient, b->recipient);
    return order ? order : a->id < b->id ? -1 : a->id > b->id;
}

static int by_title(const void *left, const void *right)
{
    const struct message *a = *(const struct message *const *)left,
                         *b = *(const struct message *const *)right;
    int order = strcmp(a->title, b->title);
    order = order ? order : strcmp(a->meeting_uid, b->meeting_uid);
    return order ? order : a->id < b->id ? -1 : a->id > b->id;
}

static bool same_group(const struct owed *owed, const struct message *message)
{
    return owed->recipient ? strcasecmp(owed->recipient, message->recipient) == 0
                           : strcmp(owed->meeting_uid, message->meeting_uid) == 0;
}

static struct owed owed_start(const struct message *message, bool by_meeting)
{
    if (!by_meeting)
        return (struct owed){.recipient = message->recipient};
    return (struct owed){.meeting_uid = message->meeting_uid, .title = message->title};
}

void messages_group(struct arena *arena, const struct messages *list, bool by_meeting,
                    struct owed_list *out)
{
    const struct message **sorted = arena_array(arena, list->count + 1, sizeof *sorted);
    for (size_t i = 0; i < list->count; i++)
        sorted[i] = &list->items[i];
    items_sort(sorted, list->count, sizeof *sorted, by_meeting ? by_title : by_recipient);
    for (size_t i = 0; i < list->count; i++) {
        const struct message *message = sorted[i];
        if (!out->count || !same_group(&out->items[out->count - 1], message))
            *vector_push(arena, out) = owed_start(message, by_meeting);
        struct owed *owed = &out->items[out->count - 1];
        const char *about = by_meeting ? message->recipient : message->title;
        owed->counts[message->state]++;
        *vector_push(arena, &owed->ids) = message->id;
        if (!strings_hold(&owed->about, about))
            *vector_push(arena, &owed->about) = about;
    }
}

char *owed_about_text(struct arena *arena, const struct owed *owed, size_t most)
{
    struct text text = text_start(arena);
    const struct strings *about = &owed->about;
    for (size_t i = 0; i < about->count && i < most; i++)
        text_addf(&text, "%s%s", i ? ", " : "", about->items[i]);
    if (about->count > most)
        text_addf(&text, " and %zu more", about->count - most);
    return text.bytes;
}

char *owed_counts_text(struct arena *arena, const struct owed *owed)
{
    struct text text = text_start(arena);
    for (int i = 0; i < MESSAGE_STATES; i++)
        if (owed->counts[i])
            text_addf(&text, "%s%lld %s", text.length ? ", " : "", (long long)owed->counts[i],
                      state_names[i]);
    return text.bytes;
}

/* --- who knows what --- */

struct message_told message_tells(const struct meeting *meeting)
{
    return (struct message_told){.known = true,
                                 .start = meeting->start,
                                 .duration = meeting->duration,
                                 .title = meeting->title,
                                 .location = meeting->location,
                                 .rrule = meeting->rrule};
}

bool attendee_untold(const struct meeting *meeting, const struct attendee *attendee)
{
    const char *id = meeting->conference_id ? meeting->conference_id : "";
    if (meeting_foreign(meeting))
        return false; /* that is told by who invited */
    if (meeting->organizer && strcasecmp(attendee->email, meeting->organizer) == 0)
        return false; /* it is their own meeting */
    return !attendee->told || attendee->told_sequence < meeting->sequence ||
           strcmp(attendee->told_id, id) != 0;
}

size_t meeting_untold(const struct meeting *meeting)
{
    size_t count = 0;
    for (size_t i = 0; i < meeting->attendees.count; i++)
        count += attendee_untold(meeting, &meeting->attendees.items[i]);
    return count;
}

char *untold_text(struct arena *arena, const struct meeting *meeting)
{
    size_t untold = meeting_untold(meeting), all = meeting->attendees.count;
    if (untold == 0)
        return arena_copy(arena, "");
    if (all == 1)
        return arena_copy(arena, "the attendee has not been told");
    return arena_format(arena, "%zu of %zu %s not been told", untold, all,
                        untold == 1 ? "has" : "have");
}

char *left_untold_text(struct arena *arena, const struct strings *left)
{
    struct strings first = {.items = left->items, .count = left->count < 3 ? left->count : 3};
    const char *names = strings_join(arena, &first, ", ");
    if (!left->count)
        return arena_copy(arena, "");
    if (left->count > first.count)
        names = arena_format(arena, "%s and %zu more", names, left->count - first.count);
    return arena_format(arena, "%s %s not invited any more and %s not been told", names,
                        left->count == 1 ? "is" : "are", left->count == 1 ? "has" : "have");
}

char *occurrence_replies_text(struct arena *arena, const struct occurrence_replies *list)
{
    struct text text = text_start(arena);
    for (size_t i = 0; i < list->count; i++) {
        const struct occurrence_reply *reply = &list->items[i];
        bool same = i > 0 && local_compare(reply->recurrence, list->items[i - 1].recurrence) == 0;
        struct local_time day = reply->recurrence;
        if (!same)
            text_addf(&text, "%s%s %d %s %d:", i ? "; " : "", weekday_name(local_weekday(day)),
                      day.day, month_name(day.month), day.year);
        const char *word = answer_word(reply->partstat);
        text_addf(&text, "%s %s %s", same ? "," : "", word ? word : "open", reply->email);
    }
    return text.bytes;
}

struct reply_counts meeting_replies(const struct meeting *meeting)
{
    struct reply_counts counts = {0};
    for (size_t i = 0; i < meeting->attendees.count; i++) {
        enum partstat partstat = meeting->attendees.items[i].partstat;
        counts.yes += partstat == PARTSTAT_ACCEPTED;
        counts.no += partstat == PARTSTAT_DECLINED;
        counts.maybe += partstat == PARTSTAT_TENTATIVE;
        counts.open += partstat == PARTSTAT_NONE;
    }
    return counts;
}

char *replies_text(struct arena *arena, const struct meeting *meeting)
{
    struct reply_counts counts = meeting_replies(meeting);
    const struct {
        size_t count;
        const char *word;
    } parts[] = {
        {counts.yes, "yes"}, {counts.no, "no"}, {counts.maybe, "maybe"}, {counts.open, "open"}};
    struct text text = text_start(arena);
    if (counts.open == meeting->attendees.count)
        return text.bytes;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count)
            text_addf(&text, "%s%zu %s", text.length ? ", " : "", parts[i].count, parts[i].word);
    return text.bytes;
}

/* --- how a mailer ended --- */

/*
 * The first digit of the number that the server gave, as in "server message: 550 5.1.1 no such
 * user"; 0: none is told.
 */
static char server_class(const char *output)
{
    static const char mark[] = "server message: ";
    for (const char *at = output; (at = strstr(at, mark)) != NULL;) {
        at += sizeof mark - 1;
        if ((*at == '4' || *at == '5') && isdigit((unsigned char)at[1]) &&
            isdigit((unsigned char)at[2]) && !isdigit((unsigned char)at[3]))
            return *at;
    }
    return 0;
}

static enum mailer_verdict judge_by_server(const char *output, enum mailer_verdict without)
{
    char class = server_class(output);
    return class == '5' ? MAILER_REFUSED : class == '4' ? MAILER_RETRY : without;
}

enum mailer_verdict mailer_judge(const struct mailer_end *end)
{
    if (end->killed || end->late)
        return MAILER_UNCERTAIN;
    switch (end->status) {
    case EX_OK:
        return MAILER_TAKEN;
    case EX_USAGE:
    case EX_NOPERM:
    case EX_CONFIG:
    case 126: /* found, and no program */
    case 127: /* not found */
        return MAILER_BROKEN;
    case EX_IOERR: /* msmtp: a time-out behind the data; or no configuration at all */
        return strstr(end->output, "no configuration") ? MAILER_BROKEN : MAILER_UNCERTAIN;
    case EX_PROTOCOL: /* the server went away, perhaps with the message */
        return MAILER_UNCERTAIN;
    case EX_DATAERR:
    case EX_NOUSER:
        return judge_by_server(end->output, MAILER_REFUSED);
    case EX_SOFTWARE:
    case EX_OSERR:
    case EX_OSFILE:
    case EX_CANTCREAT:
    case EX_TEMPFAIL:
        return judge_by_server(end->output, MAILER_RETRY);
    case EX_NOHOST:
    case EX_UNAVAILABLE:
    default:
        return judge_by_server(end->output, MAILER_RETRY_FEW);
    }
}

int64_t message_next_try(enum mailer_verdict verdict, int64_t tries, int64_t first_tried,
                         int64_t now)
{
    enum { FEW = 5 };
    static const int64_t waits[] = {MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR};
    const int64_t last = sizeof waits / sizeof *waits - 1;
    if (now - first_tried >= DAY || (verdict == MAILER_RETRY_FEW && tries >= FEW))
        return INSTANT_NEVER;
    return now + waits[tries - 1 < last ? tries - 1 : last];
}

char *outbox_left_text(struct arena *arena, const struct outbox_left *left)
{
    struct text out = text_start(arena);
    if (left->queued)
        text_addf(&out, "%lld still queued", (long long)left->queued);
    if (left->queued && left->next > 0)
        text_addf(&out, ", the next try in %s",
                  duration_format(arena, (left->next + MINUTE - 1) / MINUTE * MINUTE));
    if (left->uncertain)
        text_addf(&out, "%s%lld uncertain: sent or not, see the outbox", out.length ? "; " : "",
                  (long long)left->uncertain);
    return out.bytes;
}
