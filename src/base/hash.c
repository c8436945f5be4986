/*
 * A fingerprint of two hashes of 64 bits, so that texts which collide in one of them do not in the
 * other: FNV-1a, and one that turns its state by five bits a byte and has another factor. Each is
 * stirred at the end (MurmurHash3's finalizer). Stores keep fingerprints: they must not change.
 */
#include <base/hash.h>
#include <stdio.h>

static uint64_t stir(uint64_t h)
{
    h = (h ^ (h >> 33)) * UINT64_C(0xff51afd7ed558ccd);
    h = (h ^ (h >> 33)) * UINT64_C(0xc4ceb9fe1a85ec53);
    return h ^ (h >> 33);
}

static void run_over(const char *bytes, size_t size, uint64_t out[2])
{
    uint64_t a = UINT64_C(0xcbf29ce484222325), b = UINT64_C(0x6c62272e07bb0142);
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        a = (a ^ byte) * UINT64_C(0x100000001b3);
        b = ((b << 5 | b >> 59) ^ byte) * UINT64_C(0x9e3779b97f4a7c15);
    }
    out[0] = stir(a ^ size);
    out[1] = stir(b);
}

void hash_bytes(const char *bytes, size_t size, char out[HASH_SIZE])
{
    uint64_t hash[2];
    run_over(bytes, size, hash);
    snprintf(out, HASH_SIZE, "%016llx%016llx", (unsigned long long)hash[0],
             (unsigned long long)hash[1]);
}

int64_t hash_number(const char *bytes, size_t size)
{
    uint64_t hash[2];
    run_over(bytes, size, hash);
    int64_t number = (int64_t)(hash[0] >> 1); /* its sign would only be in the way */
    return number ? number : 1;
}
