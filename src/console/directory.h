/*
 * The forms of the directory: organizer, dial-in number, organization; and the checks that other
 * forms share.
 */
#ifndef DIRECTORY_H
#define DIRECTORY_H

#include "form.h"

/* Opened with a struct organizer, number, organization; of the first two NULL is a new one. */
extern const struct form_spec organizer_form, number_form, organization_form;

/* Checks and completion of fields: see struct field_spec. An empty zone is the system's. */
const char *check_email(struct console *console, struct form *form, const char *value);
const char *check_zone(struct console *console, struct form *form, const char *value);
const char *check_number(struct console *console, struct form *form, const char *value);
const char *complete_zone(struct console *console, const char *value);

#endif
