/*
 * Command rows on the store as a whole: init, check, backup, demo.
 */
#include "commands.h"

enum err run_init(struct session *session, const struct arguments *arguments, struct result *result)
{
    bool created = false;
    (void)arguments;
    enum err err = desk_init(session, &created);
    if (err != ERR_OK)
        return err;
    result->kind = RESULT_MESSAGE;
    result->message =
        arena_format(result->arena, "The store is %s %s.",
                     created ? "made:" : "there already:", store_where(session->store));
    return ERR_OK;
}

const struct command_option check_options[] = {
    {.name = "repair", .help = "first bring stored times to what the zones' rules are today"},
    {0},
};

enum err run_check(struct session *session, const struct arguments *arguments,
                   struct result *result)
{
    enum err err = ERR_OK;
    result->has_repaired = argument_given(arguments, "repair");
    if (result->has_repaired)
        err = desk_repair(session, result->arena, &result->repaired);
    if (err != ERR_OK && err != ERR_DAMAGED) /* damage is the check's to tell */
        return err;
    error_clear(&session->error);
    err = desk_check(session, result->arena, &result->findings);
    result->kind = RESULT_FINDINGS;
    result->unsound = result->findings.count > 0;
    return err;
}

enum err run_backup(struct session *session, const struct arguments *arguments,
                    struct result *result)
{
    const char *path = arguments->operands.items[0];
    enum err err = argument_path(session, "backup", path);
    if (err == ERR_OK)
        err = desk_backup(session, path);
    result->kind = RESULT_MESSAGE;
    result->message = arena_format(result->arena, "The copy is %s.", path);
    return err;
}

enum err run_demo(struct session *session, const struct arguments *arguments, struct result *result)
{
    (void)arguments;
    result->kind = RESULT_MESSAGE;
    return desk_demo(session, result->arena, &result->message);
}
