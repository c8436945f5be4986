/* The settings: defaults, the configuration file, the environment. For desk's own files. */
#ifndef DESK_SETTINGS_H
#define DESK_SETTINGS_H

#include <desk/session.h>

/* Fills session->settings. ERR_INVALID names file and line of an unknown key or a bad value. */
enum err settings_read(struct session *session);

/* Reads a configuration's text; `path` is for messages. For tests and for settings_read. */
enum err settings_parse(struct session *session, const char *path, const char *text);

#endif
