/* Base64 with padding and without line breaks (RFC 4648, section 4). Any layer may call this. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <base/vector.h>

/* Adds the bytes in base64: four characters for each three bytes that were begun. */
void base64_add(struct text *out, const char *bytes, size_t size);

/* The bytes that base64 stands for, up to the first character that is none (a '='), and a NUL. */
char *base64_read(struct arena *arena, const char *s, size_t *size);

#endif
