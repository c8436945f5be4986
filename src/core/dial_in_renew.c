/*
 * Exchanging a conference ID in texts that people or programs wrote: its digits may stand together
 * or in groups, and the same digits may be another service's, or no ID at all.
 */
#include <core/dial_in_renew.h>

#include "dial_in_whole.h"
#include <base/ascii.h>
#include <base/vector.h>
#include <string.h>

/* The bytes of a separator of two groups of digits at s, 0 if none stands there. */
static size_t separator_length(const char *s)
{
    static const char *const separators[] = {" ", "-", ".", "\xC2\xA0", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
        if (strncmp(s, separators[i], strlen(separators[i])) == 0)
            return strlen(separators[i]);
    return 0;
}

/* True if the digits at `at` go on a number, a word or a link's path that begins before them. */
static bool inside_longer(const char *text, const char *at)
{
    if (at == text)
        return false;
    char before = at[-1];
    if (ascii_word(before) || before == '/' || before == '+' || before == '%')
        return true;
    return (before == ' ' || before == '-' || before == '.') && at - text >= 2 &&
           ascii_digit(at[-2]);
}

/*
 * The end of the ID that stands at `at`, NULL if it does not; *grouped if its digits stand in
 * groups.
 */
static const char *mention_end(const char *at, const char *id, bool *grouped)
{
    *grouped = false;
    for (const char *d = id; *d; d++) {
        size_t gap = d > id ? separator_length(at) : 0;
        if (gap && at[gap] == *d) {
            at += gap;
            *grouped = true;
        }
        if (*at != *d)
            return NULL;
        at++;
    }
    if (ascii_word(*at))
        return NULL;
    size_t gap = separator_length(at);
    return *grouped && gap && ascii_digit(at[gap]) ? NULL : at;
}

/*
 * --- which mentions are ours -------------------------------------------------------------------
 */

/* True if the digits at `at` are written as callers enter them: behind a pause, or before a '#'. */
static bool entered(const char *text, const char *at, const char *end)
{
    const char *pause = at;
    while (pause > text && (pause[-1] == ',' || pause[-1] == ';'))
        pause--;
    if (pause < at && pause > text && ascii_digit(pause[-1]))
        return true;
    return end[*end == ' '] == '#' || strncmp(end, "%23", 3) == 0;
}

/* What the readers take for the ID, at this place in the text; NULL: nothing. */
static const struct dial_in_candidate *candidate_at(const struct part_text *text, size_t at)
{
    for (size_t i = 0; i < text->candidates.count; i++)
        if (text->candidates.items[i].found.at == at)
            return &text->candidates.items[i];
    return NULL;
}

/*
 * The end of a mention of the ID that begins at byte `at` of the text, in a dial-in of ours. NULL:
 * none stands there, or another service's, or one that no caller is told to enter.
 */
static const char *mention_of_ours(const struct dial_in_whole *whole, const struct part *part,
                                   const struct part_text *text, size_t at, const char *id,
                                   bool *grouped)
{
    const char *start = text->text + at;
    const char *end = *start == *id ? mention_end(start, id, grouped) : NULL;
    if (!end)
        return NULL;
    const struct dial_in_candidate *candidate = candidate_at(text, at);
    struct dial_in_candidate bare = {.found = {.at = at}};
    memcpy(bare.found.conference_id, id, strnlen(id, ID_SIZE - 1));
    if (!candidate && (inside_longer(text->text, start) || !entered(text->text, start, end)))
        return NULL;
    return dial_in_foreign(whole, part, text, candidate ? candidate : &bare) ? NULL : end;
}

/*
 * --- exchanging them ---------------------------------------------------------------------------
 */

/* Where one of a place's two parts has a mention of ours at this byte. */
static const char *mention(const struct dial_in_whole *whole, const struct dial_in_place *place,
                           size_t at, const char *id, bool *grouped)
{
    for (int i = 0; i < PARTS; i++) {
        const struct part *part = &whole->parts[i];
        for (size_t k = 0; k < part->count; k++) {
            const struct part_text *text = &part->texts[k];
            const char *end =
                text->place == place ? mention_of_ours(whole, part, text, at, id, grouped) : NULL;
            if (end)
                return place->text + (end - text->text);
        }
    }
    return NULL;
}

static const char *renewed(struct arena *arena, const struct dial_in_whole *whole,
                           const struct dial_in_place *place, const char *old_id,
                           const char *new_id)
{
    struct text out = text_start(arena);
    const char *from = place->text;
    for (const char *at = place->text; *at;) {
        bool grouped = false;
        const char *end = *at == *old_id
                              ? mention(whole, place, (size_t)(at - place->text), old_id, &grouped)
                              : NULL;
        if (!end) {
            at++;
            continue;
        }
        text_add_n(&out, from, (size_t)(at - from));
        text_add(&out, grouped ? conference_id_group(arena, new_id) : new_id);
        from = at = end;
    }
    if (from == place->text)
        return from;
    text_add(&out, from);
    return out.bytes;
}

/* Most texts do not have the ID's first digits: those need no reading. */
static bool may_mention(const struct dial_in_place *places, size_t count, const char *id)
{
    char first[3] = {id[0], id[1], '\0'};
    for (size_t i = 0; i < count; i++)
        if (places[i].kind == DIAL_IN_PLACE_TEXT && strstr(places[i].text, first))
            return true;
    return false;
}

void dial_in_renew(struct arena *arena, const struct numbers *numbers, struct dial_in_place *places,
                   size_t count, const char *old_id, const char *new_id)
{
    if (!may_mention(places, count, old_id))
        return;
    struct arena *reading = arena_new();
    struct dial_in_whole whole = dial_in_whole_read(reading, numbers, places, count, old_id);
    const char **texts = arena_array(arena, count, sizeof *texts);
    for (size_t i = 0; i < count; i++)
        texts[i] = places[i].kind == DIAL_IN_PLACE_TEXT
                       ? renewed(arena, &whole, &places[i], old_id, new_id)
                       : places[i].text;
    arena_free(reading);
    for (size_t i = 0; i < count; i++)
        places[i].text = texts[i];
}
