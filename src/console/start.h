/* The first run's end: once there is an organizer, the view that was wanted. */
#ifndef START_H
#define START_H

struct console;

/* Does nothing where the start view is not what is open. */
void start_done(struct console *console);

#endif
