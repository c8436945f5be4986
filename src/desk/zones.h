/* Time zones from the system's TZif files, cached for the session. For desk's own files. */
#ifndef DESK_ZONES_H
#define DESK_ZONES_H

#include <desk/session.h>

/* Makes the session a zone source. Nothing is read yet. */
void zones_start(struct session *session);

#endif
