/*
 * The words that stand before a conference ID in invitations. Private to core: dial_in_text.c reads
 * with it.
 */
#ifndef CORE_DIAL_IN_LABELS_H
#define CORE_DIAL_IN_LABELS_H

#include <stdbool.h>
#include <stddef.h>

enum label_rank {
    LABEL_NONE,
    LABEL_SHARED, /* some programs label their own meeting ID with the same words */
    LABEL_PLAIN,
    LABEL_PHONE /* names the telephone: sure */
};

struct label_match {
    enum label_rank rank;
    size_t length; /* bytes of text that the label takes */
};

/*
 * The longest label that `text` begins with, read without regard to case, accents, hyphens and
 * no-break spaces. The caller knows that a word begins here; that the label ends with a word is
 * checked here. Looks at no more than a hundred characters.
 */
struct label_match label_match(const char *text, const char *end);

/*
 * True if the word (in any case) tells that the label behind it is not a dial-in ID's: "Video".
 */
bool label_denied_by(const char *word, size_t length);

/*
 * True if a passcode's label stands within [text, end): then the ID before it is an app's meeting
 * ID.
 */
bool label_passcode_in(const char *text, const char *end);

/* True for a character that belongs to a word (a letter or digit of any script). */
bool label_word_character(int codepoint);

#endif
