/*
 * Answering an invitation of somebody outside: yes, no or maybe; of a series for all of it or for
 * the selected occurrence; kept alone, or with a mail to who invited.
 */
#include "open.h"
#include "pick.h"
#include <desk/outbox.h>
#include <string.h>

struct answer_row {
    const char *label, *detail;
    enum partstat partstat;
    bool one; /* of a series the selected occurrence alone */
    bool mail;
};

#define MAILED "mails it to who invited, by the outbox"
#define KEPT "kept here, mails nobody"
static const struct answer_row answer_rows[] = {
    {"yes", MAILED, PARTSTAT_ACCEPTED, false, true},
    {"no", MAILED, PARTSTAT_DECLINED, false, true},
    {"maybe", MAILED, PARTSTAT_TENTATIVE, false, true},
    {"yes, only this occurrence", MAILED, PARTSTAT_ACCEPTED, true, true},
    {"no, only this occurrence", MAILED, PARTSTAT_DECLINED, true, true},
    {"maybe, only this occurrence", MAILED, PARTSTAT_TENTATIVE, true, true},
    {"yes, without mail", KEPT, PARTSTAT_ACCEPTED, false, false},
    {"no, without mail", KEPT, PARTSTAT_DECLINED, false, false},
    {"maybe, without mail", KEPT, PARTSTAT_TENTATIVE, false, false},
};

static enum err answer_find(struct console *console, struct arena *arena, const char *typed,
                            size_t limit, struct pick_rows *rows)
{
    const struct occurrence *selected = console_selected(console);
    bool series = selected && meeting_series(selected->meeting);
    for (size_t i = 0; i < sizeof answer_rows / sizeof *answer_rows && rows->count < limit; i++)
        if ((series || !answer_rows[i].one) &&
            strncmp(answer_rows[i].label, typed, strlen(typed)) == 0)
            *vector_push(arena, rows) =
                (struct pick_row){answer_rows[i].label, answer_rows[i].detail, &answer_rows[i]};
    return ERR_OK;
}

static bool answer_choose(struct console *console, const void *chosen)
{
    const struct answer_row *answer = chosen;
    const struct occurrence *selected = console_selected(console);
    const char *uid = NULL;
    if (!selected)
        return true;
    struct which which = {.scope = SCOPE_OCCURRENCE, .recurrence = selected->recurrence};
    enum err err = desk_answer(console->session, console->turn, selected->meeting->uid,
                               answer->one ? &which : NULL, answer->partstat, answer->mail, &uid);
    if (!console_failed(console, err))
        console_say(console, "Answered: %s.%s", answer->label,
                    answer->mail
                        ? arena_format(console->turn,
                                       " The mail waits in the outbox (%s, then %s: send).",
                                       console_key_of(console, ACT_VIEW_OUTBOX, V_COMMANDS),
                                       console_key_of(console, ACT_SEND, V_OUTBOX))
                        : "");
    console_changed(console);
    return true;
}

void answer_pick(struct console *console, const struct occurrence *selected)
{
    if (!meeting_foreign(selected->meeting)) {
        console_say(console, "This meeting is the calendar's own; only an invitation from outside "
                             "is answered.");
        return;
    }
    pick_open(console, &(struct pick){.title = "Answer the invitation",
                                      .prompt = "y, n or m:",
                                      .empty = "Type yes, no or maybe.",
                                      .enter = "answer",
                                      .find = answer_find,
                                      .choose = answer_choose});
}
