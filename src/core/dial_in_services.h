/*
 * The signs of services in a text. Private to core: dial_in_judge.c judges by them.
 */
#ifndef CORE_DIAL_IN_SERVICES_H
#define CORE_DIAL_IN_SERVICES_H

#include <core/dial_in_judge.h>

enum service_strength { SERVICE_NONE, SERVICE_HINT, SERVICE_SURE };

enum service_kind {
    SERVICE_ADDRESS,
    SERVICE_NAME,
    SERVICE_PROPERTY,
    SERVICE_LABEL,
    SERVICE_PIN,
    SERVICE_HEADING,
    SERVICE_CODE,
    SERVICE_ID_PROPERTY,
    SERVICE_NUMBER_PROPERTY
};

/* A row of the table. */
struct service_pattern {
    bool own;
    enum service_strength strength;
    const char *service; /* NULL: not known which */
    enum service_kind kind;
    const char *text;
    size_t length;
};

/*
 * Made of data/services.tsv by the build. The rows that begin with the byte b stand from
 * service_first[b] to service_first[b + 1]; behind those of all bytes, the properties that are
 * known by their names alone.
 */
extern const struct service_pattern service_patterns[];
extern const unsigned short service_first[258];

struct service_sign {
    const struct service_pattern *pattern;
    size_t from, to; /* byte offsets in the text */
};

/* The signs of one text in its order; further ones of the service that was seen last are left out.
 */
struct service_signs {
    struct service_sign items[48];
    size_t count;
};

/* Linear in the text. */
void service_signs_read(const char *text, struct service_signs *signs);

#endif
