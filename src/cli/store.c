/* Commands on the store as a whole: init, check, backup, restore, demo. */
#include "commands.h"

#include <show/print.h>

static enum err run_init(struct session *session, struct invocation *invocation)
{
    bool created = false;
    enum err err = desk_init(session, &created);
    if (err)
        return err;
    output_message(invocation,
                   arena_format(invocation->arena, "The store is %s %s.",
                                created ? "made:" : "there already:", store_where(session->store)));
    return ERR_OK;
}

const struct command command_init = {
    .name = "init",
    .help = "make the store, and say where it is",
    .store = STORE_NONE, /* opens it itself, to tell whether this run made it */
    .run = run_init,
};

static const struct command_option check_options[] = {
    {.name = "repair",
     .help = "first bring right what can be worked out, after a copy beside: counts and states of "
             "IDs, search texts, indexes, times by today's zone rules"},
    {0},
};

static enum err run_check(struct session *session, struct invocation *invocation)
{
    struct arena *arena = invocation->arena;
    struct strings findings = {0}, notes = {0}, *repaired = NULL;
    struct repairs repairs;
    if (argument_given(invocation, "repair")) {
        repaired = &repairs.lines;
        enum err err = desk_repair(session, arena, &repairs);
        if (err && err != ERR_DAMAGED) /* the check itself tells of damage */
            return err;
        if (repairs.copy)
            output_warning(invocation,
                           arena_format(arena, "the store as it was is in %s", repairs.copy));
    }
    enum err err = desk_check(session, arena, &findings, &notes);
    if (err)
        return err;
    output_answer(invocation, invocation->json ? json_findings(arena, &findings, &notes, repaired)
                                               : text_findings(arena, &findings, &notes, repaired));
    if (findings.count > 0)
        invocation->status = 4;
    return ERR_OK;
}

const struct command command_check = {
    .name = "check",
    .options = check_options,
    .help = "check the store's integrity and every rule",
    .store = STORE_NONE, /* opens it itself: a store that cannot be opened is a finding */
    .run = run_check,
};

static enum err run_backup(struct session *session, struct invocation *invocation)
{
    const char *path = invocation->operands.items[0];
    enum err err = argument_path(invocation, path);
    if (err)
        return err;
    err = desk_backup(session, path);
    if (err)
        return err;
    output_message(invocation, arena_format(invocation->arena, "The copy is %s.", path));
    return ERR_OK;
}

const struct command command_backup = {
    .name = "backup",
    .operands = "FILE",
    .least = 1,
    .help = "make a consistent copy while others work",
    .store = STORE_READ,
    .run = run_backup,
};

static enum err run_restore(struct session *session, struct invocation *invocation)
{
    const char *path = invocation->operands.items[0];
    enum err err = argument_file(invocation, path);
    if (err)
        return err;
    err = desk_restore(session, path);
    if (err)
        return err;
    output_message(invocation, arena_format(invocation->arena, "The store %s is what %s holds.",
                                            store_where(session->store), path));
    return ERR_OK;
}

const struct command command_restore = {
    .name = "restore",
    .operands = "FILE",
    .least = 1,
    .help = "replace the store by a backup",
    .store = STORE_NONE, /* what stands there may be damaged, and is opened once it is replaced */
    .run = run_restore,
};

static enum err run_demo(struct session *session, struct invocation *invocation)
{
    const char *summary = NULL;
    enum err err = desk_demo(session, invocation->arena, &summary);
    if (err)
        return err;
    output_message(invocation, summary);
    return ERR_OK;
}

const struct command command_demo = {
    .name = "demo",
    .help = "fill an empty store with a sample organization",
    .store = STORE_WRITE,
    .run = run_demo,
};
