/*
 * The scripted terminal: one key a turn, so that each key is drawn before the next one is read, as
 * for a person.
 */
#include "term_script.h"
#include "styles.h"
#include <base/utf8.h>
#include <console/keys.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *word_after(const char *token, const char *word)
{
    size_t n = strlen(word);
    return strncmp(token, word, n) == 0 && (token[n] == ' ' || !token[n])
               ? token + n + (token[n] == ' ')
               : NULL;
}

/* What a "<...>" token does. False: it was no key (it is done with). */
static bool token_key(struct term_script *s, const char *token, struct key *key)
{
    const char *rest;
    if ((rest = word_after(token, "Paste"))) {
        key->code = K_PASTE;
        key->text = rest;
    } else if (word_after(token, "Dump")) {
        if (s->canvas)
            text_add(&s->dumps, canvas_dump(s->arena, s->canvas));
        return false;
    } else if (word_after(token, "Styles")) {
        if (s->canvas)
            text_add(&s->dumps, canvas_dump_styles(s->arena, s->canvas));
        return false;
    } else if ((rest = word_after(token, "Call"))) {
        if (s->call)
            s->call(s->context, rest);
        return false;
    } else if ((rest = word_after(token, "Size"))) {
        char *end;
        s->term.cols = (int)strtol(rest, &end, 10);
        s->term.rows = (int)strtol(end + 1, NULL, 10);
        key->code = K_RESIZE;
    } else if ((rest = word_after(token, "Click")) && *rest) {
        char *end;
        key->code = K_CLICK;
        key->row = (int)strtol(rest, &end, 10);
        key->col = (int)strtol(end, NULL, 10);
    } else if (strcmp(token, "lt") == 0) {
        key->code = '<';
    } else {
        key->code = key_code_of(token, strlen(token));
    }
    if (key->code == K_NONE)
        die("the key script has no key <%s>", token);
    return true;
}

static enum term_read script_read(struct terminal *term, struct key *key)
{
    struct term_script *s = term->self;
    *key = (struct key){0};
    if (!s->rested) {
        s->rested = true;
        return TERM_NOTHING;
    }
    while (*s->at) {
        if (*s->at != '<') {
            key->code = utf8_next(&s->at, s->at + strlen(s->at));
            s->rested = false;
            return TERM_KEY;
        }
        const char *end = strchr(s->at, '>');
        if (!end)
            die("the key script has a '<' without a '>'");
        char *token = arena_copy_n(s->arena, s->at + 1, (size_t)(end - s->at - 1));
        s->at = end + 1;
        if (strcmp(token, "Idle") == 0) {
            term->idle = true;
            s->rested = false; /* what comes of it is drawn */
            return TERM_NOTHING;
        }
        if (token_key(s, token, key)) {
            s->rested = false;
            return TERM_KEY;
        }
    }
    return TERM_LOST;
}

static void script_put(struct terminal *term, const struct canvas *canvas)
{
    struct term_script *s = term->self;
    struct canvas *copy = s->canvas;
    if (!copy || copy->rows != canvas->rows || copy->cols != canvas->cols)
        copy = canvas_new(s->arena, canvas->rows, canvas->cols, canvas->ascii);
    memcpy(copy->cells, canvas->cells,
           (size_t)canvas->rows * (size_t)canvas->cols * sizeof *canvas->cells);
    copy->cursor_row = canvas->cursor_row;
    copy->cursor_col = canvas->cursor_col;
    s->canvas = copy;
}

static void script_nothing(struct terminal *term)
{
    (void)term;
}

static bool script_copy(struct terminal *term, const char *text)
{
    struct term_script *s = term->self;
    s->copied = arena_copy(s->arena, text);
    s->copies++;
    return true;
}

static void script_close(struct terminal *term)
{
    struct term_script *s = term->self;
    s->closed = true;
}

void term_script_open(struct term_script *script, struct arena *arena, int cols, int rows,
                      const char *keys)
{
    *script = (struct term_script){
        .arena = arena, .script = keys, .at = keys, .dumps = text_start(arena)};
    script->term = (struct terminal){.rows = rows,
                                     .cols = cols,
                                     .fd = -1,
                                     .patience_ms = -1,
                                     .self = script,
                                     .read = script_read,
                                     .put = script_put,
                                     .resize = script_nothing,
                                     .suspend = script_nothing,
                                     .resume = script_nothing,
                                     .copy = script_copy,
                                     .close = script_close};
}
