/*
 * What the answers to all addresses share: the argument of a name, JSON, and errors.
 */
#include "routes.h"
#include <show/print.h>

void visit_json(struct visit *visit, int status, const char *json)
{
    visit->answer->status = status;
    visit->answer->type = "application/json; charset=utf-8";
    visit->answer->body = json;
}

void visit_message(struct visit *visit, int status, const char *message)
{
    visit_json(visit, status, json_message(visit->arena, message));
}

/* What went wrong is for the journal, not for whoever asks. */
void visit_error(struct visit *visit, enum err err)
{
    visit->gate->ailing = err != ERR_BUSY;
    visit_message(visit, 503, "The store does not answer. Try again.");
}

const char *visit_value(const struct visit *visit, const char *name)
{
    const char *value = http_pair_find(&visit->form, name);
    return value ? value : http_pair_find(&visit->request->arguments, name);
}

enum err visit_admit(struct visit *visit, const struct asking *asking, struct admission *out)
{
    struct session *session = visit->gate->session;
    struct calls_owed *owed = asking->unlogged ? NULL : gate_owing(visit->gate);
    enum err err = desk_admit(session, visit->arena, asking, owed, out);
    if (err) {
        visit_error(visit, err);
        return err;
    }
    if (!asking->unlogged)
        gate_decided(visit->gate, owed != NULL);
    visit->answer->delay = admission_delay(out);
    return ERR_OK;
}
