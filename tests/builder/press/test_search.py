"""The search index: what is in it, when it is written, and that a site does without it."""

import gzip
import importlib.util
import json
import os
import re
import shutil

import pytest
from click.testing import CliRunner

from builder import cli, settings, site
from builder.errors import UsageError
from builder.press import indexing, policy, search
from builder.publish import headers
from builder.reporter import Recorded

ARTICLE = """\
---
title: Curved lines
model: glyphs
---

Some words about herons, and {unit}`mixed3b:17`.

## A second part

Other *words* about bitterns $x^2$.[^more]

- An item with `code`
- Another with a [link](https://example.org)

| A | B |
| --- | --- |
| one | two |

Term
: What it means

[^more]: A note.

```python
kingfisher = 1
```

:::{probe}
:name: numbers
:units: mixed3b:1
:log: LOG

A caption about egrets.
:::

$$ spoonbill $$
"""


@pytest.fixture
def pagefind() -> None:
    """Skip where Pagefind is a luxury; in CI its absence is a failure."""
    if importlib.util.find_spec("pagefind") is None:
        if os.environ.get("CI"):
            pytest.fail("Pagefind is not installed, and CI must test search")
        pytest.skip("Pagefind is not installed")


@pytest.fixture
def searched(root, pagefind):
    """A site with one article and search."""
    (root / "pyproject.toml").write_text("[tool.microscribe]\ntitle = 'Trial'\nsearch = true\n")
    (root / "articles" / "lines.md").write_text(ARTICLE.replace("LOG", str(root / "log")))
    return root


def build(root, **options) -> site.Result:
    return site.build(settings.load(root), Recorded(), site.Options(device="cpu", **options))


def fragments(root, made="site/pagefind") -> dict[str, dict[str, object]]:
    """Read what Pagefind keeps of each page, by address."""
    folder = root / made / "fragment"
    texts = [gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd") for path in folder.iterdir()]
    return {one["url"]: one for one in map(json.loads, texts)}


def test_articles_figures_and_units_can_be_found_and_nothing_else(searched) -> None:
    assert build(searched).problems == ()
    found = fragments(searched)
    kinds = {url: (one["meta"]["kind"], one["meta"]["title"]) for url, one in found.items()}
    assert kinds == {
        "/lines/index.html": ("Article", "Curved lines"),
        "/figures/lines/numbers.html": ("Figure", "Figure 1 of Curved lines"),
        "/units/glyphs/index.html": ("Network", "Units of glyphs"),
        "/units/glyphs/mixed3b-17.html": ("Unit", "mixed3b:17"),
    }
    assert found["/figures/lines/numbers.html"]["meta"]["place"] == "lines/index.html#fig-numbers"
    assert "egrets" in found["/figures/lines/numbers.html"]["content"]
    assert "mixed3b" in found["/units/glyphs/mixed3b-17.html"]["content"]


def test_prose_is_indexed_without_figures_code_formulas_and_navigation(searched) -> None:
    build(searched)
    text = fragments(searched)["/lines/index.html"]["content"]
    assert "herons" in text
    assert "bitterns" in text
    for word in ("egrets", "kingfisher", "spoonbill", "Cite this", "Trial", "#"):
        assert word not in text, word
    caption = fragments(searched)["/figures/lines/numbers.html"]["content"]
    for word in ("How this was made", "CSV", "Enlarge", "log"):
        assert word not in caption, word


def test_pagefind_finds_the_same_in_whole_pages(searched) -> None:
    """What pages are reduced to is what Pagefind reads of them: all but the anchors that results do not lead to."""
    build(searched)
    for path in (searched / "site").rglob("*.html"):
        page = searched / "pages" / path.relative_to(searched / "site")
        if b"data-pagefind-body" in path.read_bytes():
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_bytes(path.read_bytes())
    indexing.run(str(searched))
    whole = fragments(searched, "made")
    for page in whole.values():
        page["anchors"] = [anchor for anchor in page["anchors"] if re.fullmatch("h[1-6]", anchor["element"])]
    assert fragments(searched) == whole
    assert names(searched / "site" / "pagefind" / "index") == names(searched / "made" / "index")


@pytest.mark.slow
def test_headings_can_be_led_to(searched) -> None:
    build(searched)
    anchors = fragments(searched)["/lines/index.html"]["anchors"]
    assert ("h2", "a-second-part", "A second part") in {(a["element"], a["id"], a["text"]) for a in anchors}


@pytest.mark.slow
def test_a_second_build_writes_nothing_and_asks_pagefind_nothing(searched, monkeypatch) -> None:
    assert any(name.startswith("pagefind/") for name in build(searched).changed)
    monkeypatch.setattr(indexing, "run", None)
    assert build(searched).changed == ()
    assert (searched / "site" / "pagefind" / "pagefind.js").is_file()
    assert names(searched / ".microscribe" / "search" / "made" / "fragment") == names(
        searched / "site" / "pagefind" / "fragment"
    )


@pytest.mark.slow
def test_changed_words_change_the_index_and_stale_parts_go(searched) -> None:
    build(searched)
    before = {path.name for path in (searched / "site" / "pagefind" / "fragment").iterdir()}
    path = searched / "articles" / "lines.md"
    path.write_text(path.read_text().replace("bitterns", "gannets"))
    assert "lines/index.html" in build(searched, searched=False).changed
    assert {path.name for path in (searched / "site" / "pagefind" / "fragment").iterdir()} == before
    assert all(name.startswith("pagefind/") for name in build(searched).changed)
    after = {path.name for path in (searched / "site" / "pagefind" / "fragment").iterdir()}
    assert len(before - after) == len(after - before) == 1
    assert "gannets" in fragments(searched)["/lines/index.html"]["content"]
    assert names(searched / ".microscribe" / "search" / "made" / "fragment") == names(
        searched / "site" / "pagefind" / "fragment"
    )


@pytest.mark.slow
def test_an_index_made_bit_by_bit_is_that_of_a_build_from_nothing(searched) -> None:
    articles = searched / "articles"
    for name, bird in (("gone", "auks"), ("old", "grebes")):
        (articles / f"{name}.md").write_text(f"---\ntitle: Of {bird}\n---\n\nWords about {bird}.\n")
    build(searched)
    (articles / "gone.md").unlink()
    (articles / "old.md").rename(articles / "renamed.md")
    (articles / "lines.md").write_text((articles / "lines.md").read_text().replace("bitterns", "gannets"))
    build(searched)
    (articles / "new.md").write_text("---\ntitle: Of terns\n---\n\nWords about terns.\n")
    build(searched)
    found = {url: one["content"] for url, one in fragments(searched).items() if url.count("/") == 2}
    assert {url.split("/")[1] for url in found} == {"lines", "renamed", "new"}
    assert "gannets" in found["/lines/index.html"]
    index = contents(searched / "site" / "pagefind")
    shutil.rmtree(searched / ".microscribe" / "search")
    shutil.rmtree(searched / "site" / "pagefind")
    build(searched)
    assert contents(searched / "site" / "pagefind") == index


@pytest.mark.slow
def test_a_build_with_problems_leaves_the_index_of_the_last_whole_one(searched) -> None:
    build(searched)
    before = fragments(searched)
    path = searched / "articles" / "lines.md"
    path.write_text(path.read_text().replace(":::{probe}", ":::{prob}"))
    assert build(searched).failed
    assert fragments(searched) == before


@pytest.mark.slow
def test_nothing_of_pagefinds_own_looks_is_published(searched) -> None:
    build(searched)
    files = {path.name for path in (searched / "site" / "pagefind").iterdir() if path.is_file()}
    assert not [name for name in files if re.search(r"ui|highlight|\.css$", name)]


@pytest.mark.slow
def test_without_the_setting_there_is_no_search(searched) -> None:
    build(searched)
    assert 'class="search-open"' in (searched / "site" / "lines" / "index.html").read_text()
    assert ".search-hits" in style(searched)
    (searched / "pyproject.toml").write_text("[tool.microscribe]\ntitle = 'Trial'\n")
    build(searched)
    assert not (searched / "site" / "pagefind").exists()
    for page in (searched / "site").rglob("*.html"):
        assert "search-open" not in page.read_text()
    assert ".search-hits" not in style(searched)


def test_a_site_with_nothing_to_find_is_built(root, pagefind) -> None:
    (root / "pyproject.toml").write_text("[tool.microscribe]\nsearch = true\n")
    assert not build(root).failed
    assert not (root / "site" / "pagefind").exists()


@pytest.mark.slow
def test_a_figure_shown_alone_in_another_site_brings_no_search(searched) -> None:
    build(searched)
    assert "search-open" not in (searched / "site" / "figures" / "lines" / "numbers.html").read_text()


@pytest.mark.parametrize("absent", [("pagefind",), ("pagefind_bin", "pagefind_bin_extended")])
def test_where_pagefind_is_missing_a_build_says_how_to_get_it(root, monkeypatch, absent) -> None:
    there = importlib.util.find_spec
    monkeypatch.setattr(search.importlib.util, "find_spec", lambda name: None if name in absent else there(name))
    (root / "pyproject.toml").write_text("[tool.microscribe]\nsearch = true\n")
    with pytest.raises(UsageError, match=r"pip install 'microscribe\[search\]'"):
        build(root)
    result = CliRunner().invoke(cli.main, ["build", "--site", str(root)])
    assert result.exit_code == 2
    assert "Pagefind" in result.output
    assert "Traceback" not in result.output


@pytest.mark.slow
def test_what_pagefind_says_when_it_fails_is_told(searched, monkeypatch, tmp_path) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho first >&2\necho 'no room left' >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setattr(indexing, "program", lambda: str(program))
    with pytest.raises(UsageError, match="Pagefind failed: no room left"):
        build(searched)


def test_only_a_site_with_search_may_run_webassembly() -> None:
    plain, searched = policy.policy(), policy.policy(searched=True)
    assert plain == policy.POLICY
    assert searched.replace(" 'wasm-unsafe-eval'", "") == plain
    assert "script-src 'self' 'wasm-unsafe-eval';" in searched
    assert "'unsafe-eval'" not in searched
    assert b"wasm" not in headers.headers_file(["index.html"])
    assert searched.encode() in headers.headers_file(["index.html", search.START])


def contents(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def names(folder) -> set[str]:
    return {path.name for path in folder.iterdir()}


def style(root) -> str:
    return "".join(path.read_text() for path in (root / "site" / "assets").glob("style.*.css"))
