/*
 * HTML as text: tags that end lines and words, entities, links' addresses, and HTML that is
 * damaged.
 */
#include "exchange/html_text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

struct html_case {
    const char *html, *text;
};

static void expect(const struct html_case *cases, size_t count)
{
    struct arena *arena = arena_new();
    for (size_t i = 0; i < count; i++)
        assert_string_equal(html_text(arena, cases[i].html), cases[i].text);
    arena_free(arena);
}

static void tags_end_lines_and_words(void **state)
{
    static const struct html_case cases[] = {
        {"", ""},
        {"a<br>b<BR/>c", "a\nb\nc"},
        {"<p>a</p><p>b</p>", "\na\n\nb\n"},
        {"<td>a</td><td>1</td>", "  a    1  "},
        {"<b>a</b><span class=x>b</span>", "ab"},
        {"a \r\n\t b", "a b"},
        {"<pre>a\n  b</pre>\n c", "\na\n  b\nc"},
        {"<ul><li>a<li>b</ul>", "\n\na\nb\n"},
        {"a<script>if (1 < 2) x();</script>b<style>p {}</style>c<!-- d > e -->f", "abcf"},
        {"<script>never ends", ""},
        {"a<blockquote>b<br>c</blockquote>d", "a\n> b\n> c\nd"},
        {"</blockquote>a<br>b", "\na\nb"},
        {"<title>t</title>x<?xml y?>z<!DOCTYPE html>", "\nt\nxz"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

static void every_entity_is_read(void **state)
{
    static const struct html_case cases[] = {
        {"a&nbsp;b", "a\xC2\xA0"
                     "b"},
        {"&#43;49&#x2B;&#X2b;", "+49++"},
        {"&#43 1", "+ 1"},
        {"&lt;a&gt; &amp;amp;", "<a> &amp;"},
        {"&AElig;&zwnj;&Aacute;", "Æ\xE2\x80\x8CÁ"},
        {"&bne;", "=\xE2\x83\xA5"},
        {"&num;&plus;&comma;", "#+,"},
        {"&copy 1 &copy=1 &hearts 1", "© 1 &copy=1 &hearts 1"},
        {"&nosuch; & &; &# &#x; &#xg", "&nosuch; & &; &# &#x; &#xg"},
        {"&#0;&#xD800;&#x110000;&#99999999999;", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
                                                 "9;"},
        {"&zz", "&zz"},
        {"ID:&nbsp4711&notit;&ampx", "ID:\xC2\xA0"
                                     "4711\xC2\xAC"
                                     "it;&x"},
        {"&hearts1;&Alpha1 &n1", "&hearts1;&Alpha1 &n1"},
        {"<a href=x?a&copyb&amp;c>y</a>", "y<x?a&copyb&c>"},
        {"Konferenz&#150;ID &#x80;&#x81;&#x9F;",
         "Konferenz\xE2\x80\x93ID \xE2\x82\xAC\xEF\xBF\xBD\xC5\xB8"},
        {"&A;", "&A;"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

static void addresses_of_links_follow_their_words(void **state)
{
    static const struct html_case cases[] = {
        {"<a href=\"http://x.example/?a=1&amp;id=2\">here</a>.",
         "here<http://x.example/?a=1&id=2>."},
        {"<A class=b HREF='tel:+49,,1#'>call</A>", "call<tel:+49,,1#>"},
        {"<a href=http://x.example>here</a>", "here<http://x.example>"},
        {"<a href = \"x\">a<br>b</a>", "a<x>\nb"},
        {"<a href=x>a<a href=y>b", "a<x>b<y>"},
        {"<a name=href>a</a>", "a"},
        {"<a href>a</a>", "a"},
        {"<a href=\"1>2\">a</a>", "a<1>2>"},
        {"<a data-href=x>a</a>", "a"},
        {"<blockquote><a href=x></a></blockquote>", "\n> <x>\n"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

static void damaged_html_is_read_as_far_as_it_can_be(void **state)
{
    static const struct html_case cases[] = {
        {"1 < 2 > 1", "1 < 2 > 1"},
        {"a<b", "a<b"},
        {"a<b c=\"d>e", "ae"},
        {"a<", "a<"},
        {"a</", "a</"},
        {"a</>b", "a</>b"},
        {"a<!-- b", "a<!-- b"},
        {"a<!-->b", "a"},
        {"a<it's>b", "ab"},
        {"<averyveryverylongname>a", "a"},
        {"<a href=\"x>y", "y<x>"},
    };
    (void)state;
    expect(cases, COUNT(cases));
}

static void notes_have_no_blanks_around_them(void **state)
{
    static const struct html_case cases[] = {
        {"", ""},
        {" <p>&nbsp;</p>\n<p>&nbsp; </p> ", ""},
        {"<html>\n<p>a</p><div>&nbsp;</div><div></div>\n<p>b&nbsp;</p></html>", "a\n\nb"},
        {"<p>a<br>b &nbsp; <br>\n c</p>", "a\nb\nc"},
        {"<p>&nbsp;a&nbsp;b</p>", "\xC2\xA0"
                                  "a\xC2\xA0"
                                  "b"},
        {"<pre>  a\n\n\n  b</pre>", "a\n\nb"},
    };
    struct arena *arena = arena_new();
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(html_notes(arena, cases[i].html), cases[i].text);
    arena_free(arena);
}

static void hostile_html_is_got_through(void **state)
{
    static const char *const pieces[] = {"<",        "<a",         "<a \"",        "<a '>",
                                         "<!--",     "&",          "&#",           "<script>",
                                         "<a href=", "<a href=\"", "<blockquote>", "&lt",
                                         "</a",      "<!-- >",     "<b c=\"> \"",  "<a href='> '"};
    enum { SIZE = 1 << 20 };
    char *html = malloc(SIZE + 16);
    (void)state;
    for (size_t i = 0; i < COUNT(pieces); i++) {
        struct arena *arena = arena_new();
        size_t n = 0, length = strlen(pieces[i]);
        for (; n + length <= SIZE; n += length)
            memcpy(html + n, pieces[i], length);
        html[n] = '\0';
        assert_non_null(html_text(arena, html));
        arena_free(arena);
    }
    free(html);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_end_lines_and_words),
        cmocka_unit_test(every_entity_is_read),
        cmocka_unit_test(addresses_of_links_follow_their_words),
        cmocka_unit_test(damaged_html_is_read_as_far_as_it_can_be),
        cmocka_unit_test(notes_have_no_blanks_around_them),
        cmocka_unit_test(hostile_html_is_got_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
