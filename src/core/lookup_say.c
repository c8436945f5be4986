/*
 * What a caller is told: which sentence, and what it names. Whoever holds an ID may have it from an
 * old invitation, a leak or a guess, so nothing is named before the caller check unless the
 * organization lets it. The words stand in data/caller; show/ puts them together.
 */
#include "lookup_nearness.h"
#include <string.h>

/* No ID has this many digits by rule of thumb: the app's meeting IDs and telephone numbers do. */
enum { LONG_NUMBER = 10 };

static bool near_on_or_next(const struct occurrence *occurrence, int64_t at)
{
    return occurrence_nearness(occurrence, at) <= NEAR_NEXT;
}

/* True if the caller may mean another meeting than the nearest one that uses the ID. */
static bool shared(const struct lookup *lookup)
{
    const struct occurrences *list = &lookup->meetings;
    return lookup->moved.count > 0 ||
           (list->count > 1 && near_on_or_next(&list->items[1], lookup->at));
}

static const char *key_of_invalid(enum query_kind kind)
{
    switch (kind) {
    case QUERY_TOO_LONG:
        return "say.too_long";
    case QUERY_TOO_SHORT:
        return "say.too_short";
    case QUERY_ID:
    case QUERY_NOT_DIGITS:
        break;
    }
    return "say.invalid";
}

static const char *key_of_foreign(enum lookup_holds holds)
{
    bool number = holds == HOLDS_FOREIGN_NUMBER || holds == HOLDS_THIRD_PARTY;
    return number ? "say.foreign_number" : "say.foreign";
}

static const char *key_of(const struct lookup *lookup)
{
    if (lookup->holds == HOLDS_OUR_NUMBER)
        return "say.phone";
    if (lookup->holds == HOLDS_APP_ID)
        return "say.app";
    switch (lookup->state) {
    case ID_STATE_LIVE:
        return shared(lookup) ? "say.live_shared" : "say.live";
    case ID_STATE_UPCOMING:
        return shared(lookup) ? "say.upcoming_shared" : "say.upcoming";
    case ID_STATE_ENDED:
        return lookup->meetings.count ? "say.ended" : "say.unused";
    case ID_STATE_CANCELLED:
        return "say.cancelled";
    case ID_STATE_REPLACED:
        return "say.replaced";
    case ID_STATE_DISABLED:
        return "say.disabled";
    case ID_STATE_RETIRED:
        return lookup->moved.count ? "say.replaced" : "say.retired";
    case ID_STATE_FOREIGN: /* whose it is is for the staff's eyes */
        return key_of_foreign(lookup->holds);
    case ID_STATE_UNKNOWN:
        return lookup->conference_id && strlen(lookup->conference_id) >= LONG_NUMBER
                   ? "say.long"
                   : "say.unknown";
    case ID_STATE_INVALID:
        break;
    }
    return key_of_invalid(lookup->query_kind);
}

static const char *given(const char *s)
{
    return s && *s ? s : NULL;
}

static const char *organizer_of(const struct lookup *lookup)
{
    if (!lookup->organizer)
        return NULL;
    return given(lookup->organizer->name) ? lookup->organizer->name : lookup->organizer->email;
}

static const char *title_of(const struct occurrence *occurrence)
{
    return given(occurrence->title) ? occurrence->title : occurrence->meeting->title;
}

struct saying lookup_saying(const struct lookup *lookup)
{
    const char *id = lookup->conference_id ? lookup->conference_id : "";
    struct saying saying = {
        .key = key_of(lookup), .id = id, .when = INSTANT_NEVER, .from = lookup->callers_from};
    if (lookup->tell >= TELL_ORGANIZER)
        saying.organizer = organizer_of(lookup);
    if (lookup->tell >= TELL_TITLE && lookup->meetings.count == 1 && !shared(lookup))
        saying.title = title_of(&lookup->meetings.items[0]);
    return saying;
}

static bool foreign_dial_in(const struct meeting *meeting)
{
    return meeting_foreign(meeting) || meeting->foreign_id || meeting->foreign_number;
}

/* True if callers of this meeting dial another service's number. */
static bool held_elsewhere(const struct lookup *lookup, const struct meeting *meeting)
{
    if (meeting->conference_id)
        return false;
    return foreign_dial_in(meeting) || (!lookup->record && lookup->organizer &&
                                        lookup->organizer->provider == PROVIDER_THIRD_PARTY);
}

/* Number and code of the other service, as far as they are known. */
static void name_elsewhere(const struct lookup *lookup, const struct meeting *meeting,
                           struct saying *saying)
{
    bool own = !foreign_dial_in(meeting);
    const char *number = own ? lookup->organizer->third_party_number : meeting->foreign_number;
    const char *id = own ? lookup->organizer->third_party_passcode : meeting->foreign_id;
    bool both = given(number) && given(id);
    saying->number = both ? number : NULL;
    saying->id = both ? id : "";
    saying->key = both ? "tell.foreign_dial" : "tell.foreign";
}

/* Which sentence of those that a meeting with this ID can have. */
static const char *key_of_telling(const struct lookup *lookup, const struct occurrence *occurrence,
                                  const char *id, bool moved)
{
    enum nearness nearness = occurrence_nearness(occurrence, lookup->at);
    bool in = lookup->at >= occurrence->start - lookup->early;
    if (nearness == NEAR_CANCELLED)
        return "tell.cancelled";
    if (nearness == NEAR_OVER)
        return "tell.ended";
    if (!id)
        return "tell.no_id";
    if (!moved && lookup->state == ID_STATE_RETIRED)
        return "tell.retired";
    if (lookup->organizer && !organizer_usable(lookup->organizer))
        return "tell.disabled";
    if (moved)
        return in ? "tell.moved_live" : "tell.moved_upcoming";
    return in ? "tell.live" : "tell.upcoming";
}

struct saying lookup_telling(const struct lookup *lookup, const struct occurrence *occurrence,
                             const char *id, bool moved)
{
    struct saying saying = {
        .key = key_of_telling(lookup, occurrence, id, moved),
        .id = id ? id : "",
        .title = title_of(occurrence),
        .organizer = organizer_of(lookup),
        .when = occurrence->start,
        .from = occurrence->start - lookup->early,
    };
    if (!saying.organizer)
        saying.organizer = occurrence->meeting->organizer;
    enum nearness nearness = occurrence_nearness(occurrence, lookup->at);
    if (nearness == NEAR_OVER)
        saying.when = occurrence->end;
    if (nearness <= NEAR_NEXT && held_elsewhere(lookup, occurrence->meeting))
        name_elsewhere(lookup, occurrence->meeting, &saying);
    return saying;
}
