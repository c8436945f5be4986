/*
 * Which dial-in an event has: the surest conference ID of its own part, else of what is quoted or
 * forwarded, and what stands beside it.
 */
#include <core/dial_in_judge.h>

#include "dial_in_whole.h"
#include <string.h>

struct judging {
    struct arena *arena;
    struct dial_in_whole whole;
    struct dial_in dial_in;
};

/*
 * --- the number beside it ----------------------------------------------------------------------
 */

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
    size_t length, at = candidate ? candidate->found.at : 0;
    const char *number = telephone_near(text->text, at, &length);
    return number ? arena_copy_n(judging->arena, number, length) : NULL;
}

static void number_add(struct judging *judging, const char *number, size_t length)
{
    enum { NUMBERS_MAX = 16 };
    struct strings *numbers = &judging->dial_in.numbers;
    const char *copy = arena_copy_n(judging->arena, number, length);
    if (numbers->count < NUMBERS_MAX && !strings_hold(numbers, copy))
        *vector_push(judging->arena, numbers) = copy;
}

/* The numbers in the lines before the ID: toll, toll-free, of several countries. */
static void numbers_before(struct judging *judging, const char *text, size_t at)
{
    const char *end = text + at;
    const char *s = at > DIAL_IN_BLOCK_BYTES ? end - DIAL_IN_BLOCK_BYTES : text;
    for (; (s = strchr(s, '+')) != NULL && s < end; s++) {
        size_t length = telephone_length(s);
        if (length > 0)
            number_add(judging, s, length);
    }
}

static void numbers_find(struct judging *judging, const struct part *part,
                         const struct part_text *text, const struct dial_in_candidate *chosen)
{
    const char *number = judging->dial_in.number, *id = chosen->found.conference_id;
    if (number)
        number_add(judging, number, strlen(number));
    numbers_before(judging, text->text, chosen->found.at);
    for (size_t i = 0; i < part->count; i++) {
        const struct part_text *other = &part->texts[i];
        if (other->place->kind == DIAL_IN_PLACE_NUMBER && text->place->kind == DIAL_IN_PLACE_ID)
            number_add(judging, other->text, strlen(other->text));
        for (size_t k = 0; k < other->candidates.count; k++) {
            const struct dial_in_candidate *again = &other->candidates.items[k];
            if (again->number_length > 0 && strcmp(again->found.conference_id, id) == 0)
                number_add(judging, other->text + again->number, again->number_length);
        }
    }
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
    numbers_find(judging, part, text, candidate);
    if (is_foreign)
        dial_in->service = arena_copy(
            judging->arena, part->service ? part->service : judging->whole.parts[OWN].service);
}

/* The first place's surest candidate that is, or is not, foreign. False: there is none. */
static bool choose_among(struct judging *judging, const struct part *part, bool is_foreign)
{
    for (size_t i = 0; i < part->count; i++) {
        struct part_text *text = &part->texts[i];
        struct dial_in_candidates these = {
            .items = arena_array(judging->arena, text->candidates.count, sizeof *these.items)};
        for (size_t k = 0; k < text->candidates.count; k++)
            if (dial_in_foreign(&judging->whole, part, text, &text->candidates.items[k]) ==
                is_foreign)
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
            if (sign->pattern->own ||
                (sign->pattern->kind != SERVICE_LABEL && sign->pattern->kind != SERVICE_CODE) ||
                !dial_in_id_behind(text->text, sign->to, candidate.found.conference_id))
                continue;
            choose(judging, part, text, &candidate, true);
            return true;
        }
    }
    return false;
}

/* A heading over nothing tells of an ID that was not read; other services' are not looked for. */
static bool heading_alone(const struct dial_in_whole *whole)
{
    const struct part *part = &whole->parts[OWN];
    for (size_t i = 0; part->other <= part->own && i < part->count; i++)
        for (size_t k = 0; k < part->texts[i].signs.count; k++)
            if (part->texts[i].signs.items[k].pattern->kind == SERVICE_HEADING)
                return true;
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
    bool is_foreign = dial_in_foreign(&judging->whole, part, text, candidate);
    if (dial_in->asides.count == ASIDES_MAX || mentioned(dial_in, id) ||
        (is_foreign && dial_in->kind == DIAL_IN_FOREIGN))
        return;
    *vector_push(judging->arena, &dial_in->asides) =
        (struct dial_in_aside){arena_copy(judging->arena, id), text->place->name,
                               part == &judging->whole.parts[QUOTED], is_foreign};
}

static void asides_find(struct judging *judging)
{
    for (int i = 0; i < PARTS; i++) {
        const struct part *part = &judging->whole.parts[i];
        for (size_t k = 0; k < part->count; k++)
            for (size_t n = 0; n < part->texts[k].candidates.count; n++)
                aside_add(judging, part, &part->texts[k], &part->texts[k].candidates.items[n]);
    }
}

struct dial_in dial_in_judge(struct arena *arena, const struct numbers *numbers,
                             const struct dial_in_place *places, size_t count)
{
    struct judging judging = {.arena = arena,
                              .whole = dial_in_whole_read(arena, numbers, places, count, NULL)};
    for (int i = 0; i < PARTS && judging.dial_in.kind == DIAL_IN_NONE; i++) {
        const struct part *part = &judging.whole.parts[i];
        if (!choose_among(&judging, part, false) && !choose_among(&judging, part, true))
            choose_labelled(&judging, part);
    }
    if (judging.dial_in.kind != DIAL_IN_NONE)
        asides_find(&judging);
    else
        judging.dial_in.heading = heading_alone(&judging.whole);
    return judging.dial_in;
}
