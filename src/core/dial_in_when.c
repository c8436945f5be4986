/*
 * Dates and times as people and programs write them, by their form: whether a date exists is of no
 * account.
 */
#include "dial_in_when.h"

#include <base/ascii.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

static bool letter(char c)
{
    return ascii_letter(c) || (unsigned char)c >= 0x80;
}

/* Reads `least` to `most` digits of a value up to `limit`, and moves behind; -1: not there. */
static int number(const char **s, int least, int most, int limit)
{
    int n = 0, value = 0;
    for (; n < most && ascii_digit((*s)[n]); n++)
        value = value * 10 + ((*s)[n] - '0');
    if (n < least || ascii_digit((*s)[n]) || value > limit)
        return -1;
    *s += n;
    return value;
}

static const char *skip_blanks(const char *s)
{
    return s + strspn(s, " \t");
}

/* Behind one of these words, if a word ends there; NULL otherwise. */
static const char *skip_word(const char *s, const char *const *words)
{
    for (; *words; words++) {
        size_t n = strlen(*words);
        if (strncasecmp(s, *words, n) == 0 && !letter(s[n]) && !ascii_digit(s[n]))
            return s + n;
    }
    return NULL;
}

/* Behind a month's name or its short form, in the languages of the field; NULL if none is there. */
static const char *skip_month(const char *s)
{
    enum { LETTERS_MAX = 16 };
    static const char *const beginnings[] = {
        "jan", "ene", "gen", "feb", "fév", "fev", "mar", "mär", "maa", "apr", "avr", "abr", "may",
        "mai", "maj", "mag", "mei", "jun", "jui", "giu", "jul", "lug", "aug", "aoû", "ago", "sep",
        "set", "oct", "okt", "ott", "out", "nov", "dec", "dez", "dic", "déc", NULL};
    for (const char *const *beginning = beginnings; *beginning; beginning++) {
        const char *end = s + strlen(*beginning);
        if (strncasecmp(s, *beginning, strlen(*beginning)) != 0)
            continue;
        for (int i = 0; i < LETTERS_MAX && letter(*end); i++)
            end++;
        return end + (*end == '.');
    }
    return NULL;
}

static bool year(const char **s)
{
    const char *from = *s;
    int value = number(s, 4, 4, 2199);
    if (value < 1900)
        *s = from;
    return value >= 1900;
}

/* A year behind blanks or a comma, if there is one. */
static const char *skip_year(const char *s)
{
    const char *at = skip_blanks(s + (*s == ','));
    return year(&at) ? at : s;
}

/* --- times --- */

/* "08:00", "8:00:30", "9h30". */
static const char *clock_end(const char *s)
{
    if (number(&s, 1, 2, 24) < 0 || (*s != ':' && *s != 'h'))
        return NULL;
    s++;
    if (number(&s, 2, 2, 59) < 0)
        return NULL;
    const char *seconds = s + 1;
    return *s == ':' && number(&seconds, 2, 2, 60) >= 0 ? seconds : s;
}

/* "09.30", but not a date's beginning or an ID's groups: "24.11.", "48.19.20". */
static const char *dotted_end(const char *s)
{
    if (number(&s, 1, 2, 23) < 0 || *s != '.')
        return NULL;
    s++;
    if (number(&s, 2, 2, 59) < 0 || letter(*s) || (*s && strchr(".,-/:#", *s)))
        return NULL;
    return s;
}

/* "9-10", as hours: nothing else is written beside them. */
static const char *hours_end(const char *s)
{
    if (number(&s, 1, 2, 24) < 0)
        return NULL;
    size_t joint = *s == '-' ? 1 : strncmp(s, "–", strlen("–")) == 0 ? strlen("–") : 0;
    s += joint;
    if (joint == 0 || number(&s, 1, 2, 24) < 0)
        return NULL;
    return *s == '\0' || strchr(" \t\r\n)", *s) ? s : NULL;
}

/* "9 am", "14 Uhr". */
static const char *hour_end(const char *s)
{
    static const char *const words[] = {"am", "pm", "a.m.", "p.m.", "uhr", "h", "o'clock", NULL};
    return number(&s, 1, 2, 24) < 0 ? NULL : skip_word(skip_blanks(s), words);
}

/* --- dates --- */

/* Behind what follows an ISO date: "T08:00:00Z". */
static const char *skip_iso_time(const char *s)
{
    return *s == 'T' && ascii_digit(s[1]) ? s + 1 + strspn(s + 1, "0123456789:.Z") : s;
}

/* "2026-11-23", "2026/11/23", with a time behind or not; and "20261123T080000Z". */
static const char *iso_end(const char *s)
{
    size_t digits = strspn(s, "0123456789");
    if (digits == 8 && s[8] == 'T' && ascii_digit(s[9]))
        return skip_iso_time(s + 8);
    if (!year(&s) || !*s || !strchr("-/.", *s))
        return NULL;
    char joint = *s++;
    if (number(&s, 1, 2, 12) < 1 || *s++ != joint || number(&s, 1, 2, 31) < 1)
        return NULL;
    return skip_iso_time(s);
}

/* "23.11.2026", "11/23/26", and "23.11." without a year if it may be left out. */
static const char *numeric_end(const char *s, bool with_year)
{
    if (number(&s, 1, 2, 31) < 1 || !*s || !strchr("./-", *s))
        return NULL;
    char joint = *s++;
    if (number(&s, 1, 2, 31) < 1 || *s++ != joint)
        return NULL;
    const char *behind = s;
    if (year(&behind) || (!with_year && number(&behind, 2, 2, 99) >= 0))
        return *behind && strchr("./-", *behind) && ascii_digit(behind[1]) ? NULL : behind;
    return !with_year && joint == '.' && !ascii_digit(*s) ? s : NULL;
}

/* "23 Nov 2026", "23. November", "Nov 23, 2026". */
static const char *named_end(const char *s)
{
    const char *month = skip_month(s);
    if (month) {
        s = skip_blanks(month);
        return number(&s, 1, 2, 31) < 1 ? NULL : skip_year(s);
    }
    if (number(&s, 1, 2, 31) < 1)
        return NULL;
    s = skip_blanks(s + (*s == '.'));
    if (strncasecmp(s, "de ", 3) == 0) /* "23 de noviembre" */
        s += 3;
    s = skip_month(s);
    return s ? skip_year(s) : NULL;
}

/* "2026年", "11月", "23日", "8時". */
static const char *han_end(const char *s)
{
    static const char *const units[] = {"年", "月", "日", "時", "时", "分",
                                        "년", "월", "일", "시", "분", NULL};
    if (number(&s, 1, 4, 9999) < 0)
        return NULL;
    for (const char *const *unit = units; *unit; unit++)
        if (strncmp(s, *unit, strlen(*unit)) == 0)
            return s + strlen(*unit);
    return NULL;
}

size_t dial_in_date(const char *s)
{
    const char *end = iso_end(s);
    end = end ? end : numeric_end(s, true);
    return end ? (size_t)(end - s) : 0;
}

size_t dial_in_when(const char *s)
{
    if (!ascii_digit(*s) && !letter(*s))
        return 0;
    const char *end = clock_end(s);
    end = end ? end : hour_end(s);
    end = end ? end : iso_end(s);
    end = end ? end : numeric_end(s, false);
    end = end ? end : named_end(s);
    end = end ? end : han_end(s);
    end = end ? end : dotted_end(s);
    end = end ? end : hours_end(s);
    return end ? (size_t)(end - s) : 0;
}
