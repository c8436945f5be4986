/*
 * The user's name and address for the first form, as far as the system knows them. A wrong guess
 * costs no more than none: it stands in a field and can be corrected.
 */
#include "start.h"
#include <base/arena.h>
#include <base/file.h>
#include <base/utf8.h>
#include <core/directory.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *trimmed(struct arena *arena, const char *text, size_t size)
{
    return string_trim(arena_copy_n(arena, text, size), " \t\"'");
}

static bool good_address(const char *text)
{
    struct error unread;
    return email_parse("address", text, &unread) == ERR_OK;
}

/* A full name that is the login name ("root"), or refers to it by '&', is no person's name. */
static const char *gecos_name(struct arena *arena, const struct guess_sources *sources)
{
    if (!sources->gecos)
        return "";
    const char *name = trimmed(arena, sources->gecos, strcspn(sources->gecos, ","));
    bool login = sources->login && strcmp(name, sources->login) == 0;
    return login || strchr(name, '&') ? "" : name;
}

struct guess guess_make(struct arena *arena, const struct guess_sources *sources)
{
    struct guess guess = {"", ""};
    const char *email = sources->email ? sources->email : "";
    const char *open = strrchr(email, '<');
    const char *address = open ? trimmed(arena, open + 1, strcspn(open + 1, ">"))
                               : trimmed(arena, email, strlen(email));
    if (good_address(address)) {
        guess.email = address;
        guess.name = open ? trimmed(arena, email, (size_t)(open - email)) : "";
    } else if (sources->login && sources->mailname && strchr(sources->mailname, '.')) {
        address = arena_format(arena, "%s@%s", sources->login, sources->mailname);
        guess.email = good_address(address) ? address : "";
    }
    if (!*guess.name)
        guess.name = gecos_name(arena, sources);
    return guess;
}

static const char *first_line(struct arena *arena, const char *path)
{
    enum { MOST = 256 };
    struct error unread = {0};
    char *bytes;
    size_t size;
    if (file_read(arena, path, MOST, &bytes, &size, &unread) != ERR_OK)
        return NULL;
    return trimmed(arena, bytes, strcspn(bytes, "\n"));
}

struct guess guess_user(struct arena *arena)
{
    const struct passwd *user = getpwuid(getuid());
    const struct guess_sources sources = {.email = getenv("EMAIL"),
                                          .login = user ? user->pw_name : NULL,
                                          .gecos = user ? user->pw_gecos : NULL,
                                          .mailname = first_line(arena, "/etc/mailname")};
    return guess_make(arena, &sources);
}
