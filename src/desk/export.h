/*
 * Meetings as iCalendar, each with its dial-in block. For desk's own files; within a transaction.
 */
#ifndef DESK_EXPORT_H
#define DESK_EXPORT_H

#include <desk/desk.h>
#include <exchange/ical.h>

/* What meetings are written with, read once. */
struct exporter {
    struct arena *arena;
    struct ical_writing writing;
    struct organization organization;
    struct numbers numbers;
    struct organizers organizers; /* met so far */
};

enum err exporter_start(struct session *session, struct arena *arena, struct exporter *exporter);

/* What the invitation says of joining, into what is written of its meeting. */
void exporter_dial_in(const struct session *session, struct arena *arena,
                      const struct invitation *invitation, struct ical_item *item);

/* What is written of a meeting. It borrows from the meeting and the arena. */
enum err exporter_item(struct session *session, struct exporter *exporter, struct arena *arena,
                       const struct meeting *meeting, struct ical_item *item);

/* One meeting into a calendar that was begun. */
enum err exporter_write(struct session *session, struct exporter *exporter,
                        struct ical_writer *writer, const struct meeting *meeting);

/* A calendar of this one meeting, to be kept. */
enum err exporter_calendar(struct session *session, struct exporter *exporter, struct arena *arena,
                           const struct meeting *meeting, struct text *out);

#endif
