/*
 * The module "ical": the record that desk gets when it opens it.
 */
#include "ical_block.h"
#include "ical_read.h"

#include <base/file.h>

extern const struct ical_engine dialdesk_module;

__attribute__((visibility("default"))) const struct ical_engine dialdesk_module = {
    .stamp = MODULE_STAMP,
    .read = ical_read,
    .merge = ical_merge,
    .canonical = ical_canonical,
    .block_drop = ical_block_drop,
    .write_begin = ical_write_begin,
    .write_meeting = ical_write_meeting,
    .write_end = ical_write_end,
};
