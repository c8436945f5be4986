/*
 * Addresses as mail wants them: a strict check, and the host's labels in other scripts as punycode
 * (RFC 3492). RFC 5891 asks for letters that are lower case and composed: they go as they are.
 */
#include <base/ascii.h>
#include <base/utf8.h>
#include <core/directory.h>
#include <exchange/mail.h>
#include <string.h>

/* What may stand in a local part without quotes (RFC 5322, atext and dots between). */
static const char *local_fault(const char *email, size_t length)
{
    static const char marks[] = "!#$%&'*+-/=?^_`{|}~.";
    enum { LOCAL_MAX = 64 };
    if (length > LOCAL_MAX)
        return "what stands before the @ is longer than 64 characters: no mail can be sent there";
    if (email[0] == '.' || email[length - 1] == '.')
        return "an address neither begins nor ends with a dot before the @";
    for (size_t i = 0; i < length; i++) {
        char c = email[i];
        if (!ascii_word(c) && (c == '\0' || !strchr(marks, c)))
            return "mail can only be sent to ASCII letters, digits and marks before the @";
        if (c == '.' && email[i + 1] == '.')
            return "an address has no two dots in a row";
    }
    return NULL;
}

const char *mail_address_fault(const char *email)
{
    struct error error = {0};
    if (email_parse("address", email, &error))
        return "this is no address that mail can be sent to";
    return local_fault(email, (size_t)(strchr(email, '@') - email));
}

/* --- punycode --- */

enum { BASE = 36, T_MIN = 1, T_MAX = 26, SKEW = 38, DAMP = 700, START_BIAS = 72, START = 0x80 };

static char digit(uint32_t d)
{
    return (char)(d < 26 ? 'a' + d : '0' + d - 26);
}

static uint32_t adapt(uint32_t delta, uint32_t points, bool first)
{
    uint32_t k = 0;
    delta = first ? delta / DAMP : delta / 2;
    delta += delta / points;
    for (; delta > (BASE - T_MIN) * T_MAX / 2; k += BASE)
        delta /= BASE - T_MIN;
    return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static void add_number(struct text *out, uint32_t number, uint32_t bias)
{
    for (uint32_t k = BASE;; k += BASE) {
        uint32_t t = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
        if (number < t)
            break;
        text_add_byte(out, digit(t + (number - t) % (BASE - t)));
        number = (number - t) / (BASE - t);
    }
    text_add_byte(out, digit(number));
}

/* At most 254 characters come here, so that no number overflows. */
static void add_punycode(struct text *out, const int32_t *points, uint32_t count)
{
    uint32_t n = START, delta = 0, bias = START_BIAS, basic = 0;
    text_add(out, "xn--");
    for (uint32_t i = 0; i < count; i++)
        if (points[i] < START) {
            text_add_byte(out, (char)points[i]);
            basic++;
        }
    if (basic)
        text_add_byte(out, '-');
    for (uint32_t done = basic; done < count; delta++, n++) {
        uint32_t next = UINT32_MAX;
        for (uint32_t i = 0; i < count; i++)
            if ((uint32_t)points[i] >= n && (uint32_t)points[i] < next)
                next = (uint32_t)points[i];
        delta += (next - n) * (done + 1);
        n = next;
        for (uint32_t i = 0; i < count; i++) {
            delta += (uint32_t)points[i] < n;
            if ((uint32_t)points[i] != n)
                continue;
            add_number(out, delta, bias);
            bias = adapt(delta, done + 1, done == basic);
            delta = 0;
            done++;
        }
    }
}

char *mail_address(struct arena *arena, const char *email)
{
    enum { POINTS = 256 };
    const char *host = strrchr(email, '@');
    struct text out = text_start(arena);
    if (!host || strlen(host) >= POINTS ||
        strspn(host, "@.-0123456789abcdefghijklmnopqrstuvwxyz"
                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(host))
        return arena_copy(arena, email);
    text_add_n(&out, email, (size_t)(host + 1 - email));
    for (const char *label = host + 1; *label;) {
        size_t n = strcspn(label, ".");
        int32_t points[POINTS];
        uint32_t count = 0;
        bool ascii = true;
        for (const char *at = label, *end = label + n; at < end; count++) {
            points[count] = utf8_next(&at, end);
            if (points[count] >= 'A' && points[count] <= 'Z')
                points[count] += 'a' - 'A';
            ascii = ascii && points[count] < START;
        }
        if (ascii)
            text_add_n(&out, label, n);
        else
            add_punycode(&out, points, count);
        label += n;
        if (*label == '.')
            text_add_byte(&out, *label++);
    }
    return out.bytes;
}
