/*
 * Labels: looking up the words of one language, and dates written with them.
 */
#include "labels.h"

#include <base/embedded.h>
#include <base/vector.h>
#include <show/print.h>
#include <string.h>

/* Languages' own names: callers read them beside the numbers at which they are spoken. */
static const char *const LANGUAGES[][2] = {
    {"af", "Afrikaans"},      {"ar", "العربية"},       {"bg", "Български"},
    {"bn", "বাংলা"},          {"bs", "Bosanski"},      {"ca", "Català"},
    {"cs", "Čeština"},        {"cy", "Cymraeg"},       {"da", "Dansk"},
    {"de", "Deutsch"},        {"el", "Ελληνικά"},      {"en", "English"},
    {"es", "Español"},        {"et", "Eesti"},         {"eu", "Euskara"},
    {"fa", "فارسی"},          {"fi", "Suomi"},         {"fil", "Filipino"},
    {"fr", "Français"},       {"ga", "Gaeilge"},       {"gl", "Galego"},
    {"he", "עברית"},          {"hi", "हिन्दी"},         {"hr", "Hrvatski"},
    {"hu", "Magyar"},         {"hy", "Հայերեն"},       {"id", "Bahasa Indonesia"},
    {"is", "Íslenska"},       {"it", "Italiano"},      {"ja", "日本語"},
    {"ka", "ქართული"},        {"kk", "Қазақша"},       {"ko", "한국어"},
    {"lb", "Lëtzebuergesch"}, {"lt", "Lietuvių"},      {"lv", "Latviešu"},
    {"mk", "Македонски"},     {"ms", "Bahasa Melayu"}, {"mt", "Malti"},
    {"nb", "Norsk"},          {"nl", "Nederlands"},    {"nn", "Nynorsk"},
    {"no", "Norsk"},          {"pl", "Polski"},        {"pt", "Português"},
    {"rm", "Rumantsch"},      {"ro", "Română"},        {"ru", "Русский"},
    {"sk", "Slovenčina"},     {"sl", "Slovenščina"},   {"sq", "Shqip"},
    {"sr", "Српски"},         {"sv", "Svenska"},       {"sw", "Kiswahili"},
    {"ta", "தமிழ்"},           {"th", "ไทย"},           {"tr", "Türkçe"},
    {"uk", "Українська"},     {"ur", "اردو"},          {"vi", "Tiếng Việt"},
    {"yue", "粵語"},          {"zh", "中文"},
};

/* The length of the primary subtag: "de" of "de-AT". */
static size_t primary_length(const char *lang)
{
    return strcspn(lang, "-_.@");
}

/* NULL: not known. */
static const char *own_name(const char *lang)
{
    size_t n = primary_length(lang);
    for (size_t i = 0; i < sizeof LANGUAGES / sizeof *LANGUAGES; i++)
        if (strncasecmp(LANGUAGES[i][0], lang, n) == 0 && LANGUAGES[i][0][n] == '\0')
            return LANGUAGES[i][1];
    return NULL;
}

bool language_known(const char *lang)
{
    return own_name(lang) != NULL;
}

const char *language_name(const char *lang)
{
    const char *name = own_name(lang);
    return name ? name : lang;
}

const char *caller_language(struct arena *arena, const char *lang)
{
    char *code = arena_copy_n(arena, lang, primary_length(lang));
    for (char *at = code; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return strcmp(code, "no") == 0 ? "nb" : code;
}

void caller_languages(struct arena *arena, struct strings *out)
{
    static const char folder[] = "caller/";
    const char *name;
    for (size_t i = 0; (name = embedded_name(i)) != NULL; i++)
        if (strncmp(name, folder, sizeof folder - 1) == 0)
            *vector_push(arena, out) = arena_copy_n(arena, name + sizeof folder - 1,
                                                    strcspn(name + sizeof folder - 1, "."));
}

static const char *labels_file(struct arena *arena, const char *folder, const char *lang)
{
    const char *code = caller_language(arena, lang);
    return embedded_find(arena_format(arena, "%s/%s.labels", folder, code), NULL);
}

struct labels labels_open(struct arena *arena, const char *folder, const char *lang, bool *known)
{
    struct labels labels = {arena, lang ? labels_file(arena, folder, lang) : NULL,
                            labels_file(arena, folder, "en")};
    if (known)
        *known = labels.file != NULL;
    if (!labels.file)
        labels.file = labels.english;
    return labels;
}

static const char *file_find(struct arena *arena, const char *file, const char *key)
{
    size_t n = strlen(key);
    while (file && *file) {
        size_t line = strcspn(file, "\n");
        if (line > n + 3 && strncmp(file, key, n) == 0 && strncmp(file + n, " = ", 3) == 0)
            return arena_copy_n(arena, file + n + 3, line - n - 3);
        file += line + (file[line] == '\n');
    }
    return NULL;
}

const char *labels_own(const struct labels *labels, const char *key)
{
    return file_find(labels->arena, labels->file, key);
}

const char *labels_find(const struct labels *labels, const char *key)
{
    const char *value = labels_own(labels, key);
    if (!value)
        value = file_find(labels->arena, labels->english, key);
    return value ? value : key;
}

const char *labels_fill(struct arena *arena, const char *pattern, const struct blank *blanks)
{
    struct text text = text_start(arena);
    while (*pattern) {
        const struct blank *blank = blanks;
        while (blank->name && strncmp(pattern, blank->name, strlen(blank->name)) != 0)
            blank++;
        if (blank->name) {
            text_add(&text, blank->text);
            pattern += strlen(blank->name);
        } else {
            text_add_byte(&text, *pattern++);
        }
    }
    return text.bytes;
}

const char *labels_word(const struct labels *labels, const char *key, int index)
{
    const char *list = labels_find(labels, key);
    for (; index > 0; index--) {
        list += strcspn(list, " ");
        list += *list == ' ';
    }
    return arena_copy_n(labels->arena, list, strcspn(list, " "));
}

const char *labels_day(const struct labels *labels, int day)
{
    const char *own = labels_own(labels, arena_format(labels->arena, "day_%d", day));
    return own ? own : arena_format(labels->arena, "%d", day);
}

const char *labels_date(const struct labels *labels, struct local_time day)
{
    struct arena *arena = labels->arena;
    const struct blank blanks[] = {
        {"{weekday}", labels_word(labels, "weekdays", local_weekday(day))},
        {"{day}", labels_day(labels, day.day)},
        {"{month}", labels_word(labels, "months", day.month - 1)},
        {"{year}", arena_format(arena, "%d", day.year)},
        {NULL, NULL},
    };
    return labels_fill(arena, labels_find(labels, "date"), blanks);
}

const char *labels_country(const struct labels *labels, const char *country)
{
    if (!country || !*country)
        return "";
    const char *key = arena_format(labels->arena, "country.%s", country);
    const char *name = labels_find(labels, key);
    return name == key ? country : name;
}
