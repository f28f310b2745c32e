"""HTML in a text."""


def test_frames_headings_lists_and_emphasis_become_markdown(convert) -> None:
    made = convert(
        "<div>\n    <h2>Dots</h2>\n    <p>A <em>dot</em> and a <a href='https://x.org'>link</a>.</p>\n"
        "    <ul>\n      <li>one</li>\n      <li>two</li>\n    </ul>\n    <hr>\n</div>\n"
    )
    assert made.body == "## Dots\n\nA *dot* and a [link](https://x.org).\n\n- one\n\n- two\n\n***"


def test_a_paragraph_around_a_picture_is_a_figure(convert) -> None:
    made = convert(
        '<p align="center">\n  <img src="/images/a.png" width="300"> Figure 1. Dots.\n', files=("images/a.png",)
    )
    assert made.body == ":::{image} a.png\n:name: a\n:alt: Dots.\n:width: 300\n\nDots.\n:::"


def test_a_picture_within_a_line_stays_there(convert) -> None:
    made = convert("A ![dot](a.png){.small} here, ![no](b.png) there.", files=("a.png",))
    assert made.body == "A ![dot](a.png){.small} here, *no* (picture missing: `b.png`) there."


def test_a_picture_that_lies_beside_is_copied_though_another_has_its_name(convert) -> None:
    made = convert("![one](a.png)\n\n![two](sub/a.png)\n", files=("a.png", "sub/a.png"))
    assert ":::{image} a.png" in made.body
    assert ":::{image} sub-a.png" in made.body


def test_scripts_and_styles_are_left_out_and_told_in_full(convert) -> None:
    made = convert("a\n\n<style>\n.x { color: red }\n</style>\n\n<iframe src='https://x.org/v'></iframe>\n")
    assert made.body == "a\n\n[https://x.org/v](https://x.org/v)"
    assert ".x { color: red }" in made.new.report
    assert "old.md:3: <style>" in made.new.report


def test_of_a_whole_page_the_body_is_the_article(convert) -> None:
    page = "<!doctype html>\n<html><head><meta charset=utf-8><title>A &amp; b</title></head><body><p>Words.</p></body></html>"
    made = convert(page, "old.html")
    assert made.text.startswith("---\ntitle: A & b\n")
    assert made.body == "Words."
    assert "<meta charset" in made.new.report
