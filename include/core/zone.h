/*
 * Time zones: an instant to a wall clock's reading and back, by the system's TZif files (RFC 8536).
 * Pure: whoever has the file's bytes hands them in. Any layer above base may call this.
 *
 * libical's own zone arithmetic is wrong around clock changes (the design, section 3), so this is
 * ours.
 */
#ifndef CORE_ZONE_H
#define CORE_ZONE_H

#include <base/arena.h>
#include <base/error.h>
#include <core/time.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zone;

/*
 * Reads a TZif file, versions 1 to 4, with its footer rule (POSIX TZ) for the time after the last
 * transition. ERR_DAMAGED if the bytes are no TZif. The zone borrows from the arena, not from
 * `bytes`.
 */
enum err zone_parse(struct arena *arena, const char *name, const void *bytes, size_t size,
                    const struct zone **zone, struct error *error);

const struct zone *zone_utc(void);

/*
 * The IANA name: "Europe/Berlin", "UTC"; or that of a constant offset which IANA has no zone for:
 * "UTC+1130".
 */
const char *zone_name(const struct zone *zone);

/*
 * A constant offset's zone and its name: "UTC+1130", whole minutes up to 14:59 either way.
 * zone_fixed_name: false if there is none for the offset. zone_fixed_parse reads "UTC+11:30",
 * "GMT-5" and "+0545", too; false if it is no such name.
 */
enum { ZONE_FIXED_NAME = 16 };
bool zone_fixed_name(int32_t offset, char name[ZONE_FIXED_NAME]);
bool zone_fixed_parse(const char *name, int32_t *offset);
const struct zone *zone_fixed(struct arena *arena, int32_t offset);

/*
 * A number that changes with the zone's file, as its rules may then have changed too. 0 for UTC,
 * which never changes.
 */
int64_t zone_fingerprint(const struct zone *zone);

/*
 * How the zone's reader writes times. It stands with the zone because whoever shows a time has its
 * zone at hand: so no list can forget it. zone_styled gives a copy that borrows from the zone;
 * other zones have the style whose members are all 0. `style` has to live as long as the copy.
 */
const struct time_style *zone_style(const struct zone *zone);
const struct zone *zone_styled(struct arena *arena, const struct zone *zone,
                               const struct time_style *style);

struct zone_reading {
    struct local_time local;
    int32_t offset;           /* seconds east of UTC */
    const char *abbreviation; /* "CET"; lives as long as the zone */
    bool daylight;
};

struct zone_reading zone_read(const struct zone *zone, int64_t instant);

enum zone_fit { ZONE_FIT_ONCE, ZONE_FIT_GAP, ZONE_FIT_TWICE };

/*
 * The instant of a local time. In a gap the offset before it is used, of two the first is taken
 * (RFC 5545, 3.3.5; DESIGN section 3). Returns which it was.
 */
enum zone_fit zone_instant(const struct zone *zone, struct local_time local, int64_t *instant);

/* The first change of offset after `instant`, or INSTANT_NEVER. (For VTIMEZONE and for `check`.) */
int64_t zone_next_change(const struct zone *zone, int64_t instant);

/*
 * Where zones come from: desk reads the system's files, tests hand in their own. ERR_INVALID for an
 * unknown name.
 */
struct zone_source {
    enum err (*find)(void *self, const char *name, const struct zone **zone, struct error *error);
    void *self;
};

#endif
