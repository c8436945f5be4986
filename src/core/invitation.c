/*
 * The invitation as a value: which ID, numbers and language it shows. The design, section 2, rules
 * 1 to 4; how an invitation shows at most one toll and one toll-free number is the field's custom.
 */
#include <core/invitation.h>
#include <string.h>
#include <strings.h>

static const char *given(const char *s)
{
    return s && *s ? s : NULL;
}

/* The length of a language tag's first part: 2 for "en-US". */
static size_t primary_length(const char *lang)
{
    return strcspn(lang, "-_");
}

/*
 * 2 if the number speaks exactly this language, 1 if it speaks the language of another region,
 * else 0.
 */
static int language_fit(const struct number *number, const char *lang)
{
    int best = 0;
    size_t n = primary_length(lang);
    for (size_t i = 0; i < number->langs.count && best < 2; i++) {
        const char *spoken = number->langs.items[i];
        if (strcasecmp(spoken, lang) == 0)
            best = 2;
        else if (primary_length(spoken) == n && strncasecmp(spoken, lang, n) == 0)
            best = 1;
    }
    return best;
}

/*
 * The number of this kind to show: one that speaks the language, of those the organization's
 * default, of those the closest region of the language, else the first as listed.
 */
static const struct number *number_choose(const struct numbers *numbers, bool toll_free,
                                          const char *lang)
{
    const struct number *best = NULL;
    int best_score = -1;
    for (size_t i = 0; i < numbers->count; i++) {
        const struct number *number = &numbers->items[i];
        if (number->toll_free != toll_free)
            continue;
        int fit = language_fit(number, lang);
        int score = (fit > 0 ? 4 : 0) + (number->is_default ? 2 : 0) + (fit > 1 ? 1 : 0);
        if (score > best_score) {
            best = number;
            best_score = score;
        }
    }
    return best;
}

static const char *lang_choose(const struct meeting *meeting, const struct organizer *organizer,
                               const char *lang)
{
    if (given(lang))
        return lang;
    if (given(meeting->lang))
        return meeting->lang;
    return given(organizer->lang) ? organizer->lang : "en";
}

void invitation_compose(struct invitation *invitation, const struct organization *organization,
                        const struct organizer *organizer, const struct occurrence *occurrence,
                        const struct zone *zone, const struct numbers *numbers, const char *lang)
{
    const struct meeting *meeting = occurrence->meeting;
    *invitation = (struct invitation){
        .organization = organization,
        .organizer = organizer,
        .meeting = meeting,
        .occurrence = *occurrence,
        .zone = zone,
        .lang = lang_choose(meeting, organizer, lang),
        .join_url = given(organization->join_url),
    };
    bool ours = meeting->id_kind == ID_KIND_DYNAMIC || meeting->id_kind == ID_KIND_STATIC;
    if (ours && given(meeting->conference_id)) {
        invitation->has_dial_in = true;
        invitation->conference_id = meeting->conference_id;
        if (numbers) {
            invitation->toll = number_choose(numbers, false, invitation->lang);
            invitation->toll_free = number_choose(numbers, true, invitation->lang);
        }
    } else if (meeting->id_kind == ID_KIND_THIRD_PARTY) {
        invitation->third_party_number = given(organizer->third_party_number);
        invitation->third_party_toll_free = given(organizer->third_party_toll_free);
        invitation->has_dial_in =
            invitation->third_party_number || invitation->third_party_toll_free;
        if (invitation->has_dial_in)
            invitation->third_party_passcode = given(organizer->third_party_passcode);
    }
}

bool invitation_lacks_number(const struct invitation *invitation)
{
    return invitation->conference_id && !invitation->toll && !invitation->toll_free &&
           invitation->meeting->status != MEETING_CANCELLED;
}
