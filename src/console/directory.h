/* The forms of the directory: the organizer's is in view.h, since the first run opens it too. */
#ifndef DIRECTORY_H
#define DIRECTORY_H

#include "view.h"

enum err number_form_open(struct console *console,
                          const struct number *number); /* NULL: a new one */
enum err organization_form_open(struct console *console);

#endif
