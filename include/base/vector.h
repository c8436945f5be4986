/*
 * Vectors and growing text, both in an arena. Any layer may call this.
 *
 * A vector is a plain struct of three members, so that a loop over it needs no function:
 *     struct strings names = {0};
 *     *vector_push(arena, &names) = "Ada";
 *     for (size_t i = 0; i < names.count; i++) puts(names.items[i]);
 */
#ifndef BASE_VECTOR_H
#define BASE_VECTOR_H

#include <base/arena.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define VECTOR(type)                                                                               \
    {                                                                                              \
        type *items;                                                                               \
        size_t count, capacity;                                                                    \
    }

struct strings VECTOR(const char *);

/* Makes room for one more item, zeroed, and gives its address (valid until the next push). */
#define vector_push(arena, vector)                                                                 \
    ((vector)->items = vector_grow((arena), (vector)->items, (vector)->count, &(vector)->capacity, \
                                   sizeof *(vector)->items),                                       \
     &(vector)->items[(vector)->count++])

/* The helper behind vector_push: returns the items with room for one more. */
void *vector_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);

/* Makes `to` a list of its own of the items in `from`, without spare room. */
#define vector_copy(arena, to, from)                                                               \
    ((to)->items = items_copy((arena), (from)->items, (from)->count, sizeof *(from)->items),       \
     (to)->count = (to)->capacity = (from)->count)

/* The helper behind vector_copy. */
void *items_copy(struct arena *arena, const void *items, size_t count, size_t size);

/*
 * A list in order, each of whose items begins with a text that it is found by (and is small): its
 * place in the list, or the place where it belongs; *found tells which.
 *     size_t at = vector_place(&list, name, &found);
 *     if (!found)
 *         *vector_insert(arena, &list, at) = (struct named){name, ...};
 */
#define vector_place(vector, text, found)                                                          \
    items_place((vector)->items, (vector)->count, sizeof *(vector)->items, (text), (found))
#define vector_insert(arena, vector, at)                                                           \
    ((void)vector_push((arena), (vector)),                                                         \
     items_open((vector)->items, (vector)->count, sizeof *(vector)->items, (at)),                  \
     &(vector)->items[(at)])

/* The helpers behind these. */
size_t items_place(const void *items, size_t count, size_t size, const char *text, bool *found);
void items_open(void *items, size_t count, size_t size, size_t at);

/* Turns the order of the items round. */
#define vector_reverse(vector)                                                                     \
    items_reverse((vector)->items, (vector)->count, sizeof *(vector)->items)

/*
 * qsort, but what is in order already, as lists from the store mostly are, is gone through once. No
 * items, even without memory, are in order.
 */
void items_sort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *));

/* The helper behind vector_reverse. */
void items_reverse(void *items, size_t count, size_t size);

/* True if `list` holds exactly this string. */
bool strings_hold(const struct strings *list, const char *s);

/* The place of the word among `count` words (NULL is none of them); -1: it is not there. */
int word_find(const char *const *words, size_t count, const char *word);

/*
 * True if the list, whose items end at the sign `part` and perhaps blanks, has an item that is the
 * word (up to such a sign in it), in any case of its letters.
 */
bool list_has(const char *list, const char *part, const char *word);

/* Adds copies of the words of `text`: the non-empty parts between spaces. */
void strings_split(struct arena *arena, const char *text, struct strings *out);

/* The strings in one, with `between` between them; "" if there are none. */
char *strings_join(struct arena *arena, const struct strings *list, const char *between);

/* NULL is the same as "". */
bool string_same(const char *a, const char *b);

/* Cuts the given blanks off both ends of s, in place, and gives the new beginning. */
char *string_trim(char *s, const char *blanks);

/* Text that grows. After text_start, `bytes` is always terminated and never NULL. */
struct text {
    struct arena *arena;
    char *bytes;
    size_t length, capacity;
};

struct text text_start(struct arena *arena);
void text_add(struct text *text, const char *s); /* NULL adds nothing */
void text_add_n(struct text *text, const char *s, size_t n);
void text_add_byte(struct text *text, char c);
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
