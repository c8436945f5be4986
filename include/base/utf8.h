/*
 * UTF-8: reading, checking, folding for search, and making stored text safe to print.
 * Any layer may call this. Over utf8proc; the only place that includes it.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <base/arena.h>
#include <base/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The next code point at *s (before end), and moves *s behind it. An invalid byte gives -1 and
 * moves one byte. At the end gives 0 and does not move.
 */
int32_t utf8_next(const char **s, const char *end);

/* True if the n bytes are valid UTF-8 (no surrogates, nothing overlong, no NUL). */
bool utf8_valid(const char *s, size_t n);

/* ERR_INVALID, about `what`, unless s is valid UTF-8 of at most `limit` bytes. NULL passes. */
enum err utf8_check(const char *what, const char *s, size_t limit, struct error *error);

/*
 * The most bytes, at most `limit`, at which s can be cut between two characters. s[limit] must be
 * readable. Invalid text is cut at `limit`.
 */
size_t utf8_cut(const char *s, size_t limit);

/*
 * Must never reach a terminal as it is: C0 and C1 controls, DEL, bidi controls (U+202A..E,
 * U+2066..9, U+200E/F, U+061C), line and paragraph separators; also -1, an invalid byte.
 */
bool utf8_unsafe(int32_t codepoint);

/*
 * Shows as nothing where it stands, so that two texts look the same and are not: zero-width spaces,
 * invisible operators, fillers, tags. Joiners belong between emoji and in scripts whose letters
 * join, tags to a flag. `previous` and `next` are its neighbours (0: none).
 */
bool utf8_hidden(int32_t previous, int32_t codepoint, int32_t next);

/* A regional indicator: two of them are a flag. */
bool utf8_regional(int32_t codepoint);

/*
 * The word's next trigram: three characters from *from to *to. Called again and again with the
 * same variables, *from NULL and *to the word at first, it gives as few as cover the word: every
 * third one, and the last. False: there is none, as the word is shorter, or no more.
 */
bool utf8_trigram(const char **from, const char **to);

/* A byte of Windows-1252 as a code point; 0: it stands for nothing. */
int32_t windows_character(unsigned char byte);

/* Appends the code point's bytes to out (at most 4) and returns how many. */
int utf8_put(int32_t codepoint, char out[4]);

/*
 * Columns of one code point: 0 for combining marks, 2 for wide, else 1; -1 for control characters.
 */
int utf8_columns(int32_t codepoint);

/* Columns of a string as the canvas would draw it (grapheme clusters count once). */
int utf8_width(const char *s);

/*
 * The length in bytes of the grapheme cluster at s (0 at the end), and its columns (1 or 2; invalid
 * bytes and control characters are clusters of their own with *columns = 1).
 */
size_t utf8_cluster(const char *s, int *columns);

/*
 * Case folded, accents stripped, compatibility forms and white space runs brought together: for
 * search and matching.
 */
char *utf8_fold(struct arena *arena, const char *s);
/* The first code point that such a fold leaves of one; 0: none. */
int32_t utf8_fold_first(int32_t codepoint);

/*
 * Safe to print: unsafe characters (utf8_unsafe) become \xNN or \u{NNNN}. With keep_newlines, \n
 * and \t stay. Returns `s` itself (not copied) if nothing needs escaping.
 */
const char *utf8_printable(struct arena *arena, const char *s, bool keep_newlines);

/* The same for people's eyes: what is hidden (utf8_hidden) stands there as <U+NNNN>, too. */
const char *utf8_shown(struct arena *arena, const char *s, bool keep_newlines);

#endif
