/*
 * The console: the full-screen face of dialdesk. Only main (and the manual's build, for the key
 * table) may call this.
 */
#ifndef CONSOLE_CONSOLE_H
#define CONSOLE_CONSOLE_H

#include <base/vector.h>
#include <desk/session.h>

/*
 * Runs the console on the session's store until the user leaves. The console opens the store, and
 * asks before it makes one. `view` is a view's name ("week", "legacy"); NULL: the settings' view,
 * else the last one, else the week in 120 columns or more, else the agenda. ERR_INVALID: no view
 * has this name; ERR_IO: there is no terminal. SIGTERM and SIGHUP end it like `q` does. Errors are
 * in session->error.
 */
enum err console_run(struct session *session, const char *view);

/* ERR_INVALID, with file and line, for a key that the settings cannot have. */
enum err console_settings_check(struct session *session);

/* ERR_INVALID, with the views' names in session->error, if no view has this name. */
enum err console_view_check(struct session *session, const char *view);

/*
 * The key table for the manual: a row a line, "keys TAB views TAB action TAB help", in the order of
 * the help screen.
 */
void console_key_table(struct text *out);

#endif
