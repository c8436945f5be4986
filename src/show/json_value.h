/* Pieces of JSON that the documents are made of. For the JSON printers alone. */
#ifndef SHOW_JSON_VALUE_H
#define SHOW_JSON_VALUE_H

#include <base/vector.h>
#include <core/directory.h>
#include <core/zone.h>
#include <jansson.h>
#include <show/print.h>

json_t *json_text(struct arena *arena, const char *s); /* NULL becomes null */
/* Members of an object. */
void json_put_text(struct arena *arena, json_t *object, const char *key, const char *s);
void json_put_texts(struct arena *arena, json_t *object, const char *key,
                    const struct strings *list);
void json_put_time(struct arena *arena, json_t *object, const char *key, int64_t instant,
                   const struct zone *zone); /* never: null */
/* A new object, at the array's end. */
json_t *json_add_object(json_t *array);
json_t *json_number_object(struct arena *arena, const struct number *number);

/* A meeting; with `each`, of a series the occurrence: its start, its end and which one it is. */
json_t *json_meeting_object(struct arena *arena, const struct occurrence *occurrence, bool each,
                            const struct zone_source *zones);

/* Adds the value as it stands in a document; frees it. */
void json_add(struct text *text, json_t *value);
/* json_text's value, in a fraction of its time if nothing is to be escaped. */
void json_add_text(struct text *text, const char *s);

/* The document as one line with a newline at its end; frees `root`. */
char *json_finish(struct arena *arena, json_t *root);

#endif
