/*
 * Conference IDs: their shape, the draw of a fresh one, the length policy, and the IDs that a slip
 * of the finger turns one into. The design, section 2, "How a dynamic ID is made".
 */
#include "digits.h"
#include <base/ascii.h>
#include <base/utf8.h>
#include <core/conference_id.h>
#include <string.h>

static const char *const kind_names[] = {"none", "dynamic", "static", "third-party", "foreign"};

const char *id_kind_name(enum id_kind kind)
{
    return kind_names[kind];
}

bool id_kind_parse(const char *name, enum id_kind *kind)
{
    int found = word_find(kind_names, sizeof kind_names / sizeof *kind_names, name);
    if (found >= 0)
        *kind = (enum id_kind)found;
    return found >= 0;
}

/* The length of a valid ID, else 0. Reads at most one byte more than a valid ID has. */
static int valid_length(const char *digits)
{
    int n = 0;
    while (n <= ID_MAX_DIGITS && ascii_digit(digits[n]))
        n++;
    return n >= ID_MIN_DIGITS && n <= ID_MAX_DIGITS && digits[n] == '\0' ? n : 0;
}

bool conference_id_valid(const char *digits)
{
    return digits && valid_length(digits) > 0;
}

bool conference_id_normalize(const char *typed, char out[ID_SIZE])
{
    const char *s = typed, *end = typed + strlen(typed);
    char read[ID_MAX_DIGITS];
    int n = 0;
    bool hash = false;
    out[0] = '\0';
    while (s < end) {
        int32_t c = utf8_next(&s, end);
        int value = digits_value(c);
        if (value >= 0 && !hash && n < ID_MAX_DIGITS)
            read[n++] = (char)('0' + value);
        else if (digits_hash(c) && !hash && n > 0)
            hash = true;
        else if (!digits_separator(c) && c != '\n' && c != '\r')
            return false;
    }
    if (n < ID_MIN_DIGITS)
        return false;
    memcpy(out, read, (size_t)n);
    out[n] = '\0';
    return true;
}

char *conference_id_group(struct arena *arena, const char *digits)
{
    struct text text = text_start(arena);
    for (size_t i = 0; digits[i]; i++) {
        if (i > 0 && i % 3 == 0)
            text_add_byte(&text, ' ');
        text_add_byte(&text, digits[i]);
    }
    return text.bytes;
}

/* True if every digit follows the one before it by `step`, counted round from 9 to 0. */
static bool runs_by(const char *digits, int n, int step)
{
    for (int i = 1; i < n; i++) {
        if ((digits[i] - digits[i - 1] + 10) % 10 != (step + 10) % 10)
            return false;
    }
    return true;
}

/* True if a block of `period` digits is repeated throughout, the last time perhaps cut short. */
static bool repeats(const char *digits, int n, int period)
{
    if (n < 2 * period)
        return false;
    for (int i = period; i < n; i++) {
        if (digits[i] != digits[i - period])
            return false;
    }
    return true;
}

bool conference_id_weak(const char *digits)
{
    int n = (int)strlen(digits);
    if (runs_by(digits, n, 1) || runs_by(digits, n, -1))
        return true;
    for (int period = 1; period <= 4; period++) {
        if (repeats(digits, n, period))
            return true;
    }
    return false;
}

static int64_t power_of_ten(int exponent)
{
    int64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

static int clamp_length(int length)
{
    if (length < ID_DYNAMIC_MIN_DIGITS)
        return ID_DYNAMIC_MIN_DIGITS;
    return length > ID_MAX_DIGITS ? ID_MAX_DIGITS : length;
}

void conference_id_draw(struct random source, int length, char out[ID_SIZE])
{
    int n = clamp_length(length);
    int64_t first = power_of_ten(n - 1);
    do {
        /* One unbiased number below all IDs of this length: every ID is as likely as any other. */
        int64_t number = first + (int64_t)random_below(source, (uint64_t)(9 * first));
        for (int i = n - 1; i >= 0; i--, number /= 10)
            out[i] = (char)('0' + number % 10);
        out[n] = '\0';
    } while (conference_id_weak(out));
}

void conference_id_static_draw(struct random source, int length, char out[ID_SIZE])
{
    do {
        out[0] = (char)('1' + random_below(source, 9));
        for (int i = 1; i < length; i++)
            out[i] = (char)('0' + random_below(source, 10));
        out[length] = '\0';
    } while (conference_id_weak(out));
}

/* The smallest length from n on at which one more live ID is not too easy to guess. */
static int length_from(int n, const int64_t live[ID_SIZE])
{
    while (n < ID_MAX_DIGITS && live[n] >= 9 * power_of_ten(n - 1) / ID_GUESS_LIMIT)
        n++;
    return n;
}

int conference_id_length(int configured, const int64_t live[ID_SIZE])
{
    return length_from(clamp_length(configured), live);
}

int conference_id_static_length(int configured, const int64_t live[ID_SIZE])
{
    int n = configured < ID_MIN_DIGITS ? ID_MIN_DIGITS : configured;
    return length_from(n > ID_MAX_DIGITS ? ID_MAX_DIGITS : n, live);
}

double conference_id_guess_probability(int length, int64_t live)
{
    if (length < 1 || length > ID_MAX_DIGITS || live <= 0)
        return 0;
    double probability = (double)live / (double)(9 * power_of_ten(length - 1));
    return probability > 1 ? 1 : probability;
}

const char *id_slip_name(enum id_slip slip)
{
    static const char *const names[] = {"none", "digit", "swap", "missing", "extra"};
    return names[slip];
}

/* True if `longer` is `shorter` with one digit put in somewhere; it has one digit more. */
static bool one_left_out(const char *shorter, const char *longer)
{
    while (*shorter && *shorter == *longer)
        shorter++, longer++;
    return strcmp(shorter, longer + 1) == 0;
}

static enum id_slip slip_same_length(const char *typed, const char *true_id)
{
    size_t i = 0;
    while (typed[i] && typed[i] == true_id[i])
        i++;
    if (!typed[i])
        return ID_SLIP_NONE;
    if (strcmp(typed + i + 1, true_id + i + 1) == 0)
        return ID_SLIP_DIGIT;
    bool swapped = typed[i] == true_id[i + 1] && typed[i + 1] == true_id[i];
    return swapped && strcmp(typed + i + 2, true_id + i + 2) == 0 ? ID_SLIP_SWAP : ID_SLIP_NONE;
}

enum id_slip conference_id_slip(const char *typed, const char *true_id)
{
    size_t n = strlen(typed), m = strlen(true_id);
    if (n == m)
        return slip_same_length(typed, true_id);
    if (n + 1 == m && one_left_out(typed, true_id))
        return ID_SLIP_MISSING;
    if (m + 1 == n && one_left_out(true_id, typed))
        return ID_SLIP_EXTRA;
    return ID_SLIP_NONE;
}

size_t conference_id_slips(const char *digits, char out[ID_SLIPS_MAX][ID_SIZE])
{
    int n = valid_length(digits);
    size_t count = 0;
    for (int i = 0; i < n; i++) {
        for (char c = '0'; c <= '9'; c++) {
            if (c == digits[i])
                continue;
            memcpy(out[count], digits, (size_t)n + 1);
            out[count++][i] = c;
        }
    }
    /* Neither a swap of equal digits, which changes nothing, nor the same ID twice. */
    for (int i = 0; i + 1 < n; i++) {
        if (digits[i] == digits[i + 1])
            continue;
        memcpy(out[count], digits, (size_t)n + 1);
        out[count][i] = digits[i + 1];
        out[count++][i + 1] = digits[i];
    }
    return count;
}

/*
 * IDs with a digit more. A digit beside the same digit gives one ID, whichever side it is put in:
 * it is put in before the run only.
 */
static size_t lengthened(const char *digits, size_t n, char out[][ID_SIZE])
{
    size_t count = 0;
    for (size_t at = 0; at <= n; at++) {
        for (char c = '0'; c <= '9'; c++) {
            if (at > 0 && digits[at - 1] == c)
                continue;
            memcpy(out[count], digits, at);
            out[count][at] = c;
            memcpy(out[count++] + at + 1, digits + at, n - at + 1);
        }
    }
    return count;
}

static size_t shortened(const char *digits, size_t n, char out[][ID_SIZE])
{
    size_t count = 0;
    for (size_t at = 0; at < n; at++) {
        if (at > 0 && digits[at - 1] == digits[at])
            continue;
        memcpy(out[count], digits, at);
        memcpy(out[count++] + at, digits + at + 1, n - at);
    }
    return count;
}

size_t conference_id_lengths(const char *digits, bool shorter, bool longer,
                             char out[ID_LENGTHS_MAX][ID_SIZE])
{
    size_t n = (size_t)valid_length(digits), count = 0;
    if (longer && n > 0 && n < ID_MAX_DIGITS)
        count = lengthened(digits, n, out);
    if (shorter && n > ID_MIN_DIGITS)
        count += shortened(digits, n, out + count);
    return count;
}

void conference_id_near(struct arena *arena, const char *digits, struct strings *out)
{
    char slips[ID_SLIPS_MAX][ID_SIZE], lengths[ID_LENGTHS_MAX][ID_SIZE];
    size_t count = conference_id_slips(digits, slips);
    for (size_t i = 0; i < count; i++)
        *vector_push(arena, out) = arena_copy(arena, slips[i]);
    count = conference_id_lengths(digits, true, true, lengths);
    for (size_t i = 0; i < count; i++)
        *vector_push(arena, out) = arena_copy(arena, lengths[i]);
}
