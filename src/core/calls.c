/* Signs in the call log. */
#include <core/admission.h>
#include <core/calls.h>
#include <core/time.h>
#include <string.h>

const char *call_sign_name(enum call_sign sign)
{
    static const char *const names[] = {NULL, "misprint", "probing"};
    return names[sign];
}

char *call_caller(struct arena *arena, const struct call *call)
{
    if (!call->caller)
        return arena_copy(arena, "withheld");
    char *masked = caller_mask(arena, call->caller);
    return call->who ? arena_format(arena, "%s %s", masked, call->who) : masked;
}

/* A wrong try, by what is counted (the ID, or the caller), and what must differ. */
struct wrong_try {
    struct call *call;
    const char *one, *other;
};

static int compare_tries(const void *left, const void *right)
{
    const struct wrong_try *a = left, *b = right;
    int order = strcmp(a->one, b->one);
    if (order != 0)
        return order;
    return a->call->at == b->call->at ? 0 : a->call->at < b->call->at ? -1 : 1;
}

/*
 * How many tries behind the first one it takes to meet so many others within a day; 0: there are
 * not so many. A flood of the same is looked through so far only.
 */
static size_t reach(const struct wrong_try *tries, size_t count)
{
    enum { LOOKED_THROUGH = 1000 };
    const char *others[CALL_SIGN_LEAST];
    size_t met = 0;
    for (size_t i = 0; i < count && i < LOOKED_THROUGH; i++) {
        size_t known = 0;
        if (strcmp(tries[i].one, tries[0].one) != 0 || tries[i].call->at - tries[0].call->at >= DAY)
            return 0;
        while (known < met && strcmp(others[known], tries[i].other) != 0)
            known++;
        if (known == met)
            others[met++] = tries[i].other;
        if (met == CALL_SIGN_LEAST)
            return i + 1;
    }
    return 0;
}

static void tries_judge(struct wrong_try *tries, size_t count, enum call_sign sign)
{
    items_sort(tries, count, sizeof *tries, compare_tries);
    for (size_t i = 0; i < count; i++) {
        size_t reached = reach(tries + i, count - i);
        for (size_t j = 0; j < reached; j++)
            tries[i + j].call->sign = sign;
    }
}

void calls_judge(struct arena *arena, struct calls *calls)
{
    struct wrong_try *tries = arena_array(arena, calls->count + 1, sizeof *tries);
    size_t count = 0;
    for (size_t i = 0; i < calls->count; i++) {
        struct call *call = &calls->items[i];
        call->sign = CALL_SIGN_NONE;
        if (call->wrong && call->caller && *call->digits)
            tries[count++] = (struct wrong_try){call, call->digits, call->caller};
    }
    tries_judge(tries, count, CALL_SIGN_MISPRINT);
    for (size_t i = 0; i < count; i++)
        tries[i] = (struct wrong_try){tries[i].call, tries[i].call->caller, tries[i].call->digits};
    tries_judge(tries, count, CALL_SIGN_PROBING);
}
