/*
 * What helpdesk staff type or paste, as a conference ID.
 */
#include "digits.h"
#include <base/utf8.h>
#include <core/dial_in_text.h>
#include <string.h>

/* Digits of a line that belong together. */
struct run {
    char id[ID_SIZE];
    int digits; /* counted beyond what `id` holds, up to a limit */
    bool plus;
};

/* The next run of digits in the line; without digits at its end. */
static struct run next_run(const char **s, const char *end)
{
    struct run run = {.digits = 0};
    while (*s < end) {
        int32_t c = utf8_next(s, end);
        int value = digits_value(c);
        if (value >= 0) {
            if (run.digits < ID_MAX_DIGITS)
                run.id[run.digits] = (char)('0' + value);
            run.digits += run.digits <= ID_MAX_DIGITS;
        } else if (run.digits > 0 && !digits_separator(c)) {
            break;
        } else if (run.digits == 0) {
            run.plus = c == '+' || (run.plus && digits_separator(c));
        }
    }
    run.id[run.digits < ID_MAX_DIGITS ? run.digits : ID_MAX_DIGITS] = '\0';
    return run;
}

/*
 * The first run of the field's usual 7 to 9 digits, else the first that can be an ID, else the
 * fault of them all.
 */
static enum query_kind best_run(const char *s, const char *end, char out[ID_SIZE])
{
    enum query_kind kind = QUERY_NOT_DIGITS;
    for (struct run run; (run = next_run(&s, end)).digits > 0;) {
        bool too_long = run.digits > ID_MAX_DIGITS || (run.plus && run.digits >= 10);
        if (!too_long && run.digits >= ID_MIN_DIGITS) {
            bool usual = run.digits >= 7 && run.digits <= 9;
            if (kind != QUERY_ID || usual)
                memcpy(out, run.id, sizeof run.id);
            kind = QUERY_ID;
            if (usual)
                break;
        } else if (kind != QUERY_ID && kind != QUERY_TOO_LONG) {
            kind = too_long ? QUERY_TOO_LONG : QUERY_TOO_SHORT;
        }
    }
    return kind;
}

enum query_kind dial_in_query(const char *typed, char out[ID_SIZE])
{
    if (conference_id_normalize(typed, out))
        return QUERY_ID;
    struct dial_in_found found = dial_in_read(typed);
    if (found.sign != DIAL_IN_NO_SIGN) {
        memcpy(out, found.conference_id, sizeof found.conference_id);
        return QUERY_ID;
    }
    out[0] = '\0';
    return best_run(typed, typed + strlen(typed), out);
}
