/*
 * A zone source over the machine's own TZif files, for tests. Zones are read once and live until
 * zones_system_end.
 */
#ifndef ZONES_SYSTEM_H
#define ZONES_SYSTEM_H

#include <core/zone.h>

struct zones_system;

struct zones_system *zones_system_start(void);
void zones_system_end(struct zones_system *system);
struct zone_source zones_system_source(struct zones_system *system);

/* The zone of that name; ends the test program where there is none. */
const struct zone *zones_system_zone(struct zones_system *system, const char *name);

#endif
