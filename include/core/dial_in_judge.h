/*
 * Whose dial-in an event has, and which: judged over all of its places at once. Pure; exchange
 * and desk call it. The design, section 2, "Whose meeting, whose number". The signs of services
 * stand in data/services.tsv, which tells its form; the build makes a table of it.
 */
#ifndef CORE_DIAL_IN_JUDGE_H
#define CORE_DIAL_IN_JUDGE_H

#include <base/vector.h>
#include <core/conference_id.h>
#include <core/directory.h>

enum dial_in_place_kind {
    DIAL_IN_PLACE_TEXT,   /* words, signs and addresses */
    DIAL_IN_PLACE_OURS,   /* a text that is known to be ours */
    DIAL_IN_PLACE_SIGN,   /* signs of services only: an ID in it is none that callers enter */
    DIAL_IN_PLACE_ID,     /* the ID itself */
    DIAL_IN_PLACE_NUMBER, /* the number to dial */
};

/* What a property of an event holds that is known by its name alone (TEXT for others). */
enum dial_in_place_kind dial_in_place_of(const char *property);

struct dial_in_place {
    enum dial_in_place_kind kind;
    const char *name; /* for people: "HTML text" */
    const char *text;
};

/* An ID that the event shows beside the one that was taken. */
struct dial_in_aside {
    const char *conference_id;
    const char *place; /* the place's name */
    bool quoted;       /* in a forwarded or quoted part of it */
    bool foreign;      /* another service's */
};

enum dial_in_kind { DIAL_IN_NONE, DIAL_IN_OURS, DIAL_IN_FOREIGN };

struct dial_in {
    enum dial_in_kind kind;
    const char *conference_id; /* what callers enter; NULL if kind is NONE */
    const char *number;        /* beside it, as it is written; NULL: none */
    struct strings numbers;    /* it and others under which the same ID is entered */
    const char *service;       /* the foreign service's name; NULL: not known, or ours */
    bool heading; /* kind is NONE, though a heading for joining by phone stands there */
    struct VECTOR(struct dial_in_aside) asides;
};

/*
 * Judges the places of one event, which are given in the order in which they count. What stands in
 * an event's own part goes before what is forwarded or quoted in it; then the place counts, and
 * then the sign (dial_in_text.h). Signs of another service make a dial-in foreign that has none of
 * ours; sure signs go before hints; beside sure signs of both, an ID belongs to the nearest one
 * before it. Without any sign it is ours, unless an address leads to the same digits. Whatever the
 * signs, an ID behind one of `numbers`, the organization's (NULL: not known), is ours; so is one
 * with such a number around it, or in a place of its own, if the signs tell no service's name.
 * Linear in the texts. The places' names are borrowed, all else lives in the arena.
 */
struct dial_in dial_in_judge(struct arena *arena, const struct numbers *numbers,
                             const struct dial_in_place *places, size_t count);

#endif
