/* As contracts.h, for the sources that read iCalendar: ical_fault returns false. */
#ifndef LINT_CONTRACTS_ICAL_H
#define LINT_CONTRACTS_ICAL_H

#include "../../src/exchange/ical_event.h"

#define ical_fault(...) (ical_fault(__VA_ARGS__), false)

#endif
