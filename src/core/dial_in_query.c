/*
 * What helpdesk staff type or paste, as a conference ID. Callers read digits out one by one, lines
 * are pasted with dates and telephone numbers around the ID, and a scan reads 0 as O.
 */
#include "dial_in_signs.h"
#include "dial_in_when.h"
#include "digits.h"
#include <base/ascii.h>
#include <base/utf8.h>
#include <string.h>
#include <strings.h>

/* Digits of a line that belong together. */
struct run {
    char id[ID_SIZE];
    int digits;             /* counted beyond what `id` holds, up to a limit */
    int first_group, group; /* digits of the first group, and of the last one so far */
    bool plus, telephone;   /* telephone: written as one */
    bool in_word;           /* begins behind a letter: "B2" */
    bool area;              /* a telephone's area code: digits of their own follow it */
};

enum { USUAL_LEAST = 7, USUAL_MOST = 9 }; /* digits of the field's IDs */

static void digit_add(struct run *run, int value)
{
    if (run->digits < ID_MAX_DIGITS)
        run->id[run->digits] = (char)('0' + value);
    run->digits += run->digits <= ID_MAX_DIGITS;
    run->group++;
}

/*
 * --- letters for digits ------------------------------------------------------------------------
 */

/* The digit that a letter looks like, or -1. */
static int lookalike(char c)
{
    static const char letters[] = "OoQIl|ZSB", values[] = "000111258";
    const char *at = c ? strchr(letters, c) : NULL;
    return at ? values[at - letters] - '0' : -1;
}

/*
 * The length of a word of digits and letters that look like them, 0 if it is another one. At a
 * run's beginning most must be digits ("room B2" is none); as a further group it may be no longer
 * than the first.
 */
/* True if a short group with a letter in it is no room: a digit leads it, and a group follows. */
static bool group_of_id(const char *s, size_t n)
{
    return n == 4 && ascii_digit(*s) && (s[n] == ' ' || s[n] == '-') &&
           (ascii_digit(s[n + 1]) || lookalike(s[n + 1]) >= 0);
}

static size_t lookalike_word(const struct run *run, const char *s)
{
    size_t n = 0;
    int digits = 0, letters = 0;
    for (; n <= ID_MAX_DIGITS && (ascii_word(s[n]) || s[n] == '|'); n++) {
        bool digit = ascii_digit(s[n]);
        if (!digit && lookalike(s[n]) < 0)
            return 0;
        digits += digit;
        letters += !digit;
    }
    if (letters == 0 || digits == 0)
        return 0;
    if (run->digits > 0)
        return run->first_group >= 2 && run->first_group <= 4 && (int)n <= run->first_group ? n : 0;
    bool mostly_digits = digits > 2 * letters;
    return mostly_digits && (digits >= 4 || group_of_id(s, n)) ? n : 0;
}

static void lookalikes_add(struct run *run, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        digit_add(run, ascii_digit(s[i]) ? s[i] - '0' : lookalike(s[i]));
}

/*
 * --- runs of digits ----------------------------------------------------------------------------
 */

/* True if a comma at s stands between digits that are read out one by one: "4, 8, 1". */
static bool spelled_on(const struct run *run, const char *s)
{
    if (run->first_group != 1 || run->group > 1 || (*s != ',' && *s != ';' && *s != '/'))
        return false;
    s++;
    s += strspn(s, " \t");
    return ascii_digit(*s) && !ascii_word(s[1]);
}

/* The bytes of a word before the last of digits that are read out: "3 and 7"; 0: none. */
static size_t and_length(const struct run *run, const char *s)
{
    static const char *const words[] = {"and ", "und ", "et ", "y ", "e ", "en ", "och ", "og "};
    for (size_t i = 0; run->first_group == 1 && i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (strncasecmp(s, words[i], n) == 0 && ascii_digit(s[n]) && !ascii_word(s[n + 1]))
            return n;
    }
    return 0;
}

/*
 * A separator before s: a group ends. A whole ID, and a word, do not go on behind a blank, nor do a
 * few digits go on with a whole ID.
 */
static bool group_end(struct run *run, int32_t c, const char *s)
{
    if (run->group == 0)
        return true;
    if (run->first_group == 0)
        run->first_group = run->group;
    bool whole = run->group >= USUAL_LEAST || (run->id[0] == '0' && run->digits > USUAL_LEAST);
    bool whole_behind = strspn(s, "0123456789") >= USUAL_LEAST;
    whole = whole || run->in_word || whole_behind;
    if (run->plus)
        whole = whole_behind && run->digits >= USUAL_LEAST;
    if (whole && digits_space(c)) {
        run->area = whole_behind && run->id[0] == '0' && run->digits < USUAL_LEAST;
        return false;
    }
    run->group = 0;
    run->telephone = run->telephone || run->id[0] == '0';
    return true;
}

/* Takes what stands at *s into the run. False: the run ends before it. */
static bool run_step(struct run *run, const char *text, const char **s, const char *end)
{
    const char *at = *s;
    bool word = at == text || !ascii_word(at[-1]);
    size_t n = word ? dial_in_when(at) : 0;
    if (n > 0) {
        if (run->digits == 0)
            *s += n;
        return run->digits == 0;
    }
    n = word ? lookalike_word(run, at) : 0;
    if (n > 0) {
        lookalikes_add(run, at, n);
        *s += n;
        return true;
    }
    n = word && run->digits > 0 ? and_length(run, at) : 0;
    if (n > 0) {
        *s += n;
        return true;
    }
    int32_t c = utf8_next(s, end);
    int value = digits_value(c);
    if (value >= 0) {
        run->in_word = run->in_word || (run->digits == 0 && !word);
        digit_add(run, value);
        return true;
    }
    if (run->digits == 0) {
        run->plus = c == '+' || (run->plus && digits_separator(c));
        run->telephone = run->plus || c == '(' || (run->telephone && digits_separator(c));
        return true;
    }
    if (run->first_group == 0)
        run->first_group = run->group;
    return (digits_separator(c) || spelled_on(run, at)) && group_end(run, c, *s);
}

/* The next run of digits in the line, behind the last one; without digits at its end. */
static struct run next_run(const char *text, const char **s, const char *end, struct run last)
{
    struct run run = {.telephone = last.area};
    while (*s < end && run_step(&run, text, s, end))
        continue;
    run.id[run.digits < ID_MAX_DIGITS ? run.digits : ID_MAX_DIGITS] = '\0';
    return run;
}

/*
 * --- the best of them --------------------------------------------------------------------------
 */

/*
 * How likely a run is the ID: 0 cannot be, 1 may be, 2 has the usual length, 3 and is not written
 * as a telephone number.
 */
static int likeliness(const struct run *run)
{
    if (run->digits < ID_MIN_DIGITS || run->digits > ID_MAX_DIGITS ||
        (run->plus && run->digits >= 10))
        return 0;
    if (run->digits < USUAL_LEAST || run->digits > USUAL_MOST)
        return 1;
    return run->telephone || run->id[0] == '0' ? 2 : 3;
}

/* The likeliest run, the first of equals; else the fault of them all. *best: how likely it is. */
static enum query_kind best_run(const char *text, char out[ID_SIZE], int *best)
{
    enum query_kind kind = QUERY_NOT_DIGITS;
    const char *s = text, *end = text + strlen(text);
    *best = 0;
    for (struct run run = {0}; (run = next_run(text, &s, end, run)).digits > 0;) {
        int likely = likeliness(&run);
        if (likely > *best) {
            memcpy(out, run.id, sizeof run.id);
            *best = likely;
            kind = QUERY_ID;
        } else if (likely == 0 && kind != QUERY_ID && kind != QUERY_TOO_LONG) {
            kind = run.digits < ID_MIN_DIGITS ? QUERY_TOO_SHORT : QUERY_TOO_LONG;
        }
    }
    return kind;
}

/*
 * True for groups of one length with commas or slashes between them, the last may be shorter:
 * "48, 19, 2".
 */
static bool listed(const char *typed, char out[ID_SIZE])
{
    size_t first = strspn(typed, "0123456789"), group = first, n = 0;
    const char *s = typed;
    if (first == 0 || first > 3)
        return false;
    while (group > 0 && group <= first && n + group <= ID_MAX_DIGITS) {
        memcpy(out + n, s, group);
        n += group;
        s += group;
        size_t joint = strspn(s, first == 2 ? ", \t" : ",/ \t"); /* "12/01/26" is a date */
        if (s[joint] == '\0' || joint == 0 || group < first)
            break;
        s += joint;
        group = strspn(s, "0123456789");
    }
    out[n] = '\0';
    s += strspn(s, ", \t\r\n#");
    return *s == '\0' && n >= ID_MIN_DIGITS;
}

static bool only_date(const char *typed)
{
    typed += strspn(typed, " \t\r\n");
    size_t n = dial_in_date(typed);
    return n > 0 && typed[n + strspn(typed + n, " \t\r\n")] == '\0';
}

/* True if what would be an ID of unusual length is one of the usual length and a time beside it. */
static bool usual_within(const char *typed, char out[ID_SIZE])
{
    char usual[ID_SIZE] = "";
    int likely;
    if (strlen(out) <= USUAL_MOST)
        return false;
    best_run(typed, usual, &likely);
    if (likely < 2)
        return false;
    memcpy(out, usual, sizeof usual);
    return true;
}

enum query_kind dial_in_query(const char *typed, char out[ID_SIZE])
{
    int likely;
    if (!only_date(typed) && conference_id_normalize(typed, out)) {
        usual_within(typed, out);
        return QUERY_ID;
    }
    if (!only_date(typed) && listed(typed, out))
        return QUERY_ID;
    struct dial_in_found found = dial_in_read(typed);
    if (found.sign != DIAL_IN_NO_SIGN) {
        memcpy(out, found.conference_id, sizeof found.conference_id);
        return QUERY_ID;
    }
    if (dial_in_behind_pause(typed, out))
        return QUERY_ID;
    out[0] = '\0';
    return best_run(typed, out, &likely);
}
