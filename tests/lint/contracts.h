/*
 * What the analyzer cannot see from one file alone, told to it by macros: error_set returns the
 * code that it is given, so that `return error_set(...)` is no success; and a transaction that
 * begins without an error does its work once at least, or ends in one. Included by analysis.py
 * ahead of each source but those that define these functions.
 */
#ifndef LINT_CONTRACTS_H
#define LINT_CONTRACTS_H

#include <base/error.h>
#include <desk/transaction.h>

#define error_set(error, code, ...) (error_set(error, code, __VA_ARGS__), (code))
#define error_set_what(error, code, ...) (error_set_what(error, code, __VA_ARGS__), (code))
#define writing_next(session, writing)                                                             \
    ((writing)->attempts == 0 && !(writing)->err ? (writing_next(session, writing), true)          \
                                                 : writing_next(session, writing))

#endif
