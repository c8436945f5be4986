/*
 * Arenas: memory is zeroed, aligned and apart, also after a reset; copies and formats are whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <base/arena.h>
#include <string.h>

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (int round = 0; round < 3; round++) {
        unsigned char *pieces[200];
        for (size_t i = 0; i < 200; i++) {
            size_t size = i * i % 997;
            pieces[i] = arena_alloc(arena, size);
            assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
            for (size_t at = 0; at < size; at++)
                assert_int_equal(pieces[i][at], 0);
            memset(pieces[i], (int)i + 1, size);
        }
        for (size_t i = 0; i < 200; i++)
            for (size_t at = 0; at < i * i % 997; at++)
                assert_int_equal(pieces[i][at], (unsigned char)(i + 1));
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
    arena_free(arena);
}

static void large_pieces_fit(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (size_t size = 1; size < 8 * 1024 * 1024; size = size * 3 + 1) {
        char *piece = arena_alloc(arena, size);
        assert_int_equal(piece[0], 0);
        assert_int_equal(piece[size - 1], 0);
        memset(piece, 'x', size);
        char *small = arena_alloc(arena, 8);
        assert_int_equal(small[0], 0);
    }
    arena_free(arena);
}

/* Two pieces that grow in turn, from small to blocks of their own; nobody loses anything. */
static void pieces_grow(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    size_t size = 24;
    unsigned char *pieces[2] = {arena_alloc(arena, size), arena_alloc(arena, size)};
    memset(pieces[0], 'a', size);
    memset(pieces[1], 'b', size);
    while (size < 8 * 1024 * 1024) {
        size_t wanted = size * 2 + 8;
        for (int i = 0; i < 2; i++) {
            pieces[i] = arena_grow(arena, pieces[i], size, wanted);
            assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
            for (size_t at = 0; at < size; at += 1 + size / 100)
                assert_int_equal(pieces[i][at], 'a' + i);
            assert_int_equal(pieces[i][size - 1], 'a' + i);
            memset(pieces[i], 'a' + i, wanted);
            memset(arena_alloc(arena, 100), 'c', 100);
        }
        size = wanted;
    }
    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
    arena_free(arena);
}

static void nothing_is_a_piece_too(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    void *first = arena_alloc(arena, 0);
    void *second = arena_alloc(arena, 0);
    assert_non_null(first);
    assert_ptr_not_equal(first, second);
    assert_non_null(arena_array(arena, 0, 8));
    arena_free(arena);
    arena_free(NULL);
}

static void copies_are_whole(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_null(arena_copy(arena, NULL));
    assert_string_equal(arena_copy(arena, ""), "");
    assert_string_equal(arena_copy(arena, "Ada"), "Ada");
    assert_string_equal(arena_copy_n(arena, "Ada Lovelace", 3), "Ada");
    assert_string_equal(arena_copy_n(arena, "Ada", SIZE_MAX), "Ada");
    assert_string_equal(arena_copy_n(arena, "Ada", 0), "");
    const char unterminated[3] = {'A', 'd', 'a'};
    assert_string_equal(arena_copy_n(arena, unterminated, 3), "Ada");
    arena_free(arena);
}

static void formats_of_every_length(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const int lengths[] = {0, 1, 254, 255, 256, 257, 5000, 100000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char *text = arena_format(arena, "%*s", lengths[i], "");
        assert_int_equal(strlen(text), lengths[i]);
    }
    assert_string_equal(arena_format(arena, "%s has %d", "Ada", 3), "Ada has 3");
    arena_free(arena);
}

static void use_is_counted(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    arena_alloc(arena, 100);
    arena_array(arena, 10, 10);
    assert_int_equal(arena_used(arena), 200);
    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
    arena_free(arena);
}

/*
 * The same use again and again ends up in one place, which is no new memory; a giant is given back.
 */
static void a_reset_keeps_the_largest_block(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    char *before = NULL, *now = NULL;
    for (int round = 0; round < 4; round++) {
        arena_reset(arena);
        before = now;
        now = arena_alloc(arena, (size_t)300 * 1024);
        memset(now, 'x', (size_t)300 * 1024);
        arena_alloc(arena, 5000);
    }
    assert_ptr_equal(before, now);
    arena_alloc(arena, (size_t)64 * 1024 * 1024);
    arena_reset(arena);
    assert_ptr_equal(arena_alloc(arena, 100), now);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(large_pieces_fit),
        cmocka_unit_test(pieces_grow),
        cmocka_unit_test(nothing_is_a_piece_too),
        cmocka_unit_test(copies_are_whole),
        cmocka_unit_test(formats_of_every_length),
        cmocka_unit_test(use_is_counted),
        cmocka_unit_test(a_reset_keeps_the_largest_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
