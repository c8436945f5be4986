/*
 * Conference IDs: how they may look, how a fresh one is drawn, and the IDs that a slip of the
 * finger turns one into. Pure. IDs are text, never integers (a leading 0 counts). DESIGN section 2,
 * "How a dynamic ID is made".
 */
#ifndef CORE_CONFERENCE_ID_H
#define CORE_CONFERENCE_ID_H

#include <base/arena.h>
#include <base/random.h>
#include <base/vector.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    ID_MIN_DIGITS = 4, /* static IDs, taken as they are */
    ID_MAX_DIGITS = 12,
    ID_DYNAMIC_MIN_DIGITS = 8, /* ours */
    ID_SIZE = ID_MAX_DIGITS + 1,
    ID_GUESS_LIMIT = 1000, /* a random guess hits a live ID at most once in so many */
    /* every ID of 12 digits within a slip: 12 * 9 wrong digits and 11 swaps */
    ID_SLIPS_MAX = ID_MAX_DIGITS * 9 + ID_MAX_DIGITS - 1,
    /* every ID with a digit less or more than one of 11 digits: 11, and 12 * 9 + 1 */
    ID_LENGTHS_MAX = 2 * (ID_MAX_DIGITS - 1) + 98
};

/* THIRD_PARTY: of the organizer's own provider; FOREIGN: a dial-in that is not ours at all. */
enum id_kind {
    ID_KIND_NONE,
    ID_KIND_DYNAMIC,
    ID_KIND_STATIC,
    ID_KIND_THIRD_PARTY,
    ID_KIND_FOREIGN
};

/* "none", "dynamic", "static", "third-party", "foreign" */
const char *id_kind_name(enum id_kind kind);
bool id_kind_parse(const char *name, enum id_kind *kind);

/* True for 4 to 12 ASCII digits: what may stand in the store. */
bool conference_id_valid(const char *digits);

/*
 * Forgiving reading of a typed ID: spaces (no-break too), dashes, dots, parentheses and a trailing
 * '#' go. Returns false, and an empty `out`, unless 4 to 12 digits are left. (Pasted dial strings
 * and whole lines are core/dial_in_text.h's work.)
 */
bool conference_id_normalize(const char *typed, char out[ID_SIZE]);

/* As people print them, in groups of three from the left: "939 071 23", "766 918 553". */
char *conference_id_group(struct arena *arena, const char *digits);

/*
 * True if the shape is too easy: a run up or down by one throughout, counted round from 9 to 0
 * (12345678, 87654321, 89012345), or a block of one to four digits repeated throughout, at least
 * twice, the last time perhaps cut short (11111111, 12121212, 12312312, 12341234, 123412341).
 */
bool conference_id_weak(const char *digits);

/*
 * One candidate of `length` digits (8..12): the first not 0, without bias, never weak. Uniqueness
 * and slips are the store's to check.
 */
void conference_id_draw(struct random source, int length, char out[ID_SIZE]);

/*
 * How many digits a new ID gets: the smallest length of at least `configured` (8..12, brought into
 * that range) at which one more live ID keeps a random guess at 1 in ID_GUESS_LIMIT or less.
 * `live[n]` is the number of live IDs of n digits. At 12 digits it stays.
 */
int conference_id_length(int configured, const int64_t live[ID_SIZE]);

/* The same for static IDs, which may be shorter: 4..12 digits. */
void conference_id_static_draw(struct random source, int length, char out[ID_SIZE]);
int conference_id_static_length(int configured, const int64_t live[ID_SIZE]);

/* The probability that a random guess of `length` digits (first not 0) hits one of `live` IDs. */
double conference_id_guess_probability(int length, int64_t live);

/* How one ID differs from another by a single slip. */
enum id_slip { ID_SLIP_NONE, ID_SLIP_DIGIT, ID_SLIP_SWAP, ID_SLIP_MISSING, ID_SLIP_EXTRA };

const char *id_slip_name(enum id_slip slip); /* "digit", "swap", "missing", "extra" */

/*
 * Which single slip leads from the true ID to the typed one. MISSING: a digit was left out; EXTRA:
 * there is one too many.
 */
enum id_slip conference_id_slip(const char *typed, const char *true_id);

/*
 * All IDs of the same length within one wrong digit or one swap of neighbours, without `digits`
 * itself and without repeats. Returns how many (at most ID_SLIPS_MAX). A first digit of 0 is
 * included (a static ID may have one).
 */
size_t conference_id_slips(const char *digits, char out[ID_SLIPS_MAX][ID_SIZE]);

/*
 * The IDs with a digit less, those with a digit more, or both, within 4 to 12 digits, without
 * repeats. Returns how many (at most ID_LENGTHS_MAX).
 */
size_t conference_id_lengths(const char *digits, bool shorter, bool longer,
                             char out[ID_LENGTHS_MAX][ID_SIZE]);

/*
 * All IDs that the caller may have meant: conference_id_slips, and those with a digit less or more
 * (lengths 4..12), without repeats.
 */
void conference_id_near(struct arena *arena, const char *digits, struct strings *out);

#endif
