/*
 * Fuzzes the configuration file: whatever stands in it is taken, or refused with file and line;
 * what is taken is a value that the rest of the program may rely on.
 */
#include "desk/settings.h"

#include <base/utf8.h>
#include <core/directory.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool kept)
{
    if (!kept)
        abort();
}

/* The zones' files are not the matter here. */
static enum err one_zone(void *self, const char *name, const struct zone **zone,
                         struct error *error)
{
    (void)self;
    if (strcmp(name, "Europe/Berlin") != 0)
        return error_set(error, ERR_INVALID, name, "is no time zone here");
    *zone = zone_utc();
    return ERR_OK;
}

static void check_error(const struct error *error)
{
    demand(error->code == ERR_INVALID && strncmp(error->what, "config:", 7) == 0 &&
           atoi(error->what + 7) > 0 && error->why[0]);
    demand(utf8_valid(error->why, strlen(error->why)));
}

static void check_settings(const struct settings *settings)
{
    demand(!settings->organizer || email_parse("organizer", settings->organizer, NULL) == ERR_OK);
    demand(!settings->tz || strcmp(settings->tz, "Europe/Berlin") == 0);
    demand(!settings->lang || strlen(settings->lang) >= 2);
    demand(settings->color >= COLOR_AUTO && settings->color <= COLOR_NEVER);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct session session = {.arena = arena_new(), .zones = {one_zone, NULL}};
    const char *text = arena_copy_n(session.arena, (const char *)data, size);
    if (settings_parse(&session, "config", text) == ERR_OK)
        check_settings(&session.settings);
    else
        check_error(&session.error);
    arena_free(session.arena);
    return 0;
}
