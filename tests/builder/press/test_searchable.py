"""What is left of a page for Pagefind: its words as Pagefind would gather them, headings, pictures and its marks."""

import pytest

from builder.press.searchable import reduced


def words(body: str) -> str:
    """Reduce a page with a body; return what is left inside of what is searched."""
    page = f'<!doctype html>\n<html lang="en"><head><title>T</title></head><body><main data-pagefind-body>{body}</main></body></html>'
    start, end = '<html lang="en"><title>T</title><main data-pagefind-body>', "</main></html>\n"
    left = reduced(page.encode()).decode()
    assert left.startswith(start)
    return left.removeprefix(start).removesuffix(end)


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("a<em>b</em> <span class='x'>c <b>d</b></span>", "ab c d"),
        ("<p>One</p><p>Two.</p><p>Three?</p>", " One.  Two.  Three? "),
        ("<div><p>One</p></div>", "  One.  "),
        ("<li>é</li><li>5%</li>", " é.  5% "),
        ('one<a id="x">1</a>', "one 1"),
        ('<h2 id="a">A <i>b</i></h2>', '<h2 id="a">A b</h2>'),
        ("one<br>two", "one two"),
        ('<p><img src="a.png" alt="A > B">one</p>', ' <img src="a.png" alt="A > B">one. '),
        ("<math><mi>x</mi><mo>=</mo><msup><mi>y</mi><mn>2</mn></msup></math>", "x=y2"),
        ("one<!-- <p>two --> three", "one three"),
    ],
)
def test_words_stand_as_pagefind_gathers_them(body: str, left: str) -> None:
    assert words(body) == left


@pytest.mark.parametrize(
    "body",
    [
        "<div data-pagefind-ignore>a <p>b</p><span>c</span></div>",
        '<div class="code" data-pagefind-ignore><pre>a</pre></div>',
        "<nav><ol><li>a</li></ol></nav>",
        "<svg><title>a</title><path d='M0 0'/></svg>",
        "<script>if (a < b) { '<p>' }</script>",
    ],
)
def test_what_pagefind_leaves_out_is_left_out(body: str) -> None:
    assert words(body) == ""


def test_what_is_said_of_a_page_stays() -> None:
    marked = '<h1 class="x" data-pagefind-meta="title" data-pagefind-ignore>a</h1>'
    assert words(f"<header>{marked}</header>") == marked


def test_words_outside_of_what_is_searched_go() -> None:
    page = b'<html lang="de"><title>T</title><body><p>one</p><h1 data-pagefind-body>two</h1> three</body></html>'
    assert reduced(page) == b'<html lang="de"><title>T</title>  <h1 data-pagefind-body>two</h1></html>\n'


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"no page",
        b"<html><body>open",
        b"<html><body><p>one</body></html>",
        b"<html><body><b><i>one</b></i></body></html>",
        b"<html><body></p></body></html>",
        b"<html><body><nav><h1>one</h1></nav></body></html>",
        b'<html><body><div data-pagefind-ignore><b data-pagefind-meta="x">one</b></div></body></html>',
    ],
)
def test_a_page_that_is_not_written_as_ours_stays_as_it_is(page: bytes) -> None:
    assert reduced(page) == page
