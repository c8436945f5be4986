/*
 * FreeSWITCH's mod_xml_curl: a POST of some hundred variables of the call, answered by a piece of
 * dial plan. Without digits it asks for them and comes back, three times at most.
 */
#include "routes.h"
#include <base/utf8.h>
#include <string.h>

enum { TRIES = 3 };

#define NOT_OURS                                                                                   \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document type=\"freeswitch/xml\">"               \
    "<section name=\"result\"><result status=\"not found\"/></section></document>\n"

/* Text in an attribute's value. */
static void xml_add(struct text *text, const char *s)
{
    for (s = utf8_printable(text->arena, s, false); *s; s++) {
        const char *name = *s == '&'    ? "&amp;"
                           : *s == '<'  ? "&lt;"
                           : *s == '>'  ? "&gt;"
                           : *s == '"'  ? "&quot;"
                           : *s == '\'' ? "&apos;"
                                        : NULL;
        if (name)
            text_add(text, name);
        else
            text_add_byte(text, *s);
    }
}

static void action_add(struct text *text, const char *application, const char *data)
{
    text_addf(text, "<action application=\"%s\" data=\"", application);
    xml_add(text, data);
    text_add(text, "\"/>");
}

/* Only what FreeSWITCH can't take for more than a name: it expands ${...} in our answer. */
static const char *plain(struct arena *arena, const char *s, const char *otherwise)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "+*#._-";
    return s && *s && strlen(s) <= 64 && strspn(s, letters) == strlen(s) ? arena_copy(arena, s)
                                                                         : otherwise;
}

static void ask(struct visit *visit, struct text *text, int try)
{
    struct arena *arena = visit->arena;
    const char *number = plain(arena, visit_value(visit, "Caller-Destination-Number"), "dialdesk");
    const char *context = plain(arena, visit_value(visit, "Caller-Context"), "public");
    action_add(text, "answer", "");
    action_add(text, "set", arena_format(arena, "dialdesk_try=%d", try));
    action_add(text, "unset", "dialdesk_digits");
    action_add(text, "play_and_get_digits",
               arena_format(arena,
                            "4 %d 1 7000 # conference/conf-pin.wav conference/conf-bad-pin.wav"
                            " dialdesk_digits \\d+",
                            ID_MAX_DIGITS));
    action_add(text, "transfer", arena_format(arena, "%s XML %s", number, context));
}

static void hang_up(struct text *text, const char *file, const char *cause)
{
    action_add(text, "answer", "");
    if (file)
        action_add(text, "playback", file);
    action_add(text, "hangup", cause);
}

/* A gateway that FreeSWITCH is registered with, else the address that the call came from. */
static const char *trunk_of(const struct visit *visit)
{
    const char *gateway = visit_value(visit, "variable_sip_gateway");
    return gateway ? gateway : visit_value(visit, "Caller-Network-Addr");
}

static void answer_digits(struct visit *visit, struct text *text, const char *digits, int try)
{
    struct arena *arena = visit->arena;
    struct admission admission;
    struct asking asking = {.digits = digits,
                            .caller = visit_value(visit, "Caller-Caller-ID-Number"),
                            .number = visit_value(visit, "Caller-Destination-Number"),
                            .trunk = trunk_of(visit),
                            .at = session_now(visit->gate->session)};
    if (visit_admit(visit, &asking, &admission) != ERR_OK) {
        hang_up(text, "ivr/ivr-please_try_again.wav", "NORMAL_TEMPORARY_FAILURE");
    } else if (admission.verdict == ADMISSION_ADMIT) {
        action_add(text, "answer", "");
        action_add(text, "sched_hangup",
                   arena_format(arena, "+%lld allotted_timeout", (long long)admission.until));
        action_add(text, "conference", arena_format(arena, "%s@default", admission.room));
    } else if (admission.verdict == ADMISSION_EARLY) {
        hang_up(text, "conference/conf-conference_will_start_shortly.wav", "NORMAL_CLEARING");
    } else if (try < TRIES) {
        action_add(text, "playback", "conference/conf-bad-pin.wav");
        ask(visit, text, try + 1);
    } else {
        hang_up(text, "voicemail/vm-goodbye.wav", "NORMAL_CLEARING");
    }
}

/* An error, too, is a dial plan: FreeSWITCH would go on with the file on its disk otherwise. */
void visit_fsapi(struct visit *visit)
{
    const char *section = visit_value(visit, "section"), *digits, *tried;
    visit->answer->status = 200;
    visit->answer->type = "text/xml; charset=utf-8";
    visit->answer->body = NOT_OURS;
    if (!section || strcmp(section, "dialplan") != 0)
        return;
    struct text text = text_start(visit->arena);
    digits = visit_value(visit, "variable_dialdesk_digits");
    tried = visit_value(visit, "variable_dialdesk_try");
    int try = tried && tried[0] >= '1' && tried[0] < '0' + TRIES && !tried[1] ? tried[0] - '0'
              : tried                                                         ? TRIES
                                                                              : 1;
    text_add(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document type=\"freeswitch/xml\">"
                    "<section name=\"dialplan\"><context name=\"");
    xml_add(&text, plain(visit->arena, visit_value(visit, "Caller-Context"), "public"));
    text_add(&text, "\"><extension name=\"dialdesk\"><condition>");
    if (digits && *digits)
        answer_digits(visit, &text, digits, try);
    else if (tried && try >= TRIES)
        hang_up(&text, "voicemail/vm-goodbye.wav", "NORMAL_CLEARING");
    else
        ask(visit, &text, tried ? try + 1 : 1);
    text_add(&text, "</condition></extension></context></section></document>\n");
    visit->answer->status = 200;
    visit->answer->type = "text/xml; charset=utf-8";
    visit->answer->body = text.bytes;
}
