/*
 * Writes JSON into a text, from its front to its end. For the JSON printers alone.
 *     struct text *json = json_start(arena, '{');
 *     json_text(json, "uid", meeting->uid);
 *     return json_finish(json, '}');
 * A value is a member by its key; in an array it has none, and key is NULL. Any bytes may be key or
 * text: what comes out is valid, and safe to print.
 */
#ifndef SHOW_JSON_WRITE_H
#define SHOW_JSON_WRITE_H

#include <base/vector.h>
#include <core/zone.h>

/* A document that is an object or an array: '{' or '['. */
struct text *json_start(struct arena *arena, char bracket);
/* Its end, by the other bracket, and a newline. */
char *json_finish(struct text *json, char bracket);

/* An object or an array within. */
void json_open(struct text *json, const char *key, char bracket);
void json_close(struct text *json, char bracket);
/*
 * An array of objects; without a key, the objects of the array that is open:
 *     for (size_t i = 0; json_each(json, "dial_in", i, list->count); i++)
 *         json_text(json, "number", list->items[i].e164);
 */
bool json_each(struct text *json, const char *key, size_t i, size_t count);

void json_null(struct text *json, const char *key);
void json_bool(struct text *json, const char *key, bool value);
void json_int(struct text *json, const char *key, int64_t value);
void json_real(struct text *json, const char *key, double value);  /* not a number: null */
void json_text(struct text *json, const char *key, const char *s); /* NULL: null */
void json_texts(struct text *json, const char *key, const struct strings *list);
/* RFC 3339 with the zone's offset; INSTANT_NEVER: null. */
void json_time(struct text *json, const char *key, int64_t instant, const struct zone *zone);

#endif
