/*
 * The machine's time zones for tests, as desk would hand them in.
 */
#include "zones_system.h"

#include <base/file.h>
#include <base/vector.h>
#include <string.h>

struct zones_system {
    struct arena *arena;
    struct VECTOR(const struct zone *) zones;
};

struct zones_system *zones_system_start(void)
{
    struct arena *arena = arena_new();
    struct zones_system *system = arena_alloc(arena, sizeof *system);
    system->arena = arena;
    return system;
}

void zones_system_end(struct zones_system *system)
{
    arena_free(system->arena);
}

static enum err find(void *self, const char *name, const struct zone **zone, struct error *error)
{
    struct zones_system *system = self;
    for (size_t i = 0; i < system->zones.count; i++)
        if (strcmp(zone_name(system->zones.items[i]), name) == 0) {
            *zone = system->zones.items[i];
            return ERR_OK;
        }
    int32_t offset;
    if (zone_fixed_parse(name, &offset) && offset != 0) {
        *zone = zone_fixed(system->arena, offset);
        return ERR_OK;
    }
    if (strstr(name, "..") || !name[0] || name[0] == '/' || strchr(name, ' '))
        return error_set(error, ERR_INVALID, name, "it is no zone's name");
    char *bytes;
    size_t size;
    char *path = arena_format(system->arena, "/usr/share/zoneinfo/%s", name);
    if (file_read(system->arena, path, 1 << 20, &bytes, &size, NULL) != ERR_OK)
        return error_set(error, ERR_INVALID, name, "it is no zone's name");
    enum err err =
        zone_parse(system->arena, arena_copy(system->arena, name), bytes, size, zone, error);
    if (!err)
        *vector_push(system->arena, &system->zones) = *zone;
    return err;
}

struct zone_source zones_system_source(struct zones_system *system)
{
    return (struct zone_source){find, system};
}

const struct zone *zones_system_zone(struct zones_system *system, const char *name)
{
    const struct zone *zone = NULL;
    struct error error = {0};
    if (find(system, name, &zone, &error) != ERR_OK)
        die("test zone %s: %s", error.what, error.why);
    return zone;
}
