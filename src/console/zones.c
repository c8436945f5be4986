/*
 * Meetings that move as the zone database has new rules for their zones: they are searched while
 * nobody types, announced, and renewed on request.
 */
#include "dialog.h"
#include "loop.h"
#include "open.h"
#include "progress.h"
#include <base/utf8.h>

static void look_begin(struct console *console)
{
    struct arena *arena = console->zones.arena ? console->zones.arena : arena_new();
    arena_reset(arena);
    console->zones = (struct zones_look){.arena = arena};
}

/* Unless their number is the one announced before, or a message stands in the line. */
static void announce(struct console *console)
{
    size_t moved = console->zones.moved;
    bool news = moved != console->zones_told;
    console->zones_told = moved;
    if (!news || !moved || console->message[0])
        return;
    console_say(console, "New time zone rules move %s. %s shows and renews %s.",
                show_count(console->turn, moved, "meeting"),
                console_key_of(console, ACT_ZONES, V_COMMANDS), moved == 1 ? "it" : "them");
    console->message_style = STYLE_RISK;
}

void zones_step(struct console *console)
{
    if (console->zones.done || !console->has_store)
        return;
    if (!console->zones.arena)
        look_begin(console);
    if (desk_zones_look(console->session, &console->zones) != ERR_OK) {
        error_clear(&console->session->error); /* the timer shows that the store is away */
        console->zones.done = true;
    }
    if (console->zones.done)
        announce(console);
}

void zones_again(struct console *console)
{
    if (console->zones_told)
        look_begin(console);
}

/* A repair also brings right what has nothing to do with time zones. */
static void say_repaired(struct console *console, const struct repairs *repairs)
{
    size_t moved = repairs->moved, others = repairs->lines.count - moved;
    const char *more = others ? arena_format(console->turn, ", and repaired %s",
                                             show_count(console->turn, others, "other fault"))
                              : "";
    console_say(console, "Renewed the times of %s%s.", show_count(console->turn, moved, "meeting"),
                more);
}

static void renew(struct console *console, void *context)
{
    (void)context;
    struct repairs repairs;
    if (console_failed(console, desk_repair(console->session, console->turn, &repairs)))
        return;
    struct text out = text_start(console->turn);
    for (size_t i = 0; i < repairs.lines.count; i++)
        text_addf(&out, "%s\n", utf8_printable(console->turn, repairs.lines.items[i], false));
    if (repairs.copy)
        text_addf(&out, "\nThe store as it was is in %s\n",
                  utf8_printable(console->turn, repairs.copy, false));
    look_begin(console);
    console->zones_told = 0;
    console_changed(console);
    if (repairs.lines.count)
        text_open(console, "What was repaired", out.bytes);
    say_repaired(console, &repairs);
}

/* Searches from the beginning to the end. False: it was stopped, or the store could not be read. */
static bool look_whole(struct console *console)
{
    struct progress progress;
    bool going = true;
    enum err err = ERR_OK;
    look_begin(console);
    progress_begin(&progress, console, "Looking for meetings that move", "meetings", 0);
    while (!err && going && !console->zones.done) {
        int64_t done = console->zones.after;
        going = done == 0 || progress_step(&progress, done);
        if (going)
            err = desk_zones_look(console->session, &console->zones);
    }
    progress_end(&progress);
    console_failed(console, err);
    console->zones_told = console->zones.done ? console->zones.moved : 0;
    return console->zones.done;
}

void zones_ask(struct console *console)
{
    if (!look_whole(console))
        return;
    const struct zones_look *look = &console->zones;
    if (!look->moved) {
        console_say(console, "No meeting moves: the rules of the time zones are as they were.");
        return;
    }
    struct arena *arena = arena_new();
    struct text out = text_start(arena);
    text_addf(&out,
              "The rules of time zones have changed since %zu meeting%s stored. The local times "
              "stay, and the instants move. Until they are renewed a lookup still answers by the "
              "stored ones. Attendees' calendars will see the meetings as changed.\n\n",
              look->moved, look->moved == 1 ? " was" : "s were");
    for (size_t i = 0; i < look->lines.count; i++)
        text_addf(&out, "%s\n", utf8_printable(arena, look->lines.items[i], false));
    if (look->moved > look->lines.count)
        text_addf(&out, "and %zu more\n", look->moved - look->lines.count);
    dialog_ask(console, arena,
               &(struct dialog){.title = "Renew the times of what moves?",
                                .text = out.bytes,
                                .yes = "renew",
                                .no = "leave everything as it is",
                                .run = renew});
}
