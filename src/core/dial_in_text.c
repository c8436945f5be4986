/*
 * Reading conference IDs out of text: dial strings, addresses of dial-in pages and labels.
 *
 * Texts come from strangers: every reader here goes on behind the bytes that it has read, or looks
 * at a bounded number of them, so that the time grows with the text and no faster.
 */
#include "dial_in_signs.h"
#include "digits.h"
#include <base/ascii.h>
#include <base/utf8.h>
#include <core/dial_in_text.h>
#include <string.h>
#include <strings.h>

enum {
    NUMBER_LOOK_BACK = 40, /* bytes of a telephone number before a pause */
    LABEL_GAP_MAX = 40,    /* characters between a label and its digits */
    /* bytes behind a shared label's ID in which a passcode tells an app's meeting */
    PASSCODE_DISTANCE = 160
};

/* --- digits, perhaps in groups --- */

struct id_reading {
    char id[ID_SIZE];
    int digits;
    bool hash;        /* a '#' follows */
    const char *stop; /* behind the ID and the '#' */
};

/*
 * Reads the digits that stand together at s, and their end. Returns their count, or -1 if they are
 * more than `room`.
 */
static int read_group(const char *s, const char *end, char *out, int room, const char **stop)
{
    int n = 0;
    for (*stop = s; s < end; *stop = s) {
        int value = digits_value(utf8_next(&s, end));
        if (value < 0)
            break;
        if (n == room)
            return -1;
        out[n++] = (char)('0' + value);
    }
    return n;
}

/* Behind one space or dash, with marks that are not seen; s itself if none stands there. */
static const char *skip_joint(const char *s, const char *end)
{
    const char *start = s;
    bool joined = false;
    for (int i = 0; i < 3 && s < end; i++) {
        const char *next = s;
        int32_t c = utf8_next(&next, end);
        if (!digits_unseen(c) && (joined || (!digits_space(c) && !digits_dash(c))))
            break;
        joined = joined || !digits_unseen(c);
        s = next;
    }
    return joined ? s : start;
}

/* Moves behind a '#' (also "%23"), with one blank before it allowed. */
static bool skip_hash(const char **s, const char *end)
{
    const char *next = *s;
    for (int i = 0; i < 3 && next < end; i++) {
        if (end - next >= 3 && strncmp(next, "%23", 3) == 0) {
            *s = next + 3;
            return true;
        }
        int32_t c = utf8_next(&next, end);
        if (digits_hash(c)) {
            *s = next;
            return true;
        }
        if (!digits_space(c) && !digits_unseen(c))
            break;
    }
    return false;
}

/*
 * True if the text at s makes the digits before it a part of a word, a date, a version or an
 * address.
 */
static bool goes_on(const char *s, const char *end)
{
    const char *next = s;
    if (s >= end)
        return false;
    int32_t c = utf8_next(&next, end);
    if (label_word_character(c))
        return true;
    return (c == '-' || c == '.' || c == '/' || c == ':' || c == '@') && next < end &&
           ascii_digit(*next);
}

/*
 * Reads an ID of 4 to 12 digits at s. Groups are joined while each is as long as the first (2 to 4
 * digits), the last may be shorter: "766 918 553", "939 071 23"; and "481 5162". Else a longer
 * group behind makes it something else: "323 849 4874".
 */
static bool read_id(const char *s, const char *end, struct id_reading *reading)
{
    int n = read_group(s, end, reading->id, ID_MAX_DIGITS, &s), first = n, last = n;
    while (n > 0 && first >= 2 && first <= 4 && last == first) {
        const char *joint = skip_joint(s, end), *stop;
        char more[ID_MAX_DIGITS + 1];
        int size = joint > s ? read_group(joint, end, more, ID_MAX_DIGITS, &stop) : 0;
        if (size == 0)
            break;
        bool three_and_four = n == 3 && size == 4;
        if (size < 0 || (size > first && !three_and_four) || n + size > ID_MAX_DIGITS)
            return false;
        memcpy(reading->id + n, more, (size_t)size);
        n += size;
        last = size;
        s = stop;
    }
    if (n < ID_MIN_DIGITS)
        return false;
    reading->id[n] = '\0';
    reading->digits = n;
    reading->hash = skip_hash(&s, end);
    reading->stop = s;
    return reading->hash || !goes_on(s, end);
}

static bool full(const struct dial_in_candidates *candidates)
{
    return candidates->count == candidates->room;
}

/* Adds the candidate, whose ID is given apart, if it is wanted and there is room. */
static void candidate_add(struct dial_in_candidates *candidates, struct dial_in_candidate candidate,
                          const char *id)
{
    if (full(candidates) || (candidates->only && strcmp(candidates->only, id) != 0))
        return;
    memcpy(candidate.found.conference_id, id, strlen(id) + 1);
    candidates->items[candidates->count++] = candidate;
}

/* --- (1) dial strings --- */

static bool begins(const char *s, const char *end, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(end - s) >= n && strncasecmp(s, word, n) == 0;
}

/*
 * The bytes of a pause at s: a comma or semicolon, also as an address writes them, or the name of a
 * parameter whose digits are dialled behind the number (RFC 3966, 2806); 0 if none stands there.
 */
static int pause_length(const char *s, const char *end)
{
    static const char *const pauses[] = {";ext=", ",", ";", "%3bext=", "%3bext%3d", "%2c", "%3b"};
    if (begins(s, end, ";postd="))
        return (int)(strlen(";postd=") + strspn(s + strlen(";postd="), "pwPW"));
    for (size_t i = 0; i < sizeof pauses / sizeof *pauses; i++)
        if (begins(s, end, pauses[i]))
            return (int)strlen(pauses[i]);
    return 0;
}

/*
 * True if a telephone number ends just before s: led by '+' or "tel:", or of 7 digits or more. It
 * begins at *start.
 */
static bool number_before(const char *text, const char *s, const char **start)
{
    int digits = 0;
    *start = s;
    const char *limit = s - text > NUMBER_LOOK_BACK ? s - NUMBER_LOOK_BACK : text;
    if (s > limit && s[-1] == ' ')
        s--;
    for (const char *at = s; at > limit; at--) {
        char c = at[-1];
        if (ascii_digit(c) || c == '+')
            *start = at - 1;
        if (ascii_digit(c))
            digits++;
        else if (c == '+')
            return digits >= 4;
        else if (c == ':' && at - text >= 4 && strncasecmp(at - 4, "tel:", 4) == 0)
            return digits >= 3;
        else if (!strchr(" -.()/\xC2\xA0", c) || digits == 0)
            break;
    }
    return digits >= 7;
}

static void read_dial_strings(const char *text, const char *end, struct dial_in_candidates *out)
{
    const char *s = text;
    while (s < end && !full(out)) {
        s += strcspn(s, ",;%");
        const char *pause = s, *number;
        int n;
        while ((n = pause_length(s, end)) > 0)
            s += n;
        if (s == pause) {
            s += s < end;
            continue;
        }
        if (s - pause > 1 && *s == ' ')
            s++;
        struct id_reading reading;
        if (!number_before(text, pause, &number) || !read_id(s, end, &reading) || !reading.hash)
            continue;
        candidate_add(out,
                      (struct dial_in_candidate){
                          .found = {.sign = DIAL_IN_DIAL_STRING, .at = (size_t)(s - text)},
                          .number = (size_t)(number - text),
                          .number_length = (size_t)(pause - number)},
                      reading.id);
    }
}

bool dial_in_behind_pause(const char *text, char out[ID_SIZE])
{
    const char *end = text + strlen(text), *number;
    for (const char *s = text; *(s += strcspn(s, ",;"));) {
        const char *pause = s;
        struct id_reading reading;
        for (int n; (n = pause_length(s, end)) > 0;)
            s += n;
        if (s - pause < 2 || !number_before(text, pause, &number) || !read_id(s, end, &reading))
            continue;
        memcpy(out, reading.id, sizeof reading.id);
        return true;
    }
    return false;
}

/* --- (2) addresses of dial-in pages --- */

/* Where an address ends that s is in. */
static const char *address_end(const char *s, const char *end)
{
    while (s < end && (unsigned char)*s > ' ' && (unsigned char)*s < 0x7F && *s != '<' &&
           *s != '>' && *s != '"')
        s++;
    return s;
}

/*
 * Behind the parameter's name and its equals sign, plain or escaped once more as mail filters do;
 * NULL for another.
 */
static const char *id_parameter(const char *s, const char *stop)
{
    static const char *const leads[] = {"?", "&", ";", "%3f", "%26", "-3f"};
    static const char *const names[] = {"id=", "id%3d", "id-3d"};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        if (!begins(s, stop, leads[i]))
            continue;
        const char *name = s + strlen(leads[i]);
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            if (begins(name, stop, names[k]))
                return name + strlen(names[k]);
        }
    }
    return NULL;
}

/* The ID of one address, if it has one. `text` is for the offset. */
static void read_address(const char *text, const char *s, const char *stop,
                         struct dial_in_candidates *out)
{
    for (; s < stop; s++) {
        const char *value = id_parameter(s, stop);
        size_t n = 0;
        while (value && value + n < stop && n <= ID_MAX_DIGITS && ascii_digit(value[n]))
            n++;
        if (n < ID_MIN_DIGITS || n > ID_MAX_DIGITS)
            continue;
        /* "id=12345678-bea3-…" names a tenant, not a conference; "-26" is a filter's '&'. */
        bool name = value + n < stop && (label_word_character((unsigned char)value[n]) ||
                                         (value[n] == '-' && !begins(value + n, stop, "-26")));
        if (name)
            continue;
        char id[ID_SIZE];
        memcpy(id, value, n);
        id[n] = '\0';
        candidate_add(out,
                      (struct dial_in_candidate){
                          .found = {.sign = DIAL_IN_PAGE_ADDRESS, .at = (size_t)(value - text)}},
                      id);
        return;
    }
}

static void read_page_addresses(const char *text, const char *end, struct dial_in_candidates *out)
{
    for (const char *s = text; !full(out) && (s = strpbrk(s, "dD")) != NULL; s++) {
        if (!begins(s, end, "dialin"))
            continue;
        const char *stop = address_end(s, end);
        read_address(text, s, stop, out);
        s = stop - 1;
    }
}

/* --- (3) labels --- */

/* Behind an HTML tag or a no-break entity at s; s itself if none stands there. */
static const char *skip_markup(const char *s, const char *end)
{
    if (begins(s, end, "&nbsp;"))
        return s + 6;
    if (end - s < 3 || *s != '<' || begins(s, end, "<tel:") || begins(s, end, "<http"))
        return s;
    for (const char *at = s + 1; at < end && at - s < 120 && *at != '<' && *at != '\n'; at++) {
        if (*at == '>')
            return at + 1;
    }
    return s;
}

/* Behind words in parentheses at s, "(audio)"; s itself if none stand there. */
static const char *skip_parentheses(const char *s, const char *end)
{
    enum { BYTES_MAX = 24 };
    if (*s != '(')
        return s;
    for (const char *at = s + 1; at < end && at - s < BYTES_MAX && !ascii_digit(*at); at++)
        if (*at == ')')
            return at + 1;
    return s;
}

/*
 * The end of the blanks, colon, emphasis, words in parentheses and tags between a label and its
 * digits. *lines counts line ends.
 */
static const char *skip_gap(const char *s, const char *end, int *lines)
{
    *lines = 0;
    for (int i = 0; i < LABEL_GAP_MAX && s < end; i++) {
        const char *next = skip_markup(s, end);
        if (next == s)
            next = skip_parentheses(s, end);
        if (next == s) {
            int32_t c = utf8_next(&next, end);
            *lines += c == '\n';
            bool gap = digits_space(c) || digits_dash(c) || digits_unseen(c) || c == 0xFF1A ||
                       digits_hash(c) || (c > 0 && c < 0x80 && strchr("\r\n:=*|_>\".", (int)c));
            if (!gap || *lines > 2)
                break;
        }
        s = next;
    }
    return s;
}

/* A shared label's ID counts only if nothing tells that it is an app's own meeting ID. */
static bool shared_counts(const char *end, const struct id_reading *reading)
{
    const char *stop = reading->stop;
    return reading->digits <= 9 &&
           !label_passcode_in(stop,
                              end - stop > PASSCODE_DISTANCE ? stop + PASSCODE_DISTANCE : end);
}

/*
 * The ID that a label just before s names. On a line of its own it needs 5 digits: a year may begin
 * that line.
 */
static bool read_labelled(const char *s, const char *end, enum label_rank rank, const char **at,
                          struct id_reading *reading)
{
    int lines;
    *at = skip_gap(s, end, &lines);
    return read_id(*at, end, reading) && (lines == 0 || reading->digits >= 5) &&
           (rank != LABEL_SHARED || shared_counts(end, reading));
}

/* Others group their numbers as they like: "2374 118 2290". */
bool dial_in_id_behind(const char *text, size_t behind, char out[ID_SIZE])
{
    const char *end = text + strlen(text);
    int lines, n = 0;
    const char *s = skip_gap(text + behind, end, &lines), *stop;
    for (int size; (size = read_group(s, end, out + n, ID_MAX_DIGITS - n, &stop)) != 0;) {
        if (size < 0)
            return false;
        n += size;
        s = skip_joint(stop, end);
        if (s == stop)
            break;
    }
    out[n] = '\0';
    return n >= ID_MIN_DIGITS;
}

/* The last word that was read, as long as nothing but blanks and dashes came since. */
struct last_word {
    const char *start, *stop;
};

static void read_labels(const char *text, const char *end, struct dial_in_candidates *out)
{
    struct last_word word = {text, text};
    for (const char *s = text; s < end && !full(out);) {
        const char *next = s, *at;
        int32_t c = utf8_next(&next, end);
        if (!label_word_character(c)) {
            if (!digits_space(c) && !digits_dash(c))
                word.start = word.stop = next;
            s = next;
            continue;
        }
        struct label_match match = label_match(s, end);
        struct id_reading reading;
        if (match.rank != LABEL_NONE &&
            !label_denied_by(word.start, (size_t)(word.stop - word.start)) &&
            read_labelled(s + match.length, end, match.rank, &at, &reading)) {
            candidate_add(out,
                          (struct dial_in_candidate){
                              .found = {.sign = DIAL_IN_LABEL, .at = (size_t)(at - text)},
                              .rank = match.rank},
                          reading.id);
        }
        word.start = s;
        s += match.length;
        while (s < end && (next = s, label_word_character(utf8_next(&next, end))))
            s = next;
        word.stop = s;
    }
}

/* --- together --- */

void dial_in_candidates_read(const char *text, struct dial_in_candidates *candidates)
{
    const char *end = text + strlen(text);
    candidates->count = 0;
    read_dial_strings(text, end, candidates);
    read_page_addresses(text, end, candidates);
    read_labels(text, end, candidates);
}

const struct dial_in_candidate *dial_in_candidates_best(const struct dial_in_candidates *candidates)
{
    const struct dial_in_candidate *best = NULL;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct dial_in_candidate *candidate = &candidates->items[i];
        if (!best || candidate->found.sign < best->found.sign ||
            (candidate->found.sign == best->found.sign && candidate->rank > best->rank))
            best = candidate;
    }
    return best;
}

enum { READ_MAX = 24 }; /* candidates of a text that are compared */

struct dial_in_found dial_in_read(const char *text)
{
    struct dial_in_candidate items[READ_MAX];
    struct dial_in_candidates candidates = {.items = items, .room = READ_MAX};
    dial_in_candidates_read(text, &candidates);
    const struct dial_in_candidate *best = dial_in_candidates_best(&candidates);
    return best ? best->found : (struct dial_in_found){DIAL_IN_NO_SIGN, "", 0};
}

bool dial_in_shows(const char *text, const char *conference_id)
{
    struct dial_in_candidate item;
    struct dial_in_candidates candidates = {.items = &item, .room = 1, .only = conference_id};
    dial_in_candidates_read(text, &candidates);
    return candidates.count > 0;
}
