/*
 * Whose dial-in an event has: its places are read in two parts, the event's own and what is quoted
 * or forwarded, and each part is judged by the signs of services in all of its places.
 */
#include <core/dial_in_judge.h>

#include "dial_in_quoted.h"
#include "dial_in_services.h"
#include "dial_in_signs.h"
#include <string.h>

enum { OWN, QUOTED, PARTS };

/* One place's part. */
struct part_text {
    const struct dial_in_place *place;
    const char *text;
    struct service_signs signs;
    struct dial_in_candidates candidates;
};

struct part {
    struct part_text *texts;
    size_t count;
    enum service_strength own, other; /* the surest sign in all of its texts */
    const char *service;              /* the other one's name */
};

struct judging {
    struct arena *arena;
    struct part parts[PARTS];
    struct dial_in dial_in;
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

static void text_read(struct part *part, const struct dial_in_services *services,
                      const struct dial_in_place *place, const char *words)
{
    struct part_text *text = &part->texts[part->count];
    if (!*words)
        return;
    part->count++;
    text->place = place;
    text->text = words;
    if (place->kind == DIAL_IN_PLACE_ID)
        id_read(text);
    if (place->kind == DIAL_IN_PLACE_ID || place->kind == DIAL_IN_PLACE_NUMBER)
        return;
    if (place->kind != DIAL_IN_PLACE_SIGN)
        dial_in_candidates_read(words, &text->candidates);
    if (place->kind == DIAL_IN_PLACE_OURS)
        return;
    service_signs_read(services, words, &text->signs);
    signs_count(part, text);
}

static void places_read(struct judging *judging, const struct dial_in_services *services,
                        const struct dial_in_place *places, size_t count)
{
    for (int i = 0; i < PARTS; i++)
        judging->parts[i].texts =
            arena_array(judging->arena, count, sizeof *judging->parts[i].texts);
    for (size_t i = 0; i < count; i++) {
        struct quoted_text split = {places[i].text, ""};
        if (places[i].kind == DIAL_IN_PLACE_TEXT)
            split = dial_in_quoted(judging->arena, places[i].text);
        text_read(&judging->parts[OWN], services, &places[i], split.own);
        text_read(&judging->parts[QUOTED], services, &places[i], split.quoted);
    }
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

/* True if a path of an address in the text ends or goes on with these digits: "/j/812345678". */
static bool address_leads_to(const char *text, const char *digits)
{
    enum { LOOK_BACK = 200, MENTIONS_MAX = 20 };
    size_t length = strlen(digits);
    const char *at = text;
    for (int i = 0; i < MENTIONS_MAX && (at = strstr(at, digits)) != NULL; i++, at += length) {
        if (at == text || at[-1] != '/' || (at[length] >= '0' && at[length] <= '9'))
            continue;
        const char *limit = at - text > LOOK_BACK ? at - LOOK_BACK : text;
        for (const char *s = at; s > limit && (unsigned char)s[-1] > ' ' && s[-1] != '<'; s--)
            if (strncmp(s, "://", 3) == 0)
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

static bool foreign(const struct judging *judging, const struct part *part,
                    const struct part_text *text, const struct dial_in_candidate *candidate)
{
    const struct part *own = &judging->parts[OWN];
    if (text->place->kind == DIAL_IN_PLACE_OURS || text->place->kind == DIAL_IN_PLACE_ID)
        return false;
    if (part->own == SERVICE_NONE && part->other == SERVICE_NONE) {
        if (part != own && (own->own != SERVICE_NONE || own->other != SERVICE_NONE))
            return own->other > own->own;
        return any_address_leads_to(part, candidate->found.conference_id);
    }
    if (part->own == SERVICE_SURE && part->other == SERVICE_SURE)
        return nearest_is_other(text, candidate);
    return part->other > part->own;
}

/*
 * --- the number beside it ----------------------------------------------------------------------
 */

/* The bytes of the telephone number that begins with the '+' at s; 0 if it is none. */
static size_t telephone_length(const char *s)
{
    enum { LENGTH_MAX = 32, DIGITS_LEAST = 7 };
    size_t n = 1, length = 0;
    int digits = 0;
    for (; n < LENGTH_MAX && s[n] && strchr("0123456789 -.()/", s[n]); n++) {
        if (s[n] >= '0' && s[n] <= '9') {
            digits++;
            length = n + 1;
        }
    }
    return digits >= DIGITS_LEAST ? length : 0;
}

/* The last number before `at`, else the first one behind. */
static const char *telephone_near(struct arena *arena, const char *text, size_t at)
{
    const char *number = NULL;
    size_t length = 0;
    for (const char *s = text; (s = strchr(s, '+')) != NULL; s++) {
        if (number && (size_t)(s - text) > at)
            break;
        size_t n = telephone_length(s);
        if (n > 0) {
            number = s;
            length = n;
        }
    }
    return number ? arena_copy_n(arena, number, length) : NULL;
}

static const char *number_of(const struct judging *judging, const struct part *part,
                             const struct part_text *text,
                             const struct dial_in_candidate *candidate)
{
    if (candidate && candidate->number_length > 0)
        return arena_copy_n(judging->arena, text->text + candidate->number,
                            candidate->number_length);
    for (size_t i = 0; text->place->kind == DIAL_IN_PLACE_ID && i < part->count; i++)
        if (part->texts[i].place->kind == DIAL_IN_PLACE_NUMBER)
            return arena_copy(judging->arena, part->texts[i].text);
    return telephone_near(judging->arena, text->text, candidate ? candidate->found.at : 0);
}

/*
 * --- which one ---------------------------------------------------------------------------------
 */

static void choose(struct judging *judging, const struct part *part, const struct part_text *text,
                   const struct dial_in_candidate *candidate, bool is_foreign)
{
    struct dial_in *dial_in = &judging->dial_in;
    dial_in->kind = is_foreign ? DIAL_IN_FOREIGN : DIAL_IN_OURS;
    dial_in->conference_id = arena_copy(judging->arena, candidate->found.conference_id);
    dial_in->number = number_of(judging, part, text, candidate);
    if (is_foreign)
        dial_in->service =
            arena_copy(judging->arena, part->service ? part->service : judging->parts[OWN].service);
}

/* The first place's surest candidate that is, or is not, foreign. False: there is none. */
static bool choose_among(struct judging *judging, const struct part *part, bool is_foreign)
{
    for (size_t i = 0; i < part->count; i++) {
        struct part_text *text = &part->texts[i];
        struct dial_in_candidates these = {.count = 0};
        for (size_t k = 0; k < text->candidates.count; k++)
            if (foreign(judging, part, text, &text->candidates.items[k]) == is_foreign)
                these.items[these.count++] = text->candidates.items[k];
        const struct dial_in_candidate *best = dial_in_candidates_best(&these);
        if (best) {
            choose(judging, part, text, best, is_foreign);
            return true;
        }
    }
    return false;
}

/* Another service's own label: "Meeting ID: 812 3456 7890", "PIN: 123 456#". */
static bool choose_labelled(struct judging *judging, const struct part *part)
{
    if (part->other <= part->own)
        return false;
    for (size_t i = 0; i < part->count; i++) {
        const struct part_text *text = &part->texts[i];
        for (size_t k = 0; k < text->signs.count; k++) {
            const struct service_sign *sign = &text->signs.items[k];
            struct dial_in_candidate candidate = {.found.at = sign->from};
            if (sign->pattern->own || sign->pattern->kind != SERVICE_LABEL ||
                !dial_in_id_behind(text->text, sign->to, candidate.found.conference_id))
                continue;
            choose(judging, part, text, &candidate, true);
            return true;
        }
    }
    return false;
}

/*
 * --- what is left aside ------------------------------------------------------------------------
 */

static bool mentioned(const struct dial_in *dial_in, const char *id)
{
    if (strcmp(dial_in->conference_id, id) == 0)
        return true;
    for (size_t i = 0; i < dial_in->asides.count; i++)
        if (strcmp(dial_in->asides.items[i].conference_id, id) == 0)
            return true;
    return false;
}

/* Of a foreign dial-in's own digits nothing is told: they are all the other service's. */
static void aside_add(struct judging *judging, const struct part *part,
                      const struct part_text *text, const struct dial_in_candidate *candidate)
{
    enum { ASIDES_MAX = 8 };
    struct dial_in *dial_in = &judging->dial_in;
    const char *id = candidate->found.conference_id;
    bool is_foreign = foreign(judging, part, text, candidate);
    if (dial_in->asides.count == ASIDES_MAX || mentioned(dial_in, id) ||
        (is_foreign && dial_in->kind == DIAL_IN_FOREIGN))
        return;
    *vector_push(judging->arena, &dial_in->asides) =
        (struct dial_in_aside){arena_copy(judging->arena, id), text->place->name,
                               part == &judging->parts[QUOTED], is_foreign};
}

static void asides_find(struct judging *judging)
{
    for (int i = 0; i < PARTS; i++) {
        const struct part *part = &judging->parts[i];
        for (size_t k = 0; k < part->count; k++)
            for (size_t n = 0; n < part->texts[k].candidates.count; n++)
                aside_add(judging, part, &part->texts[k], &part->texts[k].candidates.items[n]);
    }
}

struct dial_in dial_in_judge(struct arena *arena, const struct dial_in_services *services,
                             const struct dial_in_place *places, size_t count)
{
    struct judging judging = {.arena = arena};
    places_read(&judging, services, places, count);
    for (int i = 0; i < PARTS && judging.dial_in.kind == DIAL_IN_NONE; i++) {
        const struct part *part = &judging.parts[i];
        if (!choose_among(&judging, part, false) && !choose_among(&judging, part, true))
            choose_labelled(&judging, part);
    }
    if (judging.dial_in.kind != DIAL_IN_NONE)
        asides_find(&judging);
    return judging.dial_in;
}
