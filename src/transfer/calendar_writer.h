/*
 * Meetings as iCalendar, each with its dial-in block: what an export, a file of a sync and an
 * invitation are written with. For transfer's own files; within a transaction.
 */
#ifndef TRANSFER_CALENDAR_WRITER_H
#define TRANSFER_CALENDAR_WRITER_H

#include <core/directory.h>
#include <core/invitation.h>
#include <desk/desk.h>
#include <exchange/ical.h>

/* The organization, numbers and organizers that written meetings need, each read once. */
struct calendar_writer {
    struct session *session;
    struct arena *arena;
    struct ical_writing writing;
    struct organization organization;
    struct numbers numbers;
    struct known_organizers organizers;
};

enum err calendar_writer_start(struct session *session, struct arena *arena,
                               struct calendar_writer *writer);

/* Puts the invitation's dial-in block, dial string and join URL into the item to be written. */
void calendar_dial_in(const struct session *session, struct arena *arena,
                      const struct invitation *invitation, struct ical_item *item);

/* Makes the item to be written of a meeting. It borrows from the meeting and the arena. */
enum err calendar_item(struct calendar_writer *writer, struct arena *arena,
                       const struct meeting *meeting, struct ical_item *item);

/* Writes a meeting into a calendar that was begun. */
enum err calendar_put(struct calendar_writer *writer, struct ical_writer *ical,
                      const struct meeting *meeting);

/*
 * A whole calendar of this meeting alone, for a file that is kept; `rest` is what the file holds
 * beside it (NULL: nothing).
 */
enum err calendar_of_one(struct calendar_writer *writer, struct arena *arena,
                         const struct meeting *meeting, const struct ical_rest *rest,
                         struct text *out);

#endif
