/*
 * An event's places in two parts, the event's own and what is quoted or forwarded, with the signs
 * of services and the conference IDs in each; and whose such an ID is.
 */
#include "dial_in_whole.h"

#include "dial_in_quoted.h"
#include <base/ascii.h>
#include <string.h>
#include <strings.h>

enum {
    CANDIDATES_MAX = 24, /* of a place */
    MENTIONS_MAX = 500   /* of one ID in a place */
};

/*
 * --- reading -----------------------------------------------------------------------------------
 */

static void signs_count(struct part *part, const struct part_text *text)
{
    for (size_t i = 0; i < text->signs.count; i++) {
        const struct service_pattern *pattern = text->signs.items[i].pattern;
        enum service_strength *strongest = pattern->own ? &part->own : &part->other;
        if (!pattern->own && (pattern->strength > part->other ||
                              (pattern->strength == part->other && !part->service)))
            part->service = pattern->service ? pattern->service : part->service;
        if (pattern->strength > *strongest)
            *strongest = pattern->strength;
    }
}

static void id_read(struct part_text *text)
{
    struct dial_in_candidate *candidate = &text->candidates.items[0];
    if (!conference_id_normalize(text->text, candidate->found.conference_id))
        return;
    candidate->found.sign = DIAL_IN_DIAL_STRING;
    text->candidates.count = 1;
}

static struct dial_in_candidates candidates_start(struct arena *arena, const char *only)
{
    size_t room = only ? MENTIONS_MAX : CANDIDATES_MAX;
    return (struct dial_in_candidates){
        .items = arena_array(arena, room, sizeof(struct dial_in_candidate)),
        .room = room,
        .only = only};
}

static void text_read(struct arena *arena, struct part *part, const struct dial_in_place *place,
                      const char *words, const char *only)
{
    struct part_text *text = &part->texts[part->count];
    if (!*words)
        return;
    part->count++;
    text->place = place;
    text->text = words;
    text->candidates = candidates_start(arena, only);
    if (place->kind == DIAL_IN_PLACE_ID)
        id_read(text);
    if (place->kind == DIAL_IN_PLACE_ID || place->kind == DIAL_IN_PLACE_NUMBER)
        return;
    if (place->kind != DIAL_IN_PLACE_SIGN)
        dial_in_candidates_read(words, &text->candidates);
    if (place->kind == DIAL_IN_PLACE_OURS)
        return;
    service_signs_read(words, &text->signs);
    signs_count(part, text);
}

struct dial_in_whole dial_in_whole_read(struct arena *arena, const struct numbers *numbers,
                                        const struct dial_in_place *places, size_t count,
                                        const char *only)
{
    struct dial_in_whole whole = {.numbers = numbers};
    for (int i = 0; i < PARTS; i++)
        whole.parts[i].texts = arena_array(arena, count, sizeof *whole.parts[i].texts);
    for (size_t i = 0; i < count; i++) {
        struct quoted_text split = {places[i].text, ""};
        if (places[i].kind == DIAL_IN_PLACE_TEXT)
            split = dial_in_quoted(arena, places[i].text);
        text_read(arena, &whole.parts[OWN], &places[i], split.own, only);
        text_read(arena, &whole.parts[QUOTED], &places[i], split.quoted, only);
    }
    return whole;
}

/*
 * --- telephone numbers beside it ---------------------------------------------------------------
 */

size_t telephone_length(const char *s)
{
    enum { LENGTH_MAX = 32, DIGITS_LEAST = 7 };
    size_t n = 1, length = 0;
    int digits = 0;
    for (; n < LENGTH_MAX && s[n] && strchr("0123456789 -.()/", s[n]); n++) {
        if (ascii_digit(s[n])) {
            digits++;
            length = n + 1;
        }
    }
    return digits >= DIGITS_LEAST ? length : 0;
}

const char *telephone_near(const char *text, size_t at, size_t *length)
{
    const char *number = NULL;
    *length = 0;
    for (const char *s = text; (s = strchr(s, '+')) != NULL; s++) {
        if (number && (size_t)(s - text) > at)
            break;
        size_t n = telephone_length(s);
        if (n > 0) {
            number = s;
            *length = n;
        }
    }
    return number;
}

/* True if these are the digits of a number of ours, as it is dialled from abroad or at home. */
static bool number_is(const char *e164, const char *digits)
{
    enum { DIGITS_LEAST = 7 };
    size_t all = strlen(e164), n;
    bool home = digits[0] == '0';
    digits += strspn(digits, "0");
    n = strlen(digits);
    if (e164[0] == '+' && strcmp(e164 + 1, digits) == 0)
        return true;
    return home && n >= DIGITS_LEAST && n < all && strcmp(e164 + all - n, digits) == 0;
}

/* True if the number is one of the organization's. "(0)" is dialled at home alone. */
static bool number_is_ours(const struct numbers *numbers, const char *number, size_t length)
{
    char digits[32];
    size_t n = 0;
    for (size_t i = 0; i < length && n + 1 < sizeof digits; i++) {
        if (length - i > 3 && strncmp(number + i, "(0)", 3) == 0)
            i += 2;
        else if (ascii_digit(number[i]))
            digits[n++] = number[i];
    }
    digits[n] = '\0';
    for (size_t i = 0; n > 0 && i < numbers->count; i++)
        if (number_is(numbers->items[i].e164, digits))
            return true;
    return false;
}

/*
 * True if callers dial a number of ours before they enter this ID: in its dial string, or in the
 * lines before its label.
 */
static bool beside_our_number(const struct dial_in_whole *whole, const struct part_text *text,
                              const struct dial_in_candidate *candidate)
{
    size_t at = candidate->found.at, length;
    if (!whole->numbers)
        return false;
    if (candidate->number_length > 0)
        return number_is_ours(whole->numbers, text->text + candidate->number,
                              candidate->number_length);
    const char *number = telephone_near(text->text, at, &length);
    if (!number || text->text + at < number || text->text + at - number > DIAL_IN_BLOCK_BYTES)
        return false;
    return number_is_ours(whole->numbers, number, length);
}

/* True if a number of ours, as it is dialled from abroad or at home, begins between two bytes. */
static bool our_number_between(const struct numbers *numbers, const char *text, size_t from,
                               size_t to)
{
    for (const char *s = text + from; s < text + to; s++) {
        bool begins = *s == '+' || (*s == '0' && (s == text || !ascii_digit(s[-1])));
        size_t length = begins ? telephone_length(s) : 0;
        if (length > 0 && number_is_ours(numbers, s, length))
            return true;
    }
    return false;
}

/*
 * True if a number of ours stands in the candidate's block, before it or behind, with no other
 * ID's mention between the two.
 */
static bool our_number_around(const struct dial_in_whole *whole, const struct part_text *text,
                              const struct dial_in_candidate *candidate)
{
    const struct dial_in_candidates *others = &text->candidates;
    size_t at = candidate->found.at, from = at > DIAL_IN_BLOCK_BYTES ? at - DIAL_IN_BLOCK_BYTES : 0;
    size_t to = at + strnlen(text->text + at, DIAL_IN_BLOCK_BYTES);
    if (!whole->numbers || candidate->number_length > 0)
        return false;
    for (size_t i = 0; i < others->count; i++) {
        const struct dial_in_found *other = &others->items[i].found;
        if (strcmp(other->conference_id, candidate->found.conference_id) == 0)
            continue;
        if (other->at < at && other->at > from)
            from = other->at;
        if (other->at > at) /* a number behind may be that one's */
            to = at;
    }
    return our_number_between(whole->numbers, text->text, from, to);
}

/* True if the text tells no number, and another place, which has no ID, tells one of ours. */
static bool our_number_elsewhere(const struct dial_in_whole *whole, const struct part *part,
                                 const struct part_text *text,
                                 const struct dial_in_candidate *candidate)
{
    size_t length;
    if (!whole->numbers || telephone_near(text->text, candidate->found.at, &length))
        return false;
    for (size_t i = 0; i < part->count; i++) {
        const struct part_text *other = &part->texts[i];
        if (other->candidates.count == 0 &&
            our_number_between(whole->numbers, other->text, 0,
                               strnlen(other->text, DIAL_IN_BLOCK_BYTES)))
            return true;
    }
    return false;
}

/*
 * --- whose it is -------------------------------------------------------------------------------
 */

/* True if the sure sign that stands nearest before the candidate, else behind it, is another's. */
static bool nearest_is_other(const struct part_text *text,
                             const struct dial_in_candidate *candidate)
{
    const struct service_pattern *nearest = NULL;
    for (size_t i = 0; i < text->signs.count; i++) {
        const struct service_sign *sign = &text->signs.items[i];
        bool before = sign->from <= candidate->found.at;
        bool beside =
            sign->pattern->kind == SERVICE_PIN && sign->from <= candidate->found.at + ID_SIZE + 4;
        if (sign->pattern->strength == SERVICE_SURE && (before || beside || !nearest))
            nearest = sign->pattern;
    }
    return nearest && !nearest->own;
}

/* True if the address that goes on at `at` is one of a meeting, not of a dial-in page. */
static bool address_of_meeting(const char *text, const char *at)
{
    enum { LOOK_BACK = 200 };
    const char *limit = at - text > LOOK_BACK ? at - LOOK_BACK : text;
    for (const char *s = at; s > limit && (unsigned char)s[-1] > ' ' && s[-1] != '<'; s--) {
        if (strncasecmp(s, "dialin", strlen("dialin")) == 0)
            return false;
        if (strncmp(s, "://", 3) == 0)
            return strncasecmp(s + 3, "dialin", strlen("dialin")) != 0;
    }
    return false;
}

/*
 * True if an address in the text has these digits in its path or as a parameter: "/j/812345678",
 * "?pin=812345678".
 */
static bool address_leads_to(const char *text, const char *digits)
{
    enum { LOOKS_MAX = 20 };
    size_t length = strlen(digits);
    const char *at = text;
    for (int i = 0; i < LOOKS_MAX && (at = strstr(at, digits)) != NULL; i++, at += length) {
        if (at == text || !strchr("/=#", at[-1]) || ascii_digit(at[length]))
            continue;
        if (address_of_meeting(text, at))
            return true;
    }
    return false;
}

static bool any_address_leads_to(const struct part *part, const char *digits)
{
    for (size_t i = 0; i < part->count; i++)
        if (address_leads_to(part->texts[i].text, digits))
            return true;
    return false;
}

bool dial_in_foreign(const struct dial_in_whole *whole, const struct part *part,
                     const struct part_text *text, const struct dial_in_candidate *candidate)
{
    const struct part *own = &whole->parts[OWN];
    if (text->place->kind == DIAL_IN_PLACE_OURS || text->place->kind == DIAL_IN_PLACE_ID ||
        beside_our_number(whole, text, candidate))
        return false;
    bool unsigned_part = part->own == SERVICE_NONE && part->other == SERVICE_NONE;
    if (unsigned_part && part != own && (own->own || own->other))
        return own->other > own->own;
    if (part->own < SERVICE_SURE && part->other == SERVICE_NONE) /* a name in passing tells less */
        return any_address_leads_to(part, candidate->found.conference_id);
    if (!part->service && (our_number_around(whole, text, candidate) ||
                           our_number_elsewhere(whole, part, text, candidate)))
        return false; /* PINs have no owner */
    if (part->own == SERVICE_SURE && part->other == SERVICE_SURE)
        return nearest_is_other(text, candidate);
    return part->other > part->own;
}
