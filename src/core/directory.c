/*
 * The directory's rules: whom the bridge lets in, which ID a new meeting gets, and which addresses
 * are valid.
 */
#include "digits.h"
#include <base/ascii.h>
#include <base/utf8.h>
#include <base/vector.h>
#include <core/directory.h>
#include <string.h>

bool organization_dynamic(const struct organization *organization, int64_t now)
{
    return organization->dynamic_since != INSTANT_NEVER && organization->dynamic_since <= now;
}

static const char *const provider_names[] = {
    [PROVIDER_NONE] = "none",
    [PROVIDER_MICROSOFT] = "microsoft",
    [PROVIDER_THIRD_PARTY] = "third-party",
};

enum { PROVIDERS = sizeof provider_names / sizeof *provider_names };

const char *provider_name(enum provider provider)
{
    return (size_t)provider < PROVIDERS ? provider_names[provider] : provider_names[PROVIDER_NONE];
}

bool provider_parse(const char *name, enum provider *provider)
{
    int found = word_find(provider_names, PROVIDERS, name);
    if (found >= 0)
        *provider = (enum provider)found;
    return found >= 0;
}

static const char *const tell_names[] = {
    [TELL_NOTHING] = "nothing",
    [TELL_ORGANIZER] = "organizer",
    [TELL_TITLE] = "title",
};

enum { TELLS = sizeof tell_names / sizeof *tell_names };

const char *tell_name(enum tell tell)
{
    return (size_t)tell < TELLS ? tell_names[tell] : tell_names[TELL_NOTHING];
}

bool tell_parse(const char *name, enum tell *tell)
{
    int found = word_find(tell_names, TELLS, name);
    if (found >= 0)
        *tell = (enum tell)found;
    return found >= 0;
}

bool organizer_usable(const struct organizer *organizer)
{
    return organizer->dial_in && organizer->provider == PROVIDER_MICROSOFT;
}

const char *organizer_obstacle(const struct organizer *organizer)
{
    static const char *const on[] = {
        [PROVIDER_NONE] =
            "Dial-in conferencing is on, but no provider is set: set it to microsoft.",
        [PROVIDER_MICROSOFT] = NULL,
        [PROVIDER_THIRD_PARTY] =
            "Dial-in conferencing is on, but the provider is a third party and not Microsoft.",
    };
    static const char *const off[] = {
        [PROVIDER_NONE] = "Dial-in conferencing is off, and no provider is set.",
        [PROVIDER_MICROSOFT] = "Dial-in conferencing is off.",
        [PROVIDER_THIRD_PARTY] = "Dial-in conferencing is off, and the provider is a third party.",
    };
    enum provider provider =
        (size_t)organizer->provider < PROVIDERS ? organizer->provider : PROVIDER_NONE;
    return organizer->dial_in ? on[provider] : off[provider];
}

/* The rules of the design, section 2, in their order: the first that holds decides. */
enum id_kind assign_id_kind(const struct organization *organization,
                            const struct organizer *organizer, int64_t now, const char **reason)
{
    const bool third_party = organizer->provider == PROVIDER_THIRD_PARTY;
    const bool recorded = organizer->third_party_number || organizer->third_party_toll_free ||
                          organizer->third_party_passcode;
    const struct {
        bool holds;
        enum id_kind kind;
        const char *reason;
    } rules[] = {
        {!organizer->dial_in, ID_KIND_NONE,
         "The organizer is not enabled for dial-in conferencing, so the meeting gets no conference "
         "ID."},
        {organizer->provider == PROVIDER_NONE, ID_KIND_NONE,
         "The organizer has no dial-in conferencing provider, so the meeting gets no conference "
         "ID."},
        {third_party && recorded, ID_KIND_THIRD_PARTY,
         "The organizer's provider is a third party, so the invitation shows that provider's "
         "number and passcode."},
        {third_party, ID_KIND_THIRD_PARTY,
         "The organizer's provider is a third party whose number is not recorded, so the "
         "invitation has no dial-in block."},
        {!organization_dynamic(organization, now), ID_KIND_STATIC,
         "The organization does not issue dynamic IDs yet, so the meeting gets the organizer's "
         "static ID."},
        {true, ID_KIND_DYNAMIC,
         "The organization issues dynamic IDs, so the meeting gets a conference ID of its own."},
    };
    size_t i = 0;
    while (!rules[i].holds)
        i++;
    if (reason)
        *reason = rules[i].reason;
    return rules[i].kind;
}

/* Has no place in an address, a header or a terminal: blanks, controls, marks that are not seen. */
static bool is_hidden(int32_t codepoint)
{
    return utf8_unsafe(codepoint) || digits_space(codepoint) || digits_unseen(codepoint);
}

/* Labels of letters, digits and hyphens (any script), with single dots between them. */
static bool is_host(const char *s)
{
    if (*s == '.' || *s == '-' || !*s)
        return false;
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        bool letter = c >= 0x80 || ascii_word(c);
        if (!letter && c != '-' && c != '.')
            return false;
        if (c == '.' && (s[1] == '.' || s[1] == '-' || s[-1] == '-'))
            return false;
    }
    return s[-1] != '.' && s[-1] != '-';
}

static const char *email_fault(const char *s)
{
    enum { EMAIL_MAX = 254 };
    size_t length = strlen(s);
    if (length > EMAIL_MAX)
        return "an address is at most 254 bytes long";
    for (const char *at = s, *end = s + length; at < end;) {
        int32_t codepoint = utf8_next(&at, end);
        if (codepoint < 0)
            return "the address is not valid UTF-8";
        if (is_hidden(codepoint))
            return "an address has no spaces and no control characters";
        if (codepoint < 0x80 && strchr("()<>[]\\,;:\"", (int)codepoint))
            return "write the address alone, as ada@example.com";
    }
    const char *sign = strchr(s, '@');
    if (!sign || strchr(sign + 1, '@'))
        return "an address has one @, as in ada@example.com";
    if (sign == s)
        return "there is nothing before the @";
    return is_host(sign + 1) ? NULL : "there is no valid host name after the @";
}

enum err email_parse(const char *what, const char *s, struct error *error)
{
    if (!s || !*s)
        return error_set(error, ERR_INVALID, what,
                         "it is empty; write an address such as ada@example.org");
    const char *why = email_fault(s);
    return why ? error_set_what(error, ERR_INVALID, why, "%s '%s'", what, s) : ERR_OK;
}
