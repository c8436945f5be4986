/*
 * Files, folders, modules and randomness: whole or not at all, with the reason where not.
 */
#include "support/folder.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/file.h>
#include <base/module.h>
#include <base/random.h>
#include <base/vector.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct place {
    struct arena *arena;
    char folder[SUPPORT_FOLDER_SIZE];
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    if (!place)
        return -1;
    place->arena = arena_new();
    *state = place;
    return support_folder(place->folder) ? 0 : -1;
}

static void remove_tree(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder) {
        unlink(path);
        return;
    }
    struct arena *arena = arena_new();
    for (struct dirent *entry; (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            remove_tree(arena_format(arena, "%s/%s", path, entry->d_name));
    closedir(folder);
    rmdir(path);
    arena_free(arena);
}

static int tear_down(void **state)
{
    struct place *place = *state;
    remove_tree(place->folder);
    arena_free(place->arena);
    free(place);
    return 0;
}

static char *path_of(const struct place *place, const char *name)
{
    return arena_format(place->arena, "%s/%s", place->folder, name);
}

static size_t entries(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count - 2;
}

static void what_is_written_is_read(void **state)
{
    struct place *place = *state;
    const size_t sizes[] = {0, 1, 4095, 4096, 4097, 100000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *path = path_of(place, "a"), *bytes = arena_alloc(place->arena, sizes[i]),
             *back = NULL;
        for (size_t at = 0; at < sizes[i]; at++)
            bytes[at] = (char)(at * 31);
        size_t size = 7;
        assert_int_equal(file_write(path, bytes, sizes[i], 0600, NULL), ERR_OK);
        assert_int_equal(file_read(place->arena, path, sizes[i], &back, &size, NULL), ERR_OK);
        assert_int_equal(size, sizes[i]);
        assert_memory_equal(back, bytes, size);
        assert_int_equal(back[size], 0);
    }
    assert_int_equal(entries(place->folder), 1);
}

/* To a pipe that takes a part at a time, and to one that nobody reads. */
static void all_bytes_are_written(void **state)
{
    struct place *place = *state;
    enum { SIZE = 300000 }; /* more than a pipe holds */
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        _exit(file_write_all(ends[1], arena_alloc(place->arena, SIZE), SIZE));
    }
    close(ends[1]);
    size_t size = 0;
    char part[1000];
    for (ssize_t n; (n = read(ends[0], part, sizeof part)) > 0; size += (size_t)n)
        ;
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(size, SIZE);
    assert_int_equal(file_write_all(-1, "x", 1), EBADF);
    assert_int_equal(file_write_all(-1, "x", 0), 0);
}

static void modes_are_as_given(void **state)
{
    struct place *place = *state;
    const unsigned modes[] = {0600, 0644, 0640};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        struct stat status;
        char *path = path_of(place, "mode");
        assert_int_equal(file_write(path, "x", 1, modes[i], NULL), ERR_OK);
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 07777, modes[i]);
    }
}

static void large_files_are_refused(void **state)
{
    struct place *place = *state;
    struct error error = {0};
    char *path = path_of(place, "large"), *back = NULL;
    size_t size;
    assert_int_equal(file_write(path, "0123456789", 10, 0600, NULL), ERR_OK);
    assert_int_equal(file_read(place->arena, path, 9, &back, &size, &error), ERR_INVALID);
    assert_string_equal(error.what, path);
    assert_string_equal(error.why, "it is larger than 9 bytes");
    assert_int_equal(file_read(place->arena, path, 0, &back, &size, &error), ERR_INVALID);
    assert_int_equal(file_read(place->arena, path, SIZE_MAX, &back, &size, NULL), ERR_OK);
    assert_int_equal(size, 10);
    assert_int_equal(file_read(place->arena, "/dev/zero", 100000, &back, &size, NULL), ERR_INVALID);
}

static void what_is_not_there_is_said(void **state)
{
    struct place *place = *state;
    struct error error = {0};
    char *back = NULL;
    size_t size;
    assert_int_equal(file_read(place->arena, path_of(place, "none"), 10, &back, &size, &error),
                     ERR_NOT_FOUND);
    assert_int_equal(file_read(place->arena, place->folder, 10, &back, &size, &error), ERR_INVALID);
    assert_int_equal(file_write(path_of(place, "none/a"), "x", 1, 0600, &error), ERR_NOT_FOUND);
    assert_string_equal(error.what, path_of(place, "none/a"));
}

/* A file that can't take its name's place leaves nothing behind. */
static void failed_writes_leave_nothing(void **state)
{
    struct place *place = *state;
    struct error error = {0};
    assert_int_equal(file_make_folder(path_of(place, "taken/inside"), NULL), ERR_OK);
    assert_int_not_equal(file_write(path_of(place, "taken"), "x", 1, 0600, &error), ERR_OK);
    assert_string_equal(error.what, path_of(place, "taken"));
    assert_int_equal(entries(place->folder), 1);
}

/* What a user writes has the mode that the umask gives, and takes no other file's place. */
static void new_files_take_no_place(void **state)
{
    struct place *place = *state;
    struct error error = {0};
    struct stat status;
    char *path = path_of(place, "new"), *back = NULL;
    size_t size;
    mode_t before = umask(027);
    assert_int_equal(file_write_new(path, "one", 3, &error), ERR_OK);
    umask(before);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
    assert_int_equal(file_write_new(path, "two", 3, &error), ERR_REFUSED);
    assert_string_equal(error.why, "there is a file of this name already");
    assert_int_equal(file_read(place->arena, path, 10, &back, &size, NULL), ERR_OK);
    assert_string_equal(back, "one");
    assert_int_equal(file_write_new(path_of(place, "none/new"), "x", 1, &error), ERR_NOT_FOUND);
    assert_int_equal(file_write_new(place->folder, "x", 1, &error), ERR_INVALID);
    assert_string_equal(error.why, "it is a folder, not a file");
    assert_int_equal(file_write_new("/dev/null", "x", 1, &error), ERR_INVALID);
    assert_string_equal(error.why, "it is no file");
}

static void overwriting_keeps_the_mode(void **state)
{
    struct place *place = *state;
    struct error error = {0};
    struct stat status;
    char *path = path_of(place, "over"), *back = NULL;
    size_t size;
    assert_int_equal(file_overwrite(path, "x", 1, &error), ERR_NOT_FOUND);
    assert_int_equal(file_write(path, "a longer text", 13, 0604, &error), ERR_OK);
    assert_int_equal(file_overwrite(path, "short", 5, &error), ERR_OK);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0604);
    assert_int_equal(file_read(place->arena, path, 20, &back, &size, NULL), ERR_OK);
    assert_string_equal(back, "short");
    assert_int_equal(file_overwrite("/dev/null", "x", 1, &error), ERR_INVALID);
    assert_int_equal(file_overwrite(place->folder, "x", 1, &error), ERR_INVALID);
}

static void folders_are_made_with_their_parents(void **state)
{
    struct place *place = *state;
    struct error error = {0};
    struct stat status;
    char *deep = path_of(place, "one/two//three/");
    assert_int_equal(file_make_folder(deep, NULL), ERR_OK);
    assert_int_equal(file_make_folder(deep, NULL), ERR_OK);
    assert_int_equal(stat(deep, &status), 0);
    assert_true(S_ISDIR(status.st_mode));
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(file_write(path_of(place, "file"), "x", 1, 0600, NULL), ERR_OK);
    assert_int_equal(file_make_folder(path_of(place, "file/below"), &error), ERR_IO);
    assert_string_equal(error.what, path_of(place, "file"));
    assert_int_equal(file_make_folder("", &error), ERR_INVALID);
    assert_int_equal(file_make_folder("/", NULL), ERR_OK);
}

static void missing_modules_are_named(void **state)
{
    (void)state;
    struct error error = {0};
    const void *record = NULL;
    assert_int_equal(module_open("no-such-module", &record, &error), ERR_IO);
    assert_string_equal(error.what, "module 'no-such-module'");
    assert_null(record);
}

/*
 * The module beside the test programs, where it is built: of this build, and the same when asked
 * for again.
 */
static void modules_are_opened_once(void **state)
{
    (void)state;
    const void *record = NULL, *again = NULL;
    struct error error = {0};
    enum err err = module_open("curses", &record, &error);
    if (err && strstr(error.what, "module 'curses'"))
        skip();
    assert_int_equal(err, ERR_OK);
    assert_string_equal(*(const char *const *)record, MODULE_STAMP);
    assert_int_equal(module_open("curses", &again, NULL), ERR_OK);
    assert_ptr_equal(record, again);
}

/* A source that gives out fixed numbers. */
static void fixed_fill(void *self, void *bytes, size_t size)
{
    const uint64_t **next = self;
    assert_int_equal(size, sizeof **next);
    memcpy(bytes, *next, size);
    ++*next;
}

static void numbers_are_drawn_without_bias(void **state)
{
    (void)state;
    /* 2^64 mod 10 is 6: the lowest six values would give 0 to 5 once too often. */
    const uint64_t numbers[] = {0, 5, 6, 17, UINT64_MAX};
    const uint64_t *next = numbers;
    struct random source = {fixed_fill, &next};
    assert_int_equal(random_below(source, 10), 6);
    assert_int_equal(random_below(source, 10), 7);
    assert_int_equal(random_below(source, 10), 5);
    next = numbers;
    assert_int_equal(random_below(source, 1), 0);
    size_t seen[7] = {0};
    for (int i = 0; i < 7000; i++)
        seen[random_below(random_kernel(), 7)]++;
    for (size_t i = 0; i < 7; i++)
        assert_in_range(seen[i], 700, 1300); /* ten standard deviations */
}

static void uids_are_lower_case_and_differ(void **state)
{
    (void)state;
    char first[UID_SIZE], second[UID_SIZE];
    uid_new(first);
    uid_new(second);
    assert_int_equal(strlen(first), UID_SIZE - 1);
    assert_int_equal(strspn(first, "0123456789abcdef-"), UID_SIZE - 1);
    assert_int_equal(first[14], '4');
    assert_string_not_equal(first, second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_is_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_bytes_are_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(modes_are_as_given, set_up, tear_down),
        cmocka_unit_test_setup_teardown(large_files_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(failed_writes_leave_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(new_files_take_no_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(overwriting_keeps_the_mode, set_up, tear_down),
        cmocka_unit_test_setup_teardown(folders_are_made_with_their_parents, set_up, tear_down),
        cmocka_unit_test(missing_modules_are_named),
        cmocka_unit_test(modules_are_opened_once),
        cmocka_unit_test(numbers_are_drawn_without_bias),
        cmocka_unit_test(uids_are_lower_case_and_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
