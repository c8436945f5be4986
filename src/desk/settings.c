/*
 * The settings. The configuration file holds lines of `key = value`; an unknown key or a bad value
 * is an error that names file and line, because a setting that is silently ignored is worse than
 * none.
 */
#include "settings.h"
#include <base/file.h>
#include <base/utf8.h>
#include <core/directory.h>
#include <errno.h>
#include <pwd.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CONFIG_MAX = 1 << 20 };

struct setting_line;

/* A key of the file, and what its value is made of. */
struct setting {
    const char *key;
    enum err (*set)(const struct setting_line *line);
    size_t member;            /* of the session: where the value goes */
    const char *const *words; /* what it may be, ended by NULL */
    const char *unit;         /* what a number counts */
    int least, most;          /* of a number */
};

/* A line of the file while it is read. */
struct setting_line {
    struct session *session;
    const char *path;
    int number;
    const struct setting *setting;
    const char *value;
};

static enum err line_bad(const struct setting_line *line, const char *why)
{
    return error_set_what(&line->session->error, ERR_INVALID, why, "%s:%d", line->path,
                          line->number);
}

static const char *home_folder(struct arena *arena)
{
    const char *home = getenv("HOME");
    if (home && home[0] == '/')
        return home;
    const struct passwd *user = getpwuid(getuid());
    return user && user->pw_dir[0] == '/' ? arena_copy(arena, user->pw_dir) : "/";
}

/*
 * The folder that an XDG variable names; one that is not absolute counts as not set, as the XDG
 * rules say.
 */
static const char *xdg_folder(struct arena *arena, const char *variable, const char *below_home)
{
    const char *folder = getenv(variable);
    if (folder && folder[0] == '/')
        return folder;
    return arena_format(arena, "%s/%s", home_folder(arena), below_home);
}

static void *member_of(const struct setting_line *line)
{
    return (char *)line->session + line->setting->member;
}

static enum err set_text(const struct setting_line *line)
{
    *(const char **)member_of(line) = line->value;
    return ERR_OK;
}

static enum err set_db(const struct setting_line *line)
{
    struct session *session = line->session;
    if (strncmp(line->value, "~/", 2) != 0)
        return set_text(line);
    session->settings.db =
        arena_format(session->arena, "%s%s", home_folder(session->arena), line->value + 1);
    return ERR_OK;
}

static enum err set_address(const struct setting_line *line)
{
    struct error error = {0};
    if (email_parse(line->setting->key, line->value, &error) != ERR_OK)
        return line_bad(line, arena_format(line->session->arena, "%s: %s", error.what, error.why));
    return set_text(line);
}

static enum err set_tz(const struct setting_line *line)
{
    const struct zone *zone = NULL;
    struct session *session = line->session;
    if (session->zones.find(session->zones.self, line->value, &zone, NULL) != ERR_OK)
        return line_bad(line, arena_format(session->arena, "unknown time zone '%s'", line->value));
    return set_text(line);
}

static enum err set_lang(const struct setting_line *line)
{
    size_t length = strspn(line->value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
    if (length < 2 || line->value[length])
        return line_bad(line, arena_format(line->session->arena,
                                           "lang '%s' is no language, such as 'en' or 'de'",
                                           line->value));
    return set_text(line);
}

bool color_parse(const char *name, enum color *out)
{
    static const char *const names[] = {
        [COLOR_AUTO] = "auto", [COLOR_ALWAYS] = "always", [COLOR_NEVER] = "never"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *out = (enum color)i;
            return true;
        }
    return false;
}

static enum err set_color(const struct setting_line *line)
{
    if (color_parse(line->value, &line->session->settings.color))
        return ERR_OK;
    return line_bad(line,
                    arena_format(line->session->arena,
                                 "color '%s' is none of auto, always and never", line->value));
}

/* The value's place among the words, from 1 on. */
static enum err set_word(const struct setting_line *line)
{
    const char *const *words = line->setting->words;
    for (int i = 0; words[i]; i++)
        if (strcmp(line->value, words[i]) == 0) {
            *(int *)member_of(line) = i + 1;
            return ERR_OK;
        }
    struct text why = text_start(line->session->arena);
    text_addf(&why, "%s '%s' is none of", line->setting->key, line->value);
    for (int i = 0; words[i]; i++)
        text_addf(&why, "%s %s", i == 0 ? "" : words[i + 1] ? "," : " and", words[i]);
    return line_bad(line, why.bytes);
}

/* Whether the value is the row's second word, and not its first. */
static enum err set_second(const struct setting_line *line)
{
    const char *const *words = line->setting->words;
    bool second = strcmp(line->value, words[1]) == 0;
    if (!second && strcmp(line->value, words[0]) != 0)
        return line_bad(line, arena_format(line->session->arena, "%s '%s' is neither %s nor %s",
                                           line->setting->key, line->value, words[0], words[1]));
    *(bool *)member_of(line) = second;
    return ERR_OK;
}

static enum err set_switch(const struct setting_line *line)
{
    enum err err = set_second(line);
    bool *on = member_of(line);
    *on = err ? *on : !*on;
    return err;
}

/* 0, which stands for what is usual where the number is kept, is kept as -1. */
static enum err set_number(const struct setting_line *line)
{
    const struct setting *setting = line->setting;
    char *end = NULL;
    long number = strtol(line->value, &end, 10);
    if (*end || number < setting->least || number > setting->most)
        return line_bad(line,
                        arena_format(line->session->arena,
                                     "%s '%s' is no number of %s from %d to %d", setting->key,
                                     line->value, setting->unit, setting->least, setting->most));
    *(int *)member_of(line) = number > 0 ? (int)number : -1;
    return ERR_OK;
}

static enum err set_store_timeout(const struct setting_line *line)
{
    enum { MILLISECONDS = 1000 };
    enum err err = set_number(line);
    if (!err)
        line->session->wait.limit *= MILLISECONDS;
    return err;
}

/* In the order of their enums. */
static const char *const themes[] = {"auto", "dark", "light", NULL};
static const char *const clocks[] = {"12", "24", NULL};
static const char *const date_orders[] = {"day", "month", "year", NULL};
static const char *const week_days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday",    NULL};
static const char *const large_words[] = {"auto", "never"};
static const char *const switch_words[] = {"on", "off"};

#define TO(place) .member = offsetof(struct session, place)
static const struct setting known_settings[] = {
    {"db", set_db, TO(settings.db)},
    {"store_timeout", set_store_timeout, TO(wait.limit), .unit = "seconds", 1, 3600},
    {"organizer", set_address, TO(settings.organizer)},
    {"tz", set_tz, TO(settings.tz)},
    {"lang", set_lang, TO(settings.lang)},
    {"view", set_text, TO(settings.view)},
    {.key = "color", .set = set_color},
    {"theme", set_word, TO(settings.theme), themes},
    {"reminder", set_number, TO(settings.reminder), .unit = "minutes", 0, 1440},
    {"clock", set_word, TO(settings.clock), clocks},
    {"date_order", set_word, TO(settings.date_order), date_orders},
    {"week_begins", set_word, TO(settings.week_begins), week_days},
    {"large", set_second, TO(settings.large_never), large_words},
    {"mail_command", set_text, TO(settings.mail_command)},
    {"mail_from", set_address, TO(settings.mail_from)},
    {"mail_bounce", set_address, TO(settings.mail_bounce)},
    {"mail_domains", set_text, TO(settings.mail_domains)},
    {"mail_attach_ics", set_switch, TO(settings.mail_attach_ics), switch_words},
    {"mail_timeout", set_number, TO(settings.mail_timeout), .unit = "seconds", 1, 86400},
    {"mail_rate", set_number, TO(settings.mail_rate), .unit = "messages", 0, 1000000},
};

enum { KNOWN_SETTINGS = sizeof known_settings / sizeof known_settings[0] };

static const struct setting *setting_find(const char *key)
{
    for (size_t i = 0; i < KNOWN_SETTINGS; i++)
        if (strcmp(known_settings[i].key, key) == 0)
            return &known_settings[i];
    return NULL;
}

static enum err key_unknown(const struct setting_line *line, const char *key)
{
    struct text why = text_start(line->session->arena);
    text_addf(&why, "there is no key '%s'; there are", key);
    for (size_t i = 0; i < KNOWN_SETTINGS; i++)
        text_addf(&why, "%s %s", i == 0 ? "" : ",", known_settings[i].key);
    text_add(&why, ", key.ACTION, color.STYLE");
    return line_bad(line, why.bytes);
}

/* Keeps a line whose key is `prefix` and a name. False: it is none. */
static bool line_keep(const struct setting_line *line, const char *key, const char *prefix,
                      struct config_lines *lines)
{
    size_t n = strlen(prefix);
    if (strncmp(key, prefix, n) != 0 || !key[n])
        return false;
    line->session->settings.config = line->path;
    *vector_push(line->session->arena, lines) =
        (struct config_line){line->number, key + n, line->value};
    return true;
}

static const char blanks[] = " \t\r"; /* around what a line holds */

static enum err line_read(struct setting_line *line, char *text)
{
    text = string_trim(text, blanks);
    if (!text[0] || text[0] == '#')
        return ERR_OK;
    if (!utf8_valid(text, strlen(text)))
        return line_bad(line, "is not UTF-8");
    char *equals = strchr(text, '=');
    if (!equals)
        return line_bad(line, "is no 'key = value' line");
    *equals = '\0';
    const char *key = string_trim(text, blanks);
    line->value = string_trim(equals + 1, blanks);
    const struct setting *setting = setting_find(key);
    line->setting = setting;
    bool kept = !setting && (line_keep(line, key, "key.", &line->session->settings.keys) ||
                             line_keep(line, key, "color.", &line->session->settings.colors));
    if (!setting && !kept)
        return key_unknown(line, key);
    if (!line->value[0])
        return line_bad(line, arena_format(line->session->arena, "'%s' has no value", key));
    return setting ? setting->set(line) : ERR_OK;
}

enum err settings_parse(struct session *session, const char *path, const char *text)
{
    struct setting_line line = {.session = session, .path = path};
    char *rest = arena_copy(session->arena, text);
    enum err err = ERR_OK;
    while (rest && !err) {
        char *end = strchr(rest, '\n');
        if (end)
            *end = '\0';
        line.number++;
        err = line_read(&line, rest);
        rest = end ? end + 1 : NULL;
    }
    return err;
}

/* Commands that mail is sent by, and edited with, stand in it: it must be the user's own. */
static enum err owner_look(struct session *session, const char *path, const struct stat *status)
{
    if (status->st_uid != geteuid() && status->st_uid != 0)
        return error_set(&session->error, ERR_INVALID, path,
                         "it belongs to another user, and is not read: what it says is run as you");
    if (status->st_mode & S_IWOTH)
        return error_set(&session->error, ERR_INVALID, path,
                         "everybody may write to it, and what it says is run as you: 'chmod o-w' "
                         "takes that away");
    return ERR_OK;
}

static enum err read_file(struct session *session)
{
    struct arena *arena = session->arena;
    const char *path =
        arena_format(arena, "%s/dialdesk/config", xdg_folder(arena, "XDG_CONFIG_HOME", ".config"));
    struct stat status;
    bool there = stat(path, &status) == 0;
    if (!there && (errno == ENOENT || errno == ENOTDIR))
        return ERR_OK;
    char *text = NULL;
    size_t size = 0;
    enum err err = there ? owner_look(session, path, &status) : ERR_OK;
    if (err)
        return err;
    err = file_read(arena, path, CONFIG_MAX, &text, &size, &session->error);
    if (err)
        return err;
    if (strlen(text) != size)
        return error_set(&session->error, ERR_INVALID, path, "holds a NUL byte; it should be text");
    return settings_parse(session, path, text);
}

static void read_variable(const char *name, const char **setting)
{
    const char *value = getenv(name);
    if (value && value[0])
        *setting = value;
}

enum err settings_read(struct session *session)
{
    struct settings *settings = &session->settings;
    settings->db = arena_format(session->arena, "%s/dialdesk/dialdesk.db",
                                xdg_folder(session->arena, "XDG_DATA_HOME", ".local/share"));
    enum err err = read_file(session);
    if (err)
        return err;
    read_variable("DIALDESK_DB", &settings->db);
    read_variable("DIALDESK_ORGANIZER", &settings->organizer);
    const char *no_color = getenv("NO_COLOR");
    if (no_color && no_color[0])
        settings->color = COLOR_NEVER;
    return ERR_OK;
}
