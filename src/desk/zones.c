/*
 * Time zones by name, from the system's TZif files (TZDIR, else /usr/share/zoneinfo), each read
 * once a session; and which zone is the reader's own.
 */
#include "settings.h"
#include <base/file.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZONE_FOLDER "/usr/share/zoneinfo"

enum { ZONE_NAME_MAX = 100, ZONE_FILE_MAX = 1 << 20 };

struct cached_zone {
    const char *name;
    const struct zone *zone;
};

struct zone_cache {
    struct cached_zones VECTOR(struct cached_zone) zones;
    /* Of all zones; read once a name is unknown, as a form asks at each key. */
    struct strings names;
};

/* A zone's name becomes part of a path: nothing that could lead out of the folder may pass. */
static bool name_allowed(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > ZONE_NAME_MAX || name[0] == '/' || strstr(name, ".."))
        return false;
    for (const char *c = name; *c; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
        if (!letter && !(*c >= '0' && *c <= '9') && !strchr("+-_/", *c))
            return false;
    }
    return true;
}

static const char *zone_folder(void)
{
    const char *folder = getenv("TZDIR");
    return folder && folder[0] == '/' ? folder : ZONE_FOLDER;
}

/* The names in the tree below `at`, a folder of it with a slash behind it, or "". */
static void names_read(struct arena *arena, const char *at, struct strings *names)
{
    DIR *folder = opendir(arena_format(arena, "%s/%s", zone_folder(), at));
    if (!folder)
        return;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] < 'A' || entry->d_name[0] > 'Z')
            continue;
        const char *name = arena_format(arena, "%s%s", at, entry->d_name);
        if (entry->d_type == DT_DIR)
            names_read(arena, arena_format(arena, "%s/", name), names);
        else
            *vector_push(arena, names) = name;
    }
    closedir(folder);
}

/* The first zone in the tree whose name, or its last part, is this one in another case. */
static const char *zone_alike(struct session *session, const char *name)
{
    struct strings *names = &session->zone_cache->names;
    const char *found = NULL;
    if (!names->count)
        names_read(session->arena, "", names);
    for (size_t i = 0; i < names->count; i++) {
        const char *slash = strrchr(names->items[i], '/');
        bool alike =
            strcasecmp(names->items[i], name) == 0 || (slash && strcasecmp(slash + 1, name) == 0);
        if (alike && (!found || strcmp(names->items[i], found) < 0))
            found = names->items[i];
    }
    return found;
}

static enum err zone_unknown(struct session *session, const char *name, struct error *error)
{
    struct arena *scratch = arena_new();
    char *plain = arena_copy(scratch, name);
    for (char *c = plain; *c; c++)
        *c = *c == ' ' ? '_' : *c;
    const char *alike = zone_alike(session, plain);
    enum err err =
        error_set_what(error, ERR_INVALID,
                       alike ? arena_format(scratch, "unknown here; did you mean %s?", alike)
                             : "unknown here; write a name of IANA such as Europe/Berlin, or UTC",
                       "time zone '%s'", name);
    arena_free(scratch);
    return err;
}

/*
 * Beside the names of IANA lie the system's own zone, which is another one on the next machine, and
 * two trees that hold the same names again. Gives the name without its tree.
 */
static const char *name_without_tree(const char *name)
{
    static const char *const trees[] = {"posix/", "right/"};
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++)
        if (strncmp(name, trees[i], strlen(trees[i])) == 0)
            return name + strlen(trees[i]);
    return name;
}

static bool name_of_system(const char *name)
{
    return strcmp(name, "localtime") == 0 || strcmp(name, "posixrules") == 0;
}

static enum err name_check(struct session *session, const char *name, struct error *error)
{
    if (!name_allowed(name) || name_of_system(name))
        return zone_unknown(session, name, error);
    const char *plain = name_without_tree(name);
    if (plain == name)
        return ERR_OK;
    struct arena *scratch = arena_new();
    enum err err = error_set_what(error, ERR_INVALID,
                                  arena_format(scratch, "not a name of IANA; write '%s'", plain),
                                  "time zone '%s'", name);
    arena_free(scratch);
    return err;
}

/*
 * Names of zones and of their regions begin with a capital; beside them lie tables and other trees.
 */
static const char *entry_least(struct arena *arena, DIR *folder, const char *begin)
{
    const char *least = NULL;
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] >= 'A' && entry->d_name[0] <= 'Z' &&
            strncmp(entry->d_name, begin, strlen(begin)) == 0 && name_allowed(entry->d_name) &&
            (!least || strcmp(entry->d_name, least) < 0))
            least = arena_copy(arena, entry->d_name);
    return least;
}

const char *zone_rest(struct arena *arena, const char *part)
{
    const char *slash = strrchr(part, '/');
    const char *begin = slash ? slash + 1 : part;
    if (!name_allowed(part) || (!slash && !*begin))
        return NULL;
    const char *where = arena_format(arena, "%s/%.*s", zone_folder(), (int)(begin - part), part);
    DIR *folder = opendir(where);
    if (!folder)
        return NULL;
    const char *least = entry_least(arena, folder, begin);
    closedir(folder);
    struct stat status;
    if (!least || stat(arena_format(arena, "%s/%s", where, least), &status) != 0)
        return NULL;
    return arena_format(arena, "%s%s", least + strlen(begin), S_ISDIR(status.st_mode) ? "/" : "");
}

static enum err zone_load(struct session *session, const char *name, const struct zone **zone,
                          struct error *error)
{
    struct arena *scratch = arena_new();
    const char *path = arena_format(scratch, "%s/%s", zone_folder(), name);
    struct stat status;
    char *bytes = NULL;
    size_t size = 0;
    enum err err = ERR_INVALID;
    if (stat(path, &status) == 0 && S_ISREG(status.st_mode))
        err = file_read(scratch, path, ZONE_FILE_MAX, &bytes, &size, NULL);
    if (!err)
        err = zone_parse(session->arena, name, bytes, size, zone, NULL);
    arena_free(scratch);
    return err ? zone_unknown(session, name, error) : ERR_OK;
}

static enum err zone_make(struct session *session, const char *name, const struct zone **zone,
                          struct error *error)
{
    int32_t offset;
    if (zone_fixed_parse(name, &offset) && offset != 0) {
        *zone = zone_fixed(session->arena, offset);
        return ERR_OK;
    }
    enum err err = name_check(session, name, error);
    if (err)
        return err;
    if (strcmp(name, "UTC") != 0)
        return zone_load(session, name, zone, error);
    *zone = zone_utc();
    return ERR_OK;
}

static enum err zone_find(void *self, const char *name, const struct zone **zone,
                          struct error *error)
{
    struct session *session = self;
    struct cached_zones *cache = &session->zone_cache->zones;
    for (size_t i = 0; i < cache->count; i++) {
        if (strcmp(cache->items[i].name, name) == 0) {
            *zone = cache->items[i].zone;
            return ERR_OK;
        }
    }
    enum err err = zone_make(session, name, zone, error);
    if (err)
        return err;
    *zone = zone_styled(session->arena, *zone, session_time_style(session));
    *vector_push(session->arena, cache) =
        (struct cached_zone){arena_copy(session->arena, name), *zone};
    return ERR_OK;
}

void zones_start(struct session *session)
{
    session->zone_cache = arena_alloc(session->arena, sizeof *session->zone_cache);
    session->zones = (struct zone_source){zone_find, session};
}

/* The name in a path such as /usr/share/zoneinfo/Europe/Berlin; NULL if there is none. */
static const char *name_in_path(const char *path)
{
    const char *folder = strstr(path, "zoneinfo/");
    return folder ? name_without_tree(folder + strlen("zoneinfo/")) : NULL;
}

/* The system's zone by TZ, the link /etc/localtime, or /etc/timezone. NULL: unknown. */
static const char *system_zone_name(struct arena *arena)
{
    const char *tz = getenv("TZ");
    if (tz && tz[0] == ':')
        tz++;
    if (tz && tz[0] && strcmp(tz, "/etc/localtime") != 0 && !name_of_system(tz))
        return tz[0] == '/' ? name_in_path(tz) : name_without_tree(tz);
    char path[512];
    ssize_t length = readlink("/etc/localtime", path, sizeof path - 1);
    if (length > 0) {
        path[length] = '\0';
        const char *name = name_in_path(path);
        return name ? arena_copy(arena, name) : NULL;
    }
    char *bytes = NULL;
    size_t size = 0;
    if (file_read(arena, "/etc/timezone", sizeof path, &bytes, &size, NULL) != ERR_OK)
        return NULL;
    bytes[strcspn(bytes, " \t\r\n")] = '\0';
    return bytes;
}

const struct zone *session_own_zone(struct session *session)
{
    const struct zone *zone = NULL;
    const char *name = session->settings.tz;
    if (name && zone_find(session, name, &zone, NULL) == ERR_OK)
        return zone;
    name = system_zone_name(session->arena);
    if (name && zone_find(session, name, &zone, NULL) == ERR_OK)
        return zone;
    return zone_find(session, "UTC", &zone, NULL) == ERR_OK ? zone : zone_utc();
}

enum err session_zone(struct session *session, const char *name, const struct zone **zone)
{
    if (!name)
        name = session->settings.tz;
    if (name)
        return zone_find(session, name, zone, &session->error);
    *zone = session_own_zone(session);
    return ERR_OK;
}
