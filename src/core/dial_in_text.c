/*
 * Reading conference IDs out of text: dial strings, addresses of dial-in pages and labels, and what
 * helpdesk staff type.
 *
 * The signs, surest first: a dial string (a telephone number, a pause, digits, '#'), the id= of a
 * dial-in page's address, a label. Other services' dial strings look the same. So in a text that
 * names one of these services, a page address or label goes before the dial string, and without any
 * sign of Teams, Skype or Lync the dial string does not count.
 *
 * Texts come from strangers: every reader here goes on behind the bytes that it has read, or looks
 * at a bounded number of them, so that the time grows with the text and no faster.
 */
#include "dial_in_labels.h"
#include "digits.h"
#include <base/utf8.h>
#include <core/dial_in_text.h>
#include <string.h>
#include <strings.h>

static const struct dial_in_found nothing = {DIAL_IN_NO_SIGN, "", 0};

enum {
    NUMBER_LOOK_BACK = 40, /* bytes of a telephone number before a pause */
    LABEL_GAP_MAX = 40,    /* characters between a label and its digits */
    /* bytes behind a shared label's ID in which a passcode tells an app's meeting */
    PASSCODE_DISTANCE = 160
};

static bool ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

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

static struct dial_in_found found_at(enum dial_in_sign sign, const char *id, size_t at)
{
    struct dial_in_found found = {.sign = sign, .at = at};
    memcpy(found.conference_id, id, strlen(id) + 1);
    return found;
}

/* --- (1) dial strings --- */

/*
 * The bytes of a pause at s: a comma or semicolon, also as an address writes them; 0 if none stands
 * there.
 */
static int pause_length(const char *s, const char *end)
{
    if (s < end && (*s == ',' || *s == ';'))
        return 1;
    bool written = end - s >= 3 && (strncasecmp(s, "%2c", 3) == 0 || strncasecmp(s, "%3b", 3) == 0);
    return written ? 3 : 0;
}

/*
 * True if a telephone number ends just before s: led by '+' or "tel:", or of 7 digits or more.
 */
static bool number_before(const char *text, const char *s)
{
    int digits = 0;
    const char *limit = s - text > NUMBER_LOOK_BACK ? s - NUMBER_LOOK_BACK : text;
    for (const char *at = s; at > limit; at--) {
        char c = at[-1];
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

static struct dial_in_found read_dial_string(const char *text, const char *end)
{
    const char *s = text;
    while (s < end) {
        s += strcspn(s, ",;%");
        const char *pause = s;
        int n;
        while ((n = pause_length(s, end)) > 0)
            s += n;
        if (s == pause) {
            s += s < end;
            continue;
        }
        struct id_reading reading;
        if (number_before(text, pause) && read_id(s, end, &reading) && reading.hash)
            return found_at(DIAL_IN_DIAL_STRING, reading.id, (size_t)(s - text));
    }
    return nothing;
}

/* --- (2) addresses of dial-in pages --- */

static bool begins(const char *s, const char *end, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(end - s) >= n && strncasecmp(s, word, n) == 0;
}

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
static struct dial_in_found read_address(const char *text, const char *s, const char *stop)
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
        return found_at(DIAL_IN_PAGE_ADDRESS, id, (size_t)(value - text));
    }
    return nothing;
}

static struct dial_in_found read_page_address(const char *text, const char *end)
{
    for (const char *s = text; (s = strpbrk(s, "dD")) != NULL; s++) {
        if (!begins(s, end, "dialin"))
            continue;
        const char *stop = address_end(s, end);
        struct dial_in_found found = read_address(text, s, stop);
        if (found.sign != DIAL_IN_NO_SIGN)
            return found;
        s = stop - 1;
    }
    return nothing;
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

/*
 * The end of the blanks, colon, emphasis and tags between a label and its digits. *lines counts
 * line ends.
 */
static const char *skip_gap(const char *s, const char *end, int *lines)
{
    *lines = 0;
    for (int i = 0; i < LABEL_GAP_MAX && s < end; i++) {
        const char *next = skip_markup(s, end);
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
static bool shared_counts(const char *text, const char *end, const struct id_reading *reading)
{
    const char *stop = reading->stop;
    if (reading->digits > 9)
        return false;
    if (label_passcode_in(stop, end - stop > PASSCODE_DISTANCE ? stop + PASSCODE_DISTANCE : end))
        return false;
    struct label_family family = label_family(text, (size_t)(end - text));
    return family.ours || !family.other;
}

/*
 * The ID that a label just before s names. On a line of its own it needs 5 digits: a year may begin
 * that line.
 */
static bool read_labelled(const char *text, const char *s, const char *end, enum label_rank rank,
                          struct dial_in_found *found)
{
    int lines;
    struct id_reading reading;
    s = skip_gap(s, end, &lines);
    if (!read_id(s, end, &reading) || (lines > 0 && reading.digits < 5))
        return false;
    if (rank == LABEL_SHARED && !shared_counts(text, end, &reading))
        return false;
    *found = found_at(DIAL_IN_LABEL, reading.id, (size_t)(s - text));
    return true;
}

/* The last word that was read, as long as nothing but blanks and dashes came since. */
struct last_word {
    const char *start, *stop;
};

static struct dial_in_found read_label(const char *text, const char *end)
{
    struct dial_in_found best = nothing;
    enum label_rank best_rank = LABEL_NONE;
    struct last_word word = {text, text};
    int shared_left = 3; /* each shared label may cost a look at the whole text */
    for (const char *s = text; s < end && best_rank < LABEL_PHONE;) {
        const char *next = s;
        int32_t c = utf8_next(&next, end);
        if (!label_word_character(c)) {
            if (!digits_space(c) && !digits_dash(c))
                word.start = word.stop = next;
            s = next;
            continue;
        }
        struct label_match match = label_match(s, end);
        if (match.rank > best_rank && (match.rank != LABEL_SHARED || shared_left-- > 0) &&
            !label_denied_by(word.start, (size_t)(word.stop - word.start)) &&
            read_labelled(text, s + match.length, end, match.rank, &best))
            best_rank = match.rank;
        word.start = s;
        s += match.length;
        while (s < end && (next = s, label_word_character(utf8_next(&next, end))))
            s = next;
        word.stop = s;
    }
    return best;
}

/* --- together --- */

static struct dial_in_found read_page_or_label(const char *text, const char *end)
{
    struct dial_in_found found = read_page_address(text, end);
    return found.sign != DIAL_IN_NO_SIGN ? found : read_label(text, end);
}

struct dial_in_found dial_in_read(const char *text)
{
    const char *end = text + strlen(text);
    struct dial_in_found dial = read_dial_string(text, end);
    if (dial.sign == DIAL_IN_NO_SIGN)
        return read_page_or_label(text, end);
    struct label_family family = label_family(text, (size_t)(end - text));
    if (!family.other)
        return dial;
    struct dial_in_found other = read_page_or_label(text, end);
    if (other.sign != DIAL_IN_NO_SIGN)
        return strcmp(other.conference_id, dial.conference_id) == 0 ? dial : other;
    return family.ours ? dial : nothing;
}

/* --- what staff type --- */

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
