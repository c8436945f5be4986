/* The directory as text: organizers, dial-in numbers, the organization; and text in ASCII. */
#include "columns.h"
#include "glyph.h"
#include "when.h"

#include <base/utf8.h>
#include <math.h>
#include <show/print.h>
#include <string.h>

char *text_organizer(struct arena *arena, const struct organizer *organizer)
{
    struct text text = text_start(arena);
    const char *obstacle = organizer_obstacle(organizer);
    line_add(&text, "E-mail", organizer->email);
    line_add(&text, "Aliases", strings_join(arena, &organizer->aliases, ", "));
    line_add(&text, "Name", organizer->name);
    line_add(&text, "Time zone", organizer->tz);
    line_add(&text, "Language", organizer->lang);
    line_add(&text, "Dial-in", organizer->dial_in ? "on" : "off");
    line_add(&text, "Provider", provider_name(organizer->provider));
    line_add(&text, "Static ID", organizer->static_id ? organizer->static_id : "none");
    if (organizer->provider == PROVIDER_THIRD_PARTY) {
        line_add(&text, "Third party", organizer->third_party_name);
        line_add(&text, "Its number", organizer->third_party_number);
        line_add(&text, "Its toll-free", organizer->third_party_toll_free);
        line_add(&text, "Its passcode", organizer->third_party_passcode);
    }
    line_add(&text, "Callers", obstacle ? obstacle : "can dial in");
    return text.bytes;
}

char *text_attendee_known(struct arena *arena, const struct attendee_known *known)
{
    struct text text = text_start(arena);
    line_add(&text, "E-mail", known->email);
    line_add(&text, "Language", known->lang[0] ? known->lang : "not known");
    line_add(&text, "Time zone", known->tz[0] ? known->tz : "not known");
    line_add(&text, "Calls from",
             known->number[0] ? number_format(arena, known->number) : "not known");
    return text.bytes;
}

char *text_attendees_known(struct arena *arena, const struct attendees_known *list)
{
    struct columns columns = columns_start(arena, 4);
    for (size_t i = 0; i < list->count; i++) {
        const struct attendee_known *item = &list->items[i];
        columns_add(&columns, item->email, item->lang[0] ? item->lang : "-",
                    item->tz[0] ? item->tz : "-",
                    item->number[0] ? number_format(arena, item->number) : "-");
    }
    return columns_text(&columns);
}

/* "3 legacy, 1 at risk, until ..."; "" if none is left. */
static const char *legacy_words(struct arena *arena, const struct legacy_line *line,
                                const struct zone *zone)
{
    if (!line)
        return "";
    return arena_format(arena, "%d legacy, %d at risk, %s%s", line->meetings, line->at_risk,
                        line->last == INSTANT_NEVER ? "without end" : "until ",
                        line->last == INSTANT_NEVER ? "" : when_instant(line->last, zone).s);
}

char *text_organizers(struct arena *arena, const struct organizers *list,
                      const struct legacy_lines *legacy, const struct zone *zone)
{
    struct columns columns = columns_start(arena, 7);
    for (size_t i = 0; i < list->count; i++) {
        const struct organizer *item = &list->items[i];
        columns_add(&columns, item->email, item->name, item->dial_in ? "dial-in on" : "dial-in off",
                    provider_name(item->provider), item->static_id ? item->static_id : "-",
                    item->tz, legacy_words(arena, legacy_find(legacy, item->email), zone));
    }
    return columns_text(&columns);
}

char *text_numbers(struct arena *arena, const struct numbers *list)
{
    struct columns columns = columns_start(arena, 6);
    for (size_t i = 0; i < list->count; i++) {
        const struct number *item = &list->items[i];
        columns_add(&columns, number_shown(arena, item), item->toll_free ? "toll-free" : "toll",
                    item->country, item->city, strings_join(arena, &item->langs, ","),
                    item->is_default ? "default" : "");
    }
    return columns_text(&columns);
}

static const char *guess_words(struct arena *arena, double probability)
{
    if (!(probability > 0))
        return "none of them dynamic yet";
    return arena_format(arena, "a random guess hits 1 time in %.0f", floor(1 / probability));
}

char *text_organization(struct arena *arena, const struct organization *organization,
                        const struct organization_figures *figures, const struct zone *zone)
{
    struct text text = text_start(arena);
    line_add(&text, "Name", organization->name);
    line_add(
        &text, "Dynamic IDs",
        organization->dynamic_since == INSTANT_NEVER
            ? "off"
            : arena_format(arena, "since %s", when_instant(organization->dynamic_since, zone).s));
    line_add(&text, "ID digits", arena_format(arena, "%d", organization->id_digits));
    line_add(&text, "Quarantine", arena_format(arena, "%d days", organization->quarantine_days));
    line_add(&text, "Risk margin", arena_format(arena, "%d minutes", organization->margin_minutes));
    line_add(&text, "Early entry", arena_format(arena, "%d minutes", organization->early_minutes));
    line_add(&text, "Grace", arena_format(arena, "%d minutes", organization->grace_minutes));
    line_add(&text, "Told unasked", tell_name(organization->tell));
    line_add(&text, "Join URL", organization->join_url ? organization->join_url : "none");
    line_add(&text, "Live IDs",
             arena_format(arena, "%lld  (%s)", (long long)figures->live_ids,
                          guess_words(arena, figures->guess_probability)));
    return text.bytes;
}

char *text_to_ascii(struct arena *arena, const char *s)
{
    struct text text = text_start(arena);
    const char *end = s + strlen(s);
    struct glyph glyph = {0};
    while (s < end) {
        if (*s == '\n') {
            text_add_byte(&text, *s++);
            continue;
        }
        const char *start = s;
        glyph_next(&s, end, true, &glyph);
        bool ellipsis = strncmp(start, "…", strlen("…")) == 0;
        text_add(&text, ellipsis ? "..." : glyph.bytes);
    }
    return text.bytes;
}
