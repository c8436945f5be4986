/*
 * A vdir's files: which are looked at, safe names, and writing that takes nothing from anybody.
 */
#include "support/folder.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/vector.h>
#include <exchange/vdir.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
    struct arena *arena;
    struct vdir *vdir;
    char folder[SUPPORT_FOLDER_SIZE];
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    struct error error = {0};
    if (!place)
        return -1;
    place->arena = arena_new();
    *state = place;
    if (!support_folder(place->folder))
        return -1;
    return vdir_open(place->arena, place->folder, &place->vdir, &error) == ERR_OK ? 0 : -1;
}

static const char *path_of(const struct place *place, const char *name)
{
    return arena_format(place->arena, "%s/%s", place->folder, name);
}

static int tear_down(void **state)
{
    struct place *place = *state;
    static const char *const names[] = {"a.ics", "b.ics", "link.ics", ".dialdesk-sync-0.tmp"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(path_of(place, names[i]));
    vdir_close(place->vdir);
    int failed = rmdir(place->folder); /* nothing else was left behind */
    arena_free(place->arena);
    free(place);
    return failed;
}

static void put(const struct place *place, const char *name, const char *text)
{
    FILE *file = fopen(path_of(place, name), "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static const char *get(const struct place *place, const char *name)
{
    struct error error = {0};
    char *bytes = NULL;
    size_t size = 0;
    enum err err = vdir_read(place->arena, place->vdir, name, &bytes, &size, &error);
    return err == ERR_OK ? bytes : err == ERR_NOT_FOUND ? "(gone)" : "(error)";
}

static const char *hash_of(const struct place *place, const char *text)
{
    char hash[HASH_SIZE];
    hash_bytes(text, strlen(text), hash);
    return arena_copy(place->arena, hash);
}

static enum err write_whole(const struct place *place, const char *name, const char *text,
                            const char *expected)
{
    struct error error = {0};
    enum err err = vdir_stage(place->vdir, 0, name, text, strlen(text), &error);
    if (!err)
        err = vdir_flush(place->vdir, 1, &error);
    if (!err)
        err = vdir_publish(place->vdir, 0, name, expected, &error);
    vdir_tidy(place->vdir);
    return err;
}

static void test_writes_what_is_as_expected(void **state)
{
    const struct place *place = *state;
    assert_int_equal(write_whole(place, "a.ics", "one", NULL), ERR_OK);
    assert_string_equal(get(place, "a.ics"), "one");
    assert_int_equal(write_whole(place, "a.ics", "two", NULL), ERR_CONFLICT);
    assert_string_equal(get(place, "a.ics"), "one");
    assert_int_equal(write_whole(place, "a.ics", "two", hash_of(place, "one")), ERR_OK);
    assert_int_equal(write_whole(place, "a.ics", "three", hash_of(place, "one")), ERR_CONFLICT);
    assert_string_equal(get(place, "a.ics"), "two");
    assert_int_equal(write_whole(place, "b.ics", "x", hash_of(place, "x")), ERR_CONFLICT);
    assert_string_equal(get(place, "b.ics"), "(gone)");
}

static void test_removes_what_is_as_expected(void **state)
{
    const struct place *place = *state;
    struct error error = {0};
    put(place, "a.ics", "one");
    assert_int_equal(vdir_remove(place->vdir, "a.ics", hash_of(place, "two"), &error),
                     ERR_CONFLICT);
    assert_string_equal(get(place, "a.ics"), "one");
    for (int turn = 0; turn < 2; turn++) /* one that is gone is no error */
        assert_int_equal(vdir_remove(place->vdir, "a.ics", hash_of(place, "one"), &error), ERR_OK);
    assert_string_equal(get(place, "a.ics"), "(gone)");
}

static void test_follows_no_link(void **state)
{
    const struct place *place = *state;
    struct error error = {0};
    struct vdir_entries list = {0};
    put(place, "a.ics", "one");
    assert_int_equal(symlink("a.ics", path_of(place, "link.ics")), 0);
    assert_string_equal(get(place, "link.ics"), "(error)");
    assert_int_equal(write_whole(place, "link.ics", "two", hash_of(place, "one")), ERR_INVALID);
    assert_string_equal(get(place, "a.ics"), "one");
    assert_int_equal(vdir_list(place->arena, place->vdir, &list, &error), ERR_OK);
    assert_int_equal(list.count, 2);
    assert_null(vdir_entry_find(&list, "a.ics")->why);
    assert_non_null(vdir_entry_find(&list, "link.ics")->why);
    assert_null(vdir_entry_find(&list, "b.ics"));
}

static void test_names(void **state)
{
    const struct place *place = *state;
    static const struct {
        const char *uid, *begin;
        int turn;
    } cases[] = {
        {"plain-1@example.org", "plain-1@example.org.ics", 1},
        {"plain", "plain-2.ics", 2},
        {"../up", "_._up-", 1},
        {"a/b", "a_b-", 1},
        {".hidden", "_hidden-", 1},
        {"\xc3\x9cn\xc3\xaf", "__n__-", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *name = vdir_name(place->arena, cases[i].uid, cases[i].turn);
        if (strncmp(name, cases[i].begin, strlen(cases[i].begin)) != 0)
            fail_msg("'%s' became %s", cases[i].uid, name);
    }
    assert_string_not_equal(vdir_name(place->arena, "a/b", 1), vdir_name(place->arena, "a?b", 1));
    char uid[1000];
    memset(uid, 'x', sizeof uid - 1);
    uid[sizeof uid - 1] = '\0';
    assert_true(strlen(vdir_name(place->arena, uid, 1)) < 200);
}

static void test_finds_a_directory(void **state)
{
    const struct place *place = *state;
    struct error error = {0};
    const char *found = NULL;
    bool there = false;
    assert_int_equal(vdir_find(place->arena, path_of(place, "."), &found, &there, &error), ERR_OK);
    assert_true(there);
    assert_string_equal(found, place->folder);
    assert_int_equal(vdir_find(place->arena, path_of(place, "none"), &found, &there, &error),
                     ERR_OK);
    assert_false(there);
    assert_string_equal(found, path_of(place, "none"));
    assert_int_equal(vdir_find(place->arena, path_of(place, "none/such"), &found, &there, &error),
                     ERR_OK);
    assert_false(there);
    assert_string_equal(found, path_of(place, "none/such"));
    assert_int_equal(vdir_find(place->arena, "/none-such", &found, &there, &error), ERR_OK);
    assert_string_equal(found, "/none-such");
    put(place, "a.ics", "x");
    assert_int_equal(vdir_find(place->arena, path_of(place, "a.ics"), &found, &there, &error),
                     ERR_INVALID);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_writes_what_is_as_expected),
        CASE(test_removes_what_is_as_expected),
        CASE(test_follows_no_link),
        CASE(test_names),
        CASE(test_finds_a_directory),
    };
    return cmocka_run_group_tests_name("vdir", tests, NULL, NULL);
}
