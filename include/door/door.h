/*
 * The bridge's doors: protocols in, admissions out. cli calls this. Whatever comes in is foreign:
 * it is bounded in size and in time, and nothing that it holds is taken as a command.
 */
#ifndef DOOR_DOOR_H
#define DOOR_DOOR_H

#include <desk/admit.h>

/*
 * One call of an Asterisk, as AGI on two descriptors: reads the call's variables, asks the caller
 * for the digits unless the dial plan gives them, and sets DIALDESK_STATUS and the rest. `trunk`
 * NULL: as the channel's name says. Whoever hangs up, sends garbage or nothing ends it; a store
 * that does not answer within ADMISSION_SECONDS ends the process, when DIALDESK_STATUS is ERROR
 * already. A socket is shut down at the end, whoever else holds it.
 */
void door_agi(struct session *session, int in, int out, const char *trunk);

struct serving {
    const char *listen;       /* "127.0.0.1:8085", "unix:PATH", or "fd": handed over by systemd */
    const char *secret_file;  /* NULL: the systemd credential "secret" */
    const char *jitsi_domain; /* behind the @ of the rooms that Jitsi is told; NULL: none */
};

/*
 * The HTTP door: serves until SIGTERM or SIGINT comes. ERR_INVALID, ERR_DENIED and ERR_IO if it
 * can't begin; afterwards a store that fails is an answer, and no error.
 */
enum err door_serve(struct session *session, const struct serving *serving);

#endif
