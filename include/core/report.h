/* What a long piece of work came to, and figures that are counted, not stored: as records. Pure. */
#ifndef CORE_REPORT_H
#define CORE_REPORT_H

#include <base/vector.h>
#include <stdint.h>

/* What came of an import. */
struct import_error {
    const char *file;
    int64_t line;
    const char *uid; /* NULL: unknown */
    const char *why;
};

struct import_errors VECTOR(struct import_error);

struct import_report {
    int64_t read, added, updated, unchanged, rejected, legacy;
    struct import_errors errors;
    struct import_errors notes; /* taken in, but worth a word: a copied dial-in block, ... */
};

/* Figures of the organization that are counted, not stored. */
struct organization_figures {
    int64_t live_ids;
    double guess_probability;
};

#endif
