/* The command that answers invitations of others. */
#include "commands.h"
#include "outbox.h"

#include <desk/outbox.h>

static const struct command_option answer_options[] = {
    {.name = "occurrence",
     .value = "TIME",
     .help = "answer only for the occurrence of the series that starts then"},
    {.name = "send", .help = "mail the answer to whoever invited"},
    {0},
};

static enum err run_answer(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    const char *const *operands = invocation->operands.items;
    enum partstat partstat = PARTSTAT_NONE;
    struct scheduled shown = {0};
    struct strings uids = {0};
    const char *uid = NULL;
    bool send = argument_given(invocation, "send");
    if (!answer_parse(operands[1], &partstat))
        return error_set(&session->error, ERR_INVALID, "answer",
                         "'%s' is none of yes, no and maybe", operands[1]);
    struct which which = {.scope = SCOPE_OCCURRENCE, .at = argument(invocation, "occurrence")};
    enum err err =
        desk_answer(session, arena, operands[0], which.at ? &which : NULL, partstat, send, &uid);
    if (err)
        return err;
    *vector_push(arena, &uids) = uid;
    err = send ? send_after(session, invocation, &uids) : ERR_OK;
    if (err)
        return err;
    err = desk_meeting(session, arena, uid, &shown.meeting);
    return err ? err : output_scheduled(invocation, &shown, shown.meeting.meeting->tz);
}

const struct command command_answer = {
    .name = "answer",
    .operands = "MEETING yes|no|maybe",
    .least = 2,
    .options = answer_options,
    .help = "answer an invitation of somebody outside",
    .store = STORE_WRITE,
    .long_work = SENDING_COUNTS,
    .run = run_answer,
};
