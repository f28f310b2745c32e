"""HTML of the author's own."""

import pytest

from builder.read.markdown import raw_html


@pytest.mark.parametrize(
    ("markdown", "seen"),
    [
        ('<img src="plate.png" alt="A"> text', '<img src="@plate.png" alt="A">'),
        ("<img alt=A src=plate.png>", '<img alt=A src="@plate.png">'),
        ("<video poster='plate.png' src='film.mp4'></video>", '<video poster="@plate.png" src="@film.mp4">'),
        ('<a href="data.csv">d</a> <a href="../other/index.html">o</a>', '<a href="@data.csv">d</a> <a href="../other'),
        ('A\n\n<img src="gone.png">', "index.md:13: no file 'gone.png' beside the article"),
        ('<img src="https://a.org/b.png">', "'https://a.org/b.png' lies on another host"),
        ("<d-cite key=a></d-cite>", "<d-cite> means nothing here; write [@key]"),
        ("<script>x</script>", "warning: <script>: pages run under a strict policy"),
        ('<a href="JavaScript:x">x</a>', "index.md:11: <a> 'JavaScript:x': expected https:, http:, mailto: or a path"),
        ("The <eos> and\n<pad> tokens", "index.md:12: <pad> is no element of HTML"),
        ("<Tweet id='1' />", "<Tweet> is a component of MDX, which no page has"),
        ("<dt-cite key=a></dt-cite>", "<dt-cite> means nothing here; write [@key]"),
        ("<figure><figcaption>A **word**</figcaption></figure>", "warning: '**word**' stays as it is written"),
        ("<div>\nwith $x_1$\n</div>", "warning: '$x_1$' stays as it is written"),
        ('<a href=" java\nscript:x">x</a>', "<a> ' java\\nscript:x': expected https:"),
        ('<svg><a xlink:href="javascript:x">x</a></svg>', "<a> 'javascript:x': expected https:"),
        ('<button formaction="javascript:x">x</button>', "<button> 'javascript:x': expected https:"),
        (
            '<img src="plate.png" srcset="a.png, https://a.org/b.png 2x">',
            "'https://a.org/b.png 2x' lies on another host",
        ),
        ('<link rel="stylesheet" href="//a.org/b.css">', "<link> '//a.org/b.css' lies on another host"),
        ('<base href="/x/">', "warning: <base>: pages run under a strict policy"),
        ('<p style="color:red">x</p>', "warning: <p style=…>: pages run under a strict policy"),
    ],
)
def test_files_go_with_it_and_what_cannot_work_is_told(draw, markdown: str, seen: str) -> None:
    assert seen in draw(markdown)


@pytest.mark.parametrize(
    "markdown",
    [
        "<svg viewBox='0 0 1 1'><linearGradient/></svg>",
        "<pre>a **b** <eos></pre>",
        "<!-- <eos> **a** -->",
        "<div>\n\n**a** $x_1$\n\n</div>",
        "<BR> <Kbd>a</Kbd> <sub>2</sub>",
        "`<eos>` and x < y > z",
        "<https://example.org> <a@example.org>",
    ],
)
def test_what_html_has_stays(draw, markdown: str) -> None:
    assert "index.md:" not in draw(markdown)


def test_words_that_look_like_attributes_stay() -> None:
    assert raw_html.placed("<p title='src=a.png'>src=\"b.png\"</p>", {"a.pn": "x"}) == (
        "<p title='src=a.png'>src=\"b.png\"</p>"
    )
