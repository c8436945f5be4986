/*
 * Inside iCalendar: one content line as name, parameters and value, and a component as a list of
 * them.
 */
#ifndef ICAL_PROPERTY_H
#define ICAL_PROPERTY_H

#include <base/vector.h>
#include <exchange/ical.h>

struct ical_parameter {
    const char *name, *value; /* without quotes; of several values all, with their commas */
};

struct ical_property {
    const char *name;  /* upper case */
    const char *value; /* as it stands, escapes and all */
    const char *raw;   /* the whole unfolded line */
    size_t line;       /* where it began, from 1 */
    int depth;         /* 0: the component's own; BEGIN and END of an inner one are 1 */
    bool windows;      /* it came in Windows-1252 */
    struct VECTOR(struct ical_parameter) parameters;
};

/* A line that an event stands without. */
struct ical_left_out {
    size_t line;
    const char *name; /* upper case; "" if it has none */
    const char *why;
};

struct ical_component {
    struct VECTOR(struct ical_property) properties;
    struct VECTOR(struct ical_left_out) left_out; /* the first of them */
    size_t left_out_count;                        /* all of them */
    size_t line;                                  /* of its BEGIN */
    const char *why;                              /* what is wrong with its form; NULL: nothing */
    size_t why_line;
    size_t windows_line; /* the first that came in Windows-1252; 0: none */
};

/*
 * Takes a line apart. Returns what is wrong with it, or NULL. `property` borrows from `line`, which
 * must be in the arena.
 */
const char *ical_property_read(struct arena *arena, const char *line,
                               struct ical_property *property);

/* True if the line begins with this name, of whatever form its rest is. */
bool ical_line_named(const char *line, const char *name);
/* At most the first bytes of the upper-case name that a line begins with; "" if it has none. */
const char *ical_line_name(struct arena *arena, const char *line);

/* The value of a parameter by its upper-case name, or NULL. */
const char *ical_parameter(const struct ical_property *property, const char *name);

/* TEXT (RFC 5545, 3.3.11): \n, \, \; and \\ undone; and done. */
char *ical_text_read(struct arena *arena, const char *value);
void ical_text_write(struct text *out, const char *s);

/*
 * True for nothing but a dial string ("+13238494874,,93907123#"): what our own events have as
 * LOCATION if the meeting has none. NULL is none.
 */
bool ical_dial_string(const char *s);

/* Appends a content line, folded at 75 bytes between characters, with CRLF. */
void ical_line_write(struct text *out, const char *line);

/*
 * Appends a parameter's value, quoted if it has to be, its line breaks and quotes as RFC 6868
 * has them.
 */
void ical_parameter_write(struct text *out, const char *s);

#endif
