/*
 * The console on a terminal that is open: what console_run does after opening one. For tests.
 */
#ifndef LOOP_H
#define LOOP_H

#include "term.h"

enum err console_run_on(struct session *session, struct terminal *term, const char *view);

#endif
