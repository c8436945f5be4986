/*
 * The order in which one key goes through the languages: those that are likely come first.
 */
#include "languages.h"
#include <show/print.h>
#include <string.h>

const char *language_home(struct console *console)
{
    const char *lang = console->session->settings.lang;
    return lang ? caller_language(console->session->arena, lang) : "en";
}

void language_add(struct arena *arena, struct strings *list, const char *lang)
{
    const char *code = lang && *lang ? caller_language(arena, lang) : "";
    if (*code && !strings_hold(list, code))
        *vector_push(arena, list) = code;
}

const char *language_next(struct arena *arena, const struct strings *likely, const char *lang)
{
    struct strings known = {0}, list = {0};
    caller_languages(arena, &known);
    for (size_t i = 0; i < likely->count; i++)
        if (strings_hold(&known, likely->items[i]))
            language_add(arena, &list, likely->items[i]);
    for (size_t i = 0; i < known.count; i++)
        language_add(arena, &list, known.items[i]);
    size_t at = 0;
    while (at < list.count && strcmp(list.items[at], lang) != 0)
        at++;
    if (at + 1 < list.count)
        return list.items[at + 1];
    return list.count > 0 ? list.items[0] : lang;
}
