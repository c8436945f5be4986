/*
 * Our dial-in block that comes back without the mark that it is known by (ical.h): it is looked for
 * as we would write it. In what comes of a meeting that is not here nothing is looked for: a copied
 * block stays where it was copied to.
 */
#include "import.h"
#include <store/ids.h>
#include <string.h>

/* One text of an event. True if the block was in it. */
static bool drop_block(const struct ical_item *item, struct arena *arena, const char **notes)
{
    const char *without = ical_block_drop(arena, *notes, item->dial_in_block);
    if (without)
        *notes = without;
    return without != NULL;
}

/* The dial string stands in LOCATION only if the meeting had no place. */
static void drop_dial_string(const struct ical_item *item, const char **location)
{
    if (item->dial_string && *location && strcmp(*location, item->dial_string) == 0)
        *location = "";
}

/* A text that is the series' is none of the occurrence's own. */
static void drop_series_text(const char **text, const char *series)
{
    if (*text && strcmp(*text, series) == 0)
        *text = NULL;
}

/*
 * A changed occurrence that was written with the block has it in its own notes, unless these are
 * the series'.
 */
static bool drop_of_override(const struct ical_item *item, struct arena *arena,
                             const struct meeting *series, bool with_series,
                             struct meeting_override *override)
{
    bool own = override->notes && drop_block(item, arena, &override->notes);
    if (own || (with_series && !override->notes))
        drop_dial_string(item, &override->location);
    drop_series_text(&override->notes, series->notes);
    drop_series_text(&override->location, series->location);
    return own;
}

static bool drop_all(const struct ical_item *item, struct arena *arena, struct meeting *said)
{
    bool series = drop_block(item, arena, &said->notes), any = series;
    if (series)
        drop_dial_string(item, &said->location);
    for (size_t i = 0; i < said->overrides.count; i++)
        any |= drop_of_override(item, arena, said, series, &said->overrides.items[i]);
    return any;
}

static enum err drop_written(struct import_run *run, struct arena *arena,
                             const struct meeting *written, struct meeting *said, bool *dropped)
{
    struct ical_item item;
    enum err err = calendar_item(run->writer, arena, written, &item);
    if (!err && item.dial_in_block)
        *dropped = drop_all(&item, arena, said) || *dropped;
    return err;
}

/* True if the ID was the meeting's, or is one that it may have had: its organizer's static one. */
static enum err was_its_own(const struct import_run *run, struct arena *arena,
                            const struct meeting *stored, const char *digits, bool *own)
{
    struct id_record record = {0};
    bool found = false;
    enum err err = store_id_find(arena, run->session->store, digits, &record, &found);
    *own = found &&
           (record.kind == ID_KIND_STATIC ? strcmp(record.organizer_uid, stored->organizer_uid) == 0
                                          : strcmp(record.meeting_uid, stored->uid) == 0);
    return err;
}

static bool has_notes(const struct meeting *said)
{
    for (size_t i = 0; i < said->overrides.count; i++)
        if (said->overrides.items[i].notes && said->overrides.items[i].notes[0])
            return true;
    return said->notes[0] != '\0';
}

enum err import_block_drop(struct import_run *run, struct arena *arena,
                           const struct meeting *stored, const char *named, struct meeting *said,
                           bool *dropped)
{
    struct meeting written = *stored;
    bool own = false;
    *dropped = false;
    if (stored->id_kind == ID_KIND_NONE || !has_notes(said))
        return ERR_OK;
    vector_copy(arena, &said->overrides, &said->overrides);
    written.status = MEETING_SCHEDULED; /* it may have been when it was written */
    enum err err = drop_written(run, arena, &written, said, dropped);
    if (err)
        return err;
    if (!named || !stored->conference_id || strcmp(named, stored->conference_id) == 0)
        return ERR_OK;
    err = was_its_own(run, arena, stored, named, &own);
    if (err || !own)
        return err;
    written.conference_id = named;
    return drop_written(run, arena, &written, said, dropped);
}
