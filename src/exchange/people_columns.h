/* What a column may be beside a person's field. For people.c and people_columns.c. */
#ifndef EXCHANGE_PEOPLE_COLUMNS_H
#define EXCHANGE_PEOPLE_COLUMNS_H

#include <exchange/people.h>

enum people_piece {
    PEOPLE_ADDRESSES = PERSON_FIELDS, /* "SMTP:ada@x smtp:a@x": the first kind is the address */
    PEOPLE_ACP_INFO,                  /* XML with a third party's numbers and passcode */
    PEOPLE_FEATURES,                  /* holds "AudioConferencing": dial-in is on */
    PEOPLE_ENABLED,                   /* an account that is not: dial-in is off */
    PEOPLE_LEFT_ASIDE
};

#endif
