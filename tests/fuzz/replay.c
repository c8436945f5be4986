/*
 * Feeds every file of a fuzzer's corpus (the folder given) to the fuzzer's function, once, and
 * prints TAP: so that what a fuzzer found stays found, with any compiler. Linked with one fuzz_*.c
 * each.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_LIMIT = 1 << 22 };

static int is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int replay(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    uint8_t *room = malloc(INPUT_LIMIT);
    if (!file || !room) {
        free(room);
        if (file)
            fclose(file);
        return -1;
    }
    size_t size = fread(room, 1, INPUT_LIMIT, file);
    fclose(file);
    /* exactly as large as the input, so that a read past its end is seen */
    uint8_t *data = malloc(size ? size : 1);
    if (data) {
        memcpy(data, room, size);
        LLVMFuzzerTestOneInput(data, size);
    }
    free(data);
    free(room);
    return 0;
}

int main(int argc, char **argv)
{
    struct dirent **entries = NULL;
    int failed = 0, count = argc > 1 ? scandir(argv[1], &entries, is_input, alphasort) : -1;
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("1..%d\n", count < 0 ? 1 : count + 1);
    static const uint8_t nothing[1];
    LLVMFuzzerTestOneInput(nothing, 0);
    printf("ok 1 - nothing\n");
    for (int i = 0; i < count; i++) {
        int bad = replay(argv[1], entries[i]->d_name);
        printf("%s %d - %s\n", bad ? "not ok" : "ok", i + 2, entries[i]->d_name);
        failed |= bad;
        free(entries[i]);
    }
    free(entries);
    return failed ? 1 : 0;
}
