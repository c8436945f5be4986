/*
 * Fuzzes TZif files, and the POSIX TZ rules in their footers (input that begins with "rule ").
 */
#include <base/arena.h>
#include <core/time.h>
#include <core/zone.h>
#include <stdlib.h>
#include <string.h>

#include "support/zones.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool kept)
{
    if (!kept)
        abort();
}

/* Readings, their way back, and the changes of offset, around an instant. */
static void use(const struct zone *zone, int64_t instant)
{
    struct zone_reading reading = zone_read(zone, instant);
    int64_t back;
    demand(local_valid(reading.local) && reading.abbreviation);
    enum zone_fit fit = zone_instant(zone, reading.local, &back);
    if (instant > -60000000000 && instant < 250000000000)
        demand(fit == ZONE_FIT_TWICE ? back <= instant : fit == ZONE_FIT_ONCE && back == instant);
    for (int i = 0; i < 5; i++) {
        int64_t next = zone_next_change(zone, instant);
        demand(next > instant || instant == INSTANT_NEVER);
        if (next == INSTANT_NEVER)
            return;
        demand(zone_read(zone, next).offset != zone_read(zone, next - 1).offset);
        instant = next;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char prefix[] = "rule ";
    struct arena *arena = arena_new();
    const struct zone *zone = NULL;
    if (size >= sizeof prefix - 1 && memcmp(data, prefix, sizeof prefix - 1) == 0) {
        struct support_tzif file = {.version = 3};
        file.footer =
            arena_copy_n(arena, (const char *)data + sizeof prefix - 1, size - (sizeof prefix - 1));
        size_t written;
        char *bytes = support_tzif(arena, file, &written);
        zone_parse(arena, "Test/Rule", bytes, written, &zone, NULL);
    } else {
        zone_parse(arena, "Test/File", data, size, &zone, NULL);
    }
    if (zone) {
        const int64_t instants[] = {INT64_MIN,    -2422054408,  0, 1774746000, 1795507200,
                                    253402300799, INSTANT_NEVER};
        for (size_t i = 0; i < sizeof instants / sizeof *instants; i++)
            use(zone, instants[i]);
    }
    arena_free(arena);
    return 0;
}
