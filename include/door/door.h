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
 * already.
 */
void door_agi(struct session *session, int in, int out, const char *trunk);

#endif
