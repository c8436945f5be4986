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
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CONFIG_MAX = 1 << 20 };

/* A line of the file while it is read. */
struct setting_line {
    struct session *session;
    const char *path;
    int number;
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

static enum err set_db(const struct setting_line *line)
{
    struct session *session = line->session;
    if (strncmp(line->value, "~/", 2) == 0)
        session->settings.db =
            arena_format(session->arena, "%s%s", home_folder(session->arena), line->value + 1);
    else
        session->settings.db = line->value;
    return ERR_OK;
}

static enum err set_organizer(const struct setting_line *line)
{
    struct error error = {0};
    if (email_parse("organizer", line->value, &error) != ERR_OK)
        return line_bad(line, arena_format(line->session->arena, "%s: %s", error.what, error.why));
    line->session->settings.organizer = line->value;
    return ERR_OK;
}

static enum err set_tz(const struct setting_line *line)
{
    const struct zone *zone = NULL;
    struct session *session = line->session;
    if (session->zones.find(session->zones.self, line->value, &zone, NULL) != ERR_OK)
        return line_bad(line, arena_format(session->arena, "unknown time zone '%s'", line->value));
    session->settings.tz = line->value;
    return ERR_OK;
}

static enum err set_lang(const struct setting_line *line)
{
    size_t length = strspn(line->value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
    if (length < 2 || line->value[length])
        return line_bad(line, arena_format(line->session->arena,
                                           "lang '%s' is no language, such as 'en' or 'de'",
                                           line->value));
    line->session->settings.lang = line->value;
    return ERR_OK;
}

static enum err set_view(const struct setting_line *line)
{
    line->session->settings.view = line->value;
    return ERR_OK;
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

/* The value's place among the words, from 1 on, in *out. */
static enum err set_word(const struct setting_line *line, const char *key, const char *const *words,
                         int *out)
{
    for (int i = 0; words[i]; i++)
        if (strcmp(line->value, words[i]) == 0) {
            *out = i + 1;
            return ERR_OK;
        }
    struct text why = text_start(line->session->arena);
    text_addf(&why, "%s '%s' is none of", key, line->value);
    for (int i = 0; words[i]; i++)
        text_addf(&why, "%s %s", i == 0 ? "" : words[i + 1] ? "," : " and", words[i]);
    return line_bad(line, why.bytes);
}

static enum err set_theme(const struct setting_line *line)
{
    static const char *const words[] = {"auto", "dark", "light", NULL};
    int word = 0;
    enum err err = set_word(line, "theme", words, &word);
    if (word == 1)
        line->session->settings.theme = THEME_OF_TERMINAL;
    else if (word)
        line->session->settings.theme = word == 2 ? THEME_SET_DARK : THEME_SET_LIGHT;
    return err;
}

static enum err set_date_order(const struct setting_line *line)
{
    static const char *const words[] = {"day", "month", "year", NULL}; /* as enum date_order */
    return set_word(line, "date_order", words, &line->session->settings.date_order);
}

static enum err set_clock(const struct setting_line *line)
{
    static const char *const words[] = {"12", "24", NULL};
    int word;
    enum err err = set_word(line, "clock", words, &word);
    if (!err)
        line->session->settings.clock = word == 1 ? CLOCK_12 : CLOCK_24;
    return err;
}

static enum err set_week_begins(const struct setting_line *line)
{
    static const char *const words[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday",    NULL};
    return set_word(line, "week_begins", words, &line->session->settings.week_begins);
}

static enum err set_large(const struct setting_line *line)
{
    bool never = strcmp(line->value, "never") == 0;
    if (!never && strcmp(line->value, "auto") != 0)
        return line_bad(line, arena_format(line->session->arena,
                                           "large '%s' is neither auto nor never", line->value));
    line->session->settings.large_never = never;
    return ERR_OK;
}

static enum err set_mail_command(const struct setting_line *line)
{
    line->session->settings.mail_command = line->value;
    return ERR_OK;
}

static enum err set_mail_from(const struct setting_line *line)
{
    struct error error = {0};
    if (email_parse("mail_from", line->value, &error) != ERR_OK)
        return line_bad(line, arena_format(line->session->arena, "%s: %s", error.what, error.why));
    line->session->settings.mail_from = line->value;
    return ERR_OK;
}

static enum err set_mail_bounce(const struct setting_line *line)
{
    struct error error = {0};
    if (email_parse("mail_bounce", line->value, &error) != ERR_OK)
        return line_bad(line, arena_format(line->session->arena, "%s: %s", error.what, error.why));
    line->session->settings.mail_bounce = line->value;
    return ERR_OK;
}

static enum err set_mail_domains(const struct setting_line *line)
{
    line->session->settings.mail_domains = line->value;
    return ERR_OK;
}

static enum err set_mail_attach_ics(const struct setting_line *line)
{
    bool on = strcmp(line->value, "on") == 0;
    if (!on && strcmp(line->value, "off") != 0)
        return line_bad(line,
                        arena_format(line->session->arena,
                                     "mail_attach_ics '%s' is neither on nor off", line->value));
    line->session->settings.mail_attach_ics = on;
    return ERR_OK;
}

static enum err set_mail_timeout(const struct setting_line *line)
{
    enum { MOST = 86400 };
    char *end = NULL;
    long seconds = strtol(line->value, &end, 10);
    if (*end || seconds < 1 || seconds > MOST)
        return line_bad(line, arena_format(line->session->arena,
                                           "mail_timeout '%s' is no number of seconds from 1 to %d",
                                           line->value, (int)MOST));
    line->session->settings.mail_timeout = (int)seconds;
    return ERR_OK;
}

static enum err set_store_timeout(const struct setting_line *line)
{
    enum { MOST = 3600, MILLISECONDS = 1000 };
    char *end = NULL;
    long seconds = strtol(line->value, &end, 10);
    if (*end || seconds < 1 || seconds > MOST)
        return line_bad(line,
                        arena_format(line->session->arena,
                                     "store_timeout '%s' is no number of seconds from 1 to %d",
                                     line->value, (int)MOST));
    line->session->wait.limit = (int)seconds * MILLISECONDS;
    return ERR_OK;
}

/* 0: no limit. */
static enum err set_mail_rate(const struct setting_line *line)
{
    enum { MOST = 1000000 };
    char *end = NULL;
    long rate = strtol(line->value, &end, 10);
    if (*end || rate < 0 || rate > MOST)
        return line_bad(line, arena_format(line->session->arena,
                                           "mail_rate '%s' is no number of messages from 0 to %d",
                                           line->value, (int)MOST));
    line->session->settings.mail_rate = rate > 0 ? (int)rate : -1;
    return ERR_OK;
}

/* 0: none. */
static enum err set_reminder(const struct setting_line *line)
{
    enum { MOST = 1440 };
    char *end = NULL;
    long minutes = strtol(line->value, &end, 10);
    if (*end || minutes < 0 || minutes > MOST)
        return line_bad(line, arena_format(line->session->arena,
                                           "reminder '%s' is no number of minutes from 0 to %d",
                                           line->value, (int)MOST));
    line->session->settings.reminder = minutes > 0 ? (int)minutes : -1;
    return ERR_OK;
}

struct setting {
    const char *key;
    enum err (*set)(const struct setting_line *line);
};

static const struct setting known_settings[] = {
    {"db", set_db},
    {"store_timeout", set_store_timeout},
    {"organizer", set_organizer},
    {"tz", set_tz},
    {"lang", set_lang},
    {"view", set_view},
    {"color", set_color},
    {"theme", set_theme},
    {"reminder", set_reminder},
    {"clock", set_clock},
    {"date_order", set_date_order},
    {"week_begins", set_week_begins},
    {"large", set_large},
    {"mail_command", set_mail_command},
    {"mail_from", set_mail_from},
    {"mail_bounce", set_mail_bounce},
    {"mail_domains", set_mail_domains},
    {"mail_attach_ics", set_mail_attach_ics},
    {"mail_timeout", set_mail_timeout},
    {"mail_rate", set_mail_rate},
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
