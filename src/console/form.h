/*
 * The form: labelled fields, each with the result of its check beside it, and lines below that say
 * what saving will do. A constant record describes the form; `context` is the record it edits.
 */
#ifndef FORM_H
#define FORM_H

#include "stack.h"

enum { FORM_FIELDS_MAX = 16, FORM_GHOST_MAX = 200 };

struct form;

struct field_spec {
    const char *label;
    const char *hint;           /* dim, in an empty field */
    const char *const *choices; /* NULL-ended; NULL: a line of text */
    size_t limit;               /* bytes */
    /* NULL if the value is good, else what is wrong with it (in console->turn). */
    const char *(*check)(struct console *console, struct form *form, const char *value);
    /*
     * What a good value means, as a date typed in short (in console->turn); NULL: it is plain.
     * *unusual: the user should look at it twice. May be NULL.
     */
    const char *(*tell)(struct console *console, struct form *form, const char *value,
                        bool *unusual);
    const char *const *ticks; /* NULL-ended: any of these may be ticked; its value is "" */
    /* The text that would complete the value, in console->turn; NULL: none. May be NULL. */
    const char *(*complete)(struct console *console, const char *value);
    const char *range; /* "0 to 1440 minutes": of a whole number; NULL: it is none */
};

struct form_spec {
    const char *title;
    const struct field_spec *fields; /* ended by a field without a label */
    size_t notes; /* the field that ^E opens in an editor; 0, the first one: none */
    /* Sets the fields' first values and the form's context. */
    void (*fill)(struct console *console, struct form *form, const void *given);
    /* After each change: hides fields and shows them. May be NULL. */
    void (*arrange)(struct console *console, struct form *form);
    /* When a field was left: makes the lines below anew. May be NULL. */
    void (*consequences)(struct console *console, struct form *form);
    /* Saves and closes the form, or leaves it open and shows why. */
    void (*save)(struct console *console, struct form *form);
};

struct field {
    struct line line;
    size_t choice; /* of ticks: the one that the cursor is on */
    bool hidden;
    const char *note; /* what is wrong with the value; "": nothing */
    const char *told; /* what it means; "": nothing */
    bool unusual;     /* `told` is shown as a warning */
    const char *original;
    size_t original_choice;
    unsigned ticks, original_ticks; /* a bit for each that is ticked */
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
    struct arena *arena;   /* the view's own */
    struct arena *below;   /* holds `lines`, emptied by form_below */
    struct arena *checked; /* holds what the last check said of the fields */
    struct form_lines lines;
    const char *ghost; /* the completion that is offered; NULL: none */
    char ghost_bytes[FORM_GHOST_MAX];
    bool fixed; /* the store may only be read: the form shows its values, and nothing is typed */
    bool
        whole; /* the field was just entered by Tab: the first typed character replaces its value */
    bool typing; /* the lines below are made anew while a field is typed: nobody has read them */
    void *context;
};

/* `given` is for the spec's `fill`, which copies what it keeps. */
void form_open(struct console *console, const struct form_spec *spec, const void *given);
/*
 * For `save`: closes the form and reads again what has changed; false: `err`, or reading, failed,
 * and the error is shown.
 */
bool form_saved(struct console *console, enum err err);
/* The reason in session->error, in console->turn: for checks. */
const char *form_reason(const struct console *console);
/* For `fill`: the field's first value, of a choice the chosen one; by its index; by its ticks. */
void field_fill(struct form *form, size_t field, const char *value);
void field_choose(struct form *form, size_t field, size_t choice);
void field_tick(struct form *form, size_t field, unsigned ticks);
const char *field_value(const struct form *form, size_t field);
bool field_changed(const struct form *form, size_t field);
/* Whether any of the fields from `from` to `to` is. */
bool fields_changed(const struct form *form, size_t from, size_t to);
/* Empties the lines below the fields. */
void form_below(struct form *form);
void form_say(struct form *form, enum style style, const char *text);
/* The typed value is bad without the completion that is shown: keys that end a value take it. */
bool form_completing(const struct form *form);
size_t form_choices(const char *const *choices); /* how many there are */
/* Draws the form into the area (form_draw.c). */
void form_draw(const struct console *console, struct form *form, struct canvas *canvas,
               struct area area);
/* Whether every visible field was good when it was checked last. */
bool form_good(const struct form *form);
/* Lets $VISUAL, $EDITOR or vi change the text. False: the text stays (the message is shown). */
bool editor_run(struct console *console, struct arena *arena, const char *text, char **changed);

#endif
