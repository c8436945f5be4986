/* A fingerprint of bytes, to see whether a file is still what it was. Any layer may call this. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_SIZE = 33 }; /* 128 bits as hexadecimal digits, and a terminator */

/* Good against chance, not against somebody who means to deceive. The same on every machine. */
void hash_bytes(const char *bytes, size_t size, char out[HASH_SIZE]);

/* 63 of these bits as a number, to be a database's key. Never 0. */
int64_t hash_number(const char *bytes, size_t size);

#endif
