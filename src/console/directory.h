/* The forms of the directory: the organizer's is in view.h, since the first run opens it too. */
#ifndef DIRECTORY_H
#define DIRECTORY_H

#include "form.h"

enum err number_form_open(struct console *console,
                          const struct number *number); /* NULL: a new one */
enum err organization_form_open(struct console *console);

/* Checks of fields: see struct field_spec. An empty zone is the system's. */
const char *check_email(struct console *console, struct form *form, const char *value);
const char *check_zone(struct console *console, struct form *form, const char *value);
const char *check_number(struct console *console, struct form *form, const char *value);

/* NULL: a new one. */
enum err organizer_form_open(struct console *console, const struct organizer *organizer);

#endif
