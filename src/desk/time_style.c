/*
 * How the reader writes times: by the configuration, else by the locale (LC_TIME). The C locale,
 * one that the system does not have, and a system that does not tell leave the plain style, which
 * scripts and tests rely on.
 */
#include "settings.h"
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* The locale's name for LC_TIME, by the rule of POSIX (XBD 8.2). */
static const char *locale_name(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_TIME", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value && *value)
            return value;
    }
    return "C";
}

/* "C", "POSIX" and "C.UTF-8". */
static bool is_plain(const char *name)
{
    return strcmp(name, "POSIX") == 0 || (name[0] == 'C' && (!name[1] || name[1] == '.'));
}

/* The letter of the format's next conversion, and *rest what is behind it; '\0': there is none. */
static char conversion_next(const char **rest)
{
    const char *at = strchr(*rest, '%');
    if (!at)
        return '\0';
    at++;
    at += strspn(at, "EO-_0^#123456789"); /* modifiers of POSIX and of glibc */
    *rest = *at ? at + 1 : at;
    return *at;
}

enum date_order date_order_of(const char *format)
{
    for (char letter; (letter = conversion_next(&format));) {
        if (strchr("de", letter))
            return DATE_DAY_FIRST;
        if (strchr("mbBhD", letter))
            return DATE_MONTH_FIRST;
        if (strchr("YyFGC", letter))
            return DATE_YEAR_FIRST;
    }
    return DATE_DAY_FIRST;
}

bool half_days_of(const char *format)
{
    for (char letter; (letter = conversion_next(&format));)
        if (strchr("rIlp", letter))
            return true;
    return false;
}

/* POSIX has no word for the week's first day; glibc has. Elsewhere it stays the Monday. */
static int week_begins_in(locale_t locale)
{
#ifdef __GLIBC__
    enum { SUNDAY_1997 = 19971130, MONDAY_1997 = 19971201, DAYS_A_WEEK = 7 };
    /* a number that is handed over as a pointer, and one that a byte holds: so glibc has it */
    const char *first = nl_langinfo_l(_NL_TIME_FIRST_WEEKDAY, locale);
    int origin = (int)(intptr_t)nl_langinfo_l(_NL_TIME_WEEK_1STDAY, locale);
    int at = first && *first >= 1 && *first <= DAYS_A_WEEK ? *first - 1 : 0;
    if (origin == SUNDAY_1997)
        return (at + DAYS_A_WEEK - 1) % DAYS_A_WEEK;
    return origin == MONDAY_1997 ? at : 0;
#else
    (void)locale;
    return 0;
#endif
}

static void read_locale(struct time_style *style)
{
    const char *name = locale_name();
    locale_t locale = is_plain(name) ? (locale_t)0 : newlocale(LC_TIME_MASK, name, (locale_t)0);
    if (!locale)
        return;
    const char *half = nl_langinfo_l(T_FMT_AMPM, locale);
    style->order = date_order_of(nl_langinfo_l(D_FMT, locale));
    style->half_days = *half && half_days_of(nl_langinfo_l(T_FMT, locale));
    style->week_begins = week_begins_in(locale);
    freelocale(locale);
}

const struct time_style *session_time_style(struct session *session)
{
    const struct settings *settings = &session->settings;
    if (session->time_style)
        return session->time_style;
    struct time_style *style = arena_alloc(session->arena, sizeof *style);
    *style = (struct time_style){0};
    if (!settings->date_order || !settings->clock || !settings->week_begins)
        read_locale(style);
    if (settings->date_order)
        style->order = (enum date_order)(settings->date_order - 1);
    if (settings->clock)
        style->half_days = settings->clock == CLOCK_12;
    if (settings->week_begins)
        style->week_begins = settings->week_begins - 1;
    session->time_style = style;
    return style;
}
