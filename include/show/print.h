/*
 * Records to text, JSON and HTML for the command line and for mail. Pure. Stored text is made safe
 * here: control and bidi characters never reach the output as they are (JSON escapes them as JSON
 * does).
 */
#ifndef SHOW_PRINT_H
#define SHOW_PRINT_H

#include <base/vector.h>
#include <core/admission.h>
#include <core/calls.h>
#include <core/history.h>
#include <core/invitation.h>
#include <core/legacy.h>
#include <core/lookup.h>
#include <core/outbox.h>
#include <core/report.h>
#include <core/search.h>
#include <core/zone.h>

/*
 * JSON documents: one line, with a newline at its end; keys as dialdesk(1) promises them; times in
 * each meeting's own zone. A series' start and end are those of its first occurrence, and `nearest`
 * is the occurrence that is on or next. Where an occurrence is shown (json_meetings with
 * `occurrences`, json_scheduled with `one`), start and end are its own, and `occurrence` is its
 * start by the series' rule, as `cancelled_occurrence` is.
 */
char *json_scheduled(struct arena *arena, const struct scheduled *scheduled,
                     const struct zone_source *zones);
/*
 * A part of the document: its meetings from `first` on, at most `most`. The parts one behind the
 * other are the whole; a long list is printed so, because it is never needed at once.
 */
char *json_meetings(struct arena *arena, const struct occurrences *list, size_t first, size_t most,
                    bool occurrences, const struct zone_source *zones);
char *json_lookup(struct arena *arena, const struct lookup *lookup,
                  const struct zone_source *zones);
char *json_legacy_lines(struct arena *arena, const struct legacy_lines *list);
char *json_conversions(struct arena *arena, const struct conversions *list);
char *json_organizer(struct arena *arena, const struct organizer *organizer);
/* legacy: of legacy_by_organizer. Its figures and the end of the last one are told with each. */
char *json_organizers(struct arena *arena, const struct organizers *list,
                      const struct legacy_lines *legacy);
char *json_removal(struct arena *arena, const struct removal *removal);
char *json_numbers(struct arena *arena, const struct numbers *list);
char *json_attendee_known(struct arena *arena, const struct attendee_known *known);
char *json_attendees_known(struct arena *arena, const struct attendees_known *list);
char *json_organization(struct arena *arena, const struct organization *organization,
                        const struct organization_figures *figures, const struct zone *zone);
char *json_history(struct arena *arena, const struct history_entries *list);
/* {"verdict", "room", "until", "from", "lang", "why"}; `from` in UTC. */
char *json_admission(struct arena *arena, const struct admission *admission);
/*
 * Jitsi's conference mapper (digits, conference NULL: false), its list of numbers, and Prosody's
 * reservations (duration in seconds).
 */
char *json_mapping(struct arena *arena, const char *message, const char *digits,
                   const char *conference);
char *json_phone_numbers(struct arena *arena, const struct numbers *numbers);
char *json_reservation(struct arena *arena, const char *digits, const char *name,
                       const char *mail_owner, int64_t start, int64_t duration);
/* {"conflict_id"}: the room is reserved already. */
char *json_conflict(struct arena *arena, const char *digits);
/* Callers' numbers are masked. */
char *json_calls(struct arena *arena, const struct calls *list);
char *json_import(struct arena *arena, const struct import_report *report);
/* "columns" has each column's title with what it is used for, or null. */
char *json_directory_import(struct arena *arena, const struct directory_report *report);
char *json_sync(struct arena *arena, const struct sync_report *report);
/* repaired NULL: no repair was asked for. */
char *json_findings(struct arena *arena, const struct strings *findings,
                    const struct strings *notes, const struct strings *repaired);
char *json_messages(struct arena *arena, const struct messages *list);
char *json_owed(struct arena *arena, const struct owed_list *list);
char *json_send(struct arena *arena, const struct send_report *report);
char *json_report(struct arena *arena, const struct report_days *days);
/* {"error": {"what", "why", "status"}} */
char *json_error(struct arena *arena, const struct error *error);
/* {"message": ...} */
char *json_message(struct arena *arena, const char *message);

/* For a C locale: dashes, quotes, arrows and lines in ASCII, '?' for the rest. New lines stay. */
char *text_to_ascii(struct arena *arena, const char *text);

/*
 * The text of a function below, with colours for a terminal (SGR sequences): headings, labels,
 * signs of risk.
 */
char *text_color(struct arena *arena, const char *text);

/*
 * The same records for people: lines of plain UTF-8 text (for a C locale: text_to_ascii), times
 * with the zone's name.
 */
char *text_scheduled(struct arena *arena, const struct scheduled *scheduled,
                     const struct zone *zone);
/* A meeting in its own zone. */
char *text_meeting(struct arena *arena, const struct occurrence *meeting,
                   const struct zone_source *zones);
char *text_agenda(struct arena *arena, const struct occurrences *list, bool with_organizer,
                  int64_t now, const struct zone *zone);
/* A line each, times in the meeting's own zone, which is named: callers speak of those. */
char *text_found(struct arena *arena, const struct found_meetings *list, int64_t now,
                 const struct zone_source *zones);
/* Sorts the list (show_legacy_sort). */
char *text_legacy(struct arena *arena, struct occurrences *list, const struct zone *zone);
char *text_legacy_lines(struct arena *arena, const struct legacy_lines *list,
                        const struct zone *zone);
char *text_lookup(struct arena *arena, const struct lookup *lookup);
char *text_conversions(struct arena *arena, const struct conversions *list);
char *text_organizer(struct arena *arena, const struct organizer *organizer);
char *text_organizers(struct arena *arena, const struct organizers *list,
                      const struct legacy_lines *legacy, const struct zone *zone);
char *text_removal(struct arena *arena, const struct removal *removal, bool dry_run);
char *text_numbers(struct arena *arena, const struct numbers *list);
char *text_attendee_known(struct arena *arena, const struct attendee_known *known);
char *text_attendees_known(struct arena *arena, const struct attendees_known *list);
char *text_organization(struct arena *arena, const struct organization *organization,
                        const struct organization_figures *figures, const struct zone *zone);
char *text_admission(struct arena *arena, const struct admission *admission,
                     const struct zone *zone);
char *text_calls(struct arena *arena, const struct calls *list, const struct zone *zone);
char *text_history(struct arena *arena, const struct history_entries *list,
                   const struct zone *zone);
char *text_import(struct arena *arena, const struct import_report *report);
char *text_directory_import(struct arena *arena, const struct directory_report *report);
char *text_sync(struct arena *arena, const struct sync_report *report);
char *text_messages(struct arena *arena, const struct messages *list);
char *text_owed(struct arena *arena, const struct owed_list *list);
char *text_send(struct arena *arena, const struct send_report *report);
char *text_report(struct arena *arena, const struct report_days *days, const struct zone *zone);
/* As a table for a spreadsheet (RFC 4180). */
char *csv_report(struct arena *arena, const struct report_days *days);
char *text_findings(struct arena *arena, const struct strings *findings,
                    const struct strings *notes, const struct strings *repaired);

/*
 * The invitation: plain text, HTML, and the dial-in block alone (what goes into an iCalendar
 * DESCRIPTION). Labels by language from data/invitation.
 */
char *invitation_text(struct arena *arena, const struct invitation *invitation);
char *invitation_html(struct arena *arena, const struct invitation *invitation);
char *invitation_dial_in_block(struct arena *arena, const struct invitation *invitation);
/*
 * The dial string of an invitation's first number that can be dialled: "+13238494874,,93907123#";
 * NULL: there is none.
 */
char *invitation_dial_string(struct arena *arena, const struct invitation *invitation);
/* A word of data/invitation in the invitation's language: "phone" is "Join by phone". */
const char *invitation_word(struct arena *arena, const struct invitation *invitation,
                            const char *key);
/*
 * True if data/invitation has this language ("de", "de-AT" falls back to "de"); else English is
 * used.
 */
bool invitation_language_known(const char *lang);

/* True for a language that callers may hear: more than there are invitations in. */
bool language_known(const char *lang);

/*
 * Sets lookup->lang, say and tellings: what core chose, in the words of a language. `lang` is one
 * of caller_languages; another one is told in English.
 */
void lookup_put_into_words(struct arena *arena, struct lookup *lookup, const char *lang);
/* A sentence that is told without a lookup, as "say.ask", in the words of a language. */
const char *caller_sentence(struct arena *arena, const char *key, const char *lang);
/*
 * For the staff's eyes: what digits are that are no ID of ours ("our dial-in number, Los Angeles");
 * NULL: nothing is known of them, or they are an ID.
 */
const char *lookup_holds_words(struct arena *arena, const struct lookup *lookup);
/* The ID that took over, "46512565 and 4 more" if each meeting has one of its own; NULL: none. */
const char *lookup_replaced_words(struct arena *arena, const struct lookup *lookup);
/* The languages of invitations and of what callers are told: "da", "de", ... */
void caller_languages(struct arena *arena, struct strings *out);
/* The name of a language there: "de" of "de_AT.UTF-8", "nb" of "no". */
const char *caller_language(struct arena *arena, const char *lang);

#endif
