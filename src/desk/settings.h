/* What a session starts with: its settings and its zones. For desk's own files. */
#ifndef DESK_SETTINGS_H
#define DESK_SETTINGS_H

#include <desk/session.h>

/* Fills session->settings. ERR_INVALID names file and line of an unknown key or a bad value. */
enum err settings_read(struct session *session);

/* Reads a configuration's text; `path` is for messages. For tests and for settings_read. */
enum err settings_parse(struct session *session, const char *path, const char *text);

/* The reader's style; made when it is first asked for. */
const struct time_style *session_time_style(struct session *session);
/* What strftime's formats of a locale (D_FMT, T_FMT) tell. For tests. */
enum date_order date_order_of(const char *format);
bool half_days_of(const char *format);

/* Makes the session a zone source. Nothing is read yet. */
void zones_start(struct session *session);

#endif
