/*
 * The fields of a meeting's form, with their checks and what stands beside them. For view_edit.c.
 */
#ifndef EDIT_FIELDS_H
#define EDIT_FIELDS_H

#include "draft.h"

/* The context of the form. */
struct edit {
    bool fresh; /* a new meeting */
    const char *uid;
    int64_t version;
    struct which which; /* the part of a series that is edited */
    size_t warned;      /* warnings that were shown: saving stops once if there are more */
    const char *opened; /* the meeting as text when the form was filled */
    unsigned weekdays;  /* that were ticked when the form was filled, and the start's, 0 Monday */
    int weekday;
    const char *lasts; /* "1h": the meeting when the form was filled; NULL: it cannot be told */
    const char *end;   /* what End was made, as Start was changed; NULL: End is as it was */
};

extern const struct field_spec edit_fields[];

/* Hides the fields that do not count, and lets End and weekdays follow Start and Date. */
void edit_arrange(struct console *console, struct form *form);
/* For the form's `fill`, when the fields have their values: what edit_arrange goes by. */
void edit_filled(struct console *console, struct form *form);
bool edit_untitled(const struct form *form);

#endif
