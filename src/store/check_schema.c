/*
 * Whether the store still has every table and index that its migrations made: what the rules of the
 * design rest on (that an ID is there once, above all) is kept by them.
 */
#include "check.h"

#include <base/embedded.h>
#include <string.h>

static const struct {
    const char *words;
    const char *noun; /* NULL: the statement takes it away again */
} statements[] = {
    {"CREATE TABLE ", "table"}, {"CREATE INDEX ", "index"}, {"CREATE UNIQUE INDEX ", "index"},
    {"DROP TABLE ", NULL},      {"DROP INDEX ", NULL},
};

struct schema_part {
    const char *noun, *name;
    const char *statement; /* up to its semicolon and on */
};

struct schema VECTOR(struct schema_part);

static void part_drop(struct schema *schema, const char *name)
{
    size_t kept = 0;
    for (size_t i = 0; i < schema->count; i++)
        if (strcmp(schema->items[i].name, name) != 0)
            schema->items[kept++] = schema->items[i];
    schema->count = kept;
}

/* The statements of our own files begin their lines. */
static void line_learn(struct arena *arena, struct schema *schema, const char *line)
{
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        size_t n = strlen(statements[i].words);
        if (strncmp(line, statements[i].words, n) != 0)
            continue;
        const char *name = arena_copy_n(arena, line + n, strcspn(line + n, " (;\n"));
        if (statements[i].noun)
            *vector_push(arena, schema) = (struct schema_part){statements[i].noun, name, line};
        else
            part_drop(schema, name);
    }
}

static void schema_learn(struct arena *arena, struct schema *schema)
{
    const char *file;
    for (size_t i = 0; (file = embedded_name(i)) != NULL; i++) {
        if (strncmp(file, "schema/", 7) != 0)
            continue;
        for (const char *line = embedded_find(file, NULL); line; line = strchr(line, '\n')) {
            line += *line == '\n';
            line_learn(arena, schema, line);
        }
    }
}

/* Tells what is missing, or makes missing indexes, which can be made without losing anything. */
static enum err part_look(struct check *check, struct arena *arena, const struct schema_part *part,
                          bool mend)
{
    struct db *db = check->store->db;
    bool there = true, any = true;
    size_t lines = 0;
    if (mend && strcmp(part->noun, "index") != 0)
        return ERR_OK;
    enum err err = db_tables(db, part->name, &there, &any);
    if (!err && !there && mend)
        err = db_execute(db, arena_copy_n(arena, part->statement, strcspn(part->statement, ";")));
    if (err || there)
        return err;
    check->broken = check->broken || !mend;
    check_say(check, &lines, arena_format(arena, "schema: the %s is missing: ", part->noun),
              part->name);
    return ERR_OK;
}

static enum err parts_look(struct check *check, bool mend)
{
    struct arena *arena = arena_new();
    struct schema schema = {0};
    enum err err = ERR_OK;
    schema_learn(arena, &schema);
    for (size_t i = 0; i < schema.count && !err; i++)
        err = part_look(check, arena, &schema.items[i], mend);
    arena_free(arena);
    return err;
}

enum err check_schema(struct check *check)
{
    return parts_look(check, false);
}

enum err check_schema_mend(struct check *check)
{
    return parts_look(check, true);
}
