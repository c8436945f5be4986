/*
 * The form widget: labelled fields, each with a check beside it, and lines below that say what
 * saving will do. A form is described by a constant record; what it edits hangs on `context`.
 */
#ifndef FORM_H
#define FORM_H

#include "stack.h"

enum { FORM_FIELDS_MAX = 16, FORM_NOTE_MAX = 200 };

struct form;

struct field_spec {
    const char *label;
    const char *hint;           /* dim, where the field is empty */
    const char *const *choices; /* NULL-ended; NULL: a line of text */
    size_t limit;               /* bytes */
    /* NULL where the value is good, else what is wrong with it (in console->turn). */
    const char *(*check)(struct console *console, struct form *form, const char *value);
};

struct form_spec {
    const char *title;
    const struct field_spec *fields; /* ended by one without a label */
    size_t notes; /* the field that ^E opens in an editor; FORM_FIELDS_MAX: none */
    void (*arrange)(struct console *console,
                    struct form *form); /* after each change: hides and shows; may be NULL */
    void (*settle)(struct console *console,
                   struct form *form); /* where a field was left: the lines below; may be NULL */
    /*
     * What may complete the field's value, appended at the cursor; NULL: nothing. In console->turn.
     * May be NULL.
     */
    const char *(*complete)(struct console *console, struct form *form, size_t field);
    bool (*save)(struct console *console,
                 struct form *form); /* true: saved; the form has been closed by then */
};

struct field {
    struct line line;
    size_t choice;
    bool hidden;
    char note[FORM_NOTE_MAX]; /* what is wrong with it; "" nothing */
    const char *original;
    size_t original_choice;
};

struct form_line {
    enum style style;
    const char *text;
};

struct form_lines VECTOR(struct form_line);

struct form {
    const struct form_spec *spec;
    struct field fields[FORM_FIELDS_MAX];
    size_t count, focus, top;
    struct arena *arena; /* the view's own */
    struct arena *below; /* holds `lines`; reset by form_below */
    struct form_lines lines;
    const char *ghost; /* the completion that is offered */
    char ghost_bytes[FORM_NOTE_MAX];
    bool fixed; /* the store may only be read: the form shows, and takes nothing */
    bool whole; /* the field was just entered by Tab: what is typed replaces it */
    void *context;
};

struct form_given {
    const struct form_spec *spec;
    void (*fill)(struct console *console, struct form *form,
                 const void *given); /* sets values and context */
    const void *given;
};

enum err form_open(struct console *console, const struct form_given *given);
/* For `fill`: the field's first value. */
void field_fill(struct form *form, size_t field, const char *value);
void field_choose(struct form *form, size_t field, size_t choice);
const char *field_value(const struct form *form, size_t field);
bool field_changed(const struct form *form, size_t field);
/* Starts the lines below anew; the arena to make their text in. */
struct arena *form_below(struct form *form);
void form_say(struct form *form, enum style style, const char *text);
/* Checks every field that is seen, moves to the first bad one; true where all are good. */
bool form_check(struct console *console, struct form *form);
/* Whether no field that is seen had anything wrong when it was checked last. */
bool form_good(const struct form *form);
/* Lets $VISUAL, $EDITOR or vi change the text. False: it did not (the message is shown). */
bool editor_run(struct console *console, struct arena *arena, const char *text, char **changed);

#endif
