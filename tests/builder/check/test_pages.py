"""Pages as they were written, read for what a check needs of them."""

from pathlib import Path

from builder.check.pages import Link, Page, read_pages

HTML = """<!doctype html><base href="https://example.org/"><h1 id="top">A</h1>
<figure id="fig-a"><img src="a.png" alt=""><figure><a href="b.html#c">b</a></figure></figure>
<script data-runtime="v.js"></script><a href="">nowhere</a><p id="">"""


def test_addresses_come_in_order_and_say_where_they_stand() -> None:
    links = Page("x/index.html", HTML).links
    assert links == (Link("a.png", "img", "src"), Link("b.html#c", "a", "href"), Link("v.js", "script", "data-runtime"))


def test_ids_and_figures_are_known() -> None:
    page = Page("x/index.html", HTML)
    assert page.ids == {"top", "fig-a"}
    assert page.figures == {"fig-a": ("a.png",), "": ("b.html#c",)}


def test_pages_are_read_by_their_path_from_the_folder(tmp_path: Path) -> None:
    for name in ("index.html", "deep/er/index.html", "deep/data.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<p id=é>", "utf-8")
    pages = read_pages(tmp_path)
    assert list(pages) == ["deep/er/index.html", "index.html"]
    assert all(page.path == name and page.ids == {"é"} for name, page in pages.items())
