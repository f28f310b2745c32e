"""Search in Chromium: from the keys to the page that was found, under any address and the strict policy."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
from pathlib import Path

import pytest

from builder.output import Output
from builder.press import search
from builder.press.policy import POLICY
from tests.browser import sample
from tests.browser.host import serving

pytestmark = pytest.mark.browser

BASE = "/a/b/"
BROKEN = """
window.broken = [];
addEventListener("securitypolicyviolation", (event) => broken.push(`${event.effectiveDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="module")
def searched(tmp_path_factory) -> Path:
    """The sample site with an index; without Pagefind a failure in CI, elsewhere a reason to skip."""
    if importlib.util.find_spec("pagefind") is None:
        if os.environ.get("CI"):
            pytest.fail("Pagefind is not installed, and CI must test search")
        pytest.skip("Pagefind is not installed")
    folder, aside = tmp_path_factory.mktemp("searched"), tmp_path_factory.mktemp("aside")
    script, plain = sample.TEMPLATES / "static" / "search.js", sample.shared
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sample, "shared", lambda site: dataclasses.replace(
            plain(site), search=site.asset("search.js", script.read_bytes()), index=search.START
        ))  # fmt: skip
        pages = sample.build(folder, aside / "source")
    search.write(Output(folder, aside / "output.json", current=set(pages)), aside / "search")
    return folder


@pytest.fixture(scope="module")
def host(searched):
    with serving(searched, BASE) as address:
        yield address


@pytest.fixture
def visited(browser, host):
    """Open a page of the site on its host."""
    contexts = []

    def opened(address: str = "arcs/index.html", *, root: str = host, **settings):
        settings.setdefault("viewport", {"width": 1440, "height": 900})
        contexts.append(browser.new_context(reduced_motion="reduce", **settings))
        tab = contexts[-1].new_page()
        tab.set_default_timeout(120_000)
        tab.add_init_script(BROKEN)
        tab.goto(root + address)
        return tab

    yield opened
    for context in contexts:
        context.close()


def ask(tab, words: str, said: str = "result") -> list[str]:
    """Type into the open dialog; return the titles that are found."""
    tab.locator(".search-words").fill(words)
    tab.wait_for_function(
        "([words, said]) => document.querySelector('.search-hits').dataset.asked === words &&"
        " document.querySelector('.search-count').textContent.includes(said)", arg=[words, said]
    )  # fmt: skip
    return tab.locator(".search-title").all_inner_texts()


def focused(tab) -> str:
    return tab.evaluate("document.activeElement.className")


def test_what_is_found_is_opened_by_keys_alone_and_breaks_no_rule(visited, host):
    tab = visited("units/sample/mixed3b-3.html")
    tab.keyboard.press("/")
    tab.wait_for_selector("dialog.search[open]")
    assert focused(tab) == "search-words"
    assert "Arcs in a small sample" in ask(tab, "rhythm")
    assert tab.locator(".search-text mark").first.inner_text() == "rhythm"
    tab.keyboard.press("ArrowDown")
    assert focused(tab) == "search-hit"
    tab.keyboard.press("ArrowDown")
    assert focused(tab) == "search-section"
    assert tab.evaluate("broken") == []
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{host}arcs/index.html#what-the-units-look-like")
    assert not tab.locator("dialog.search").is_visible()


def test_arrows_lead_back_and_typing_goes_on_in_the_words(visited):
    tab = visited()
    tab.keyboard.press("/")
    ask(tab, "arcs")
    tab.keyboard.press("ArrowUp")
    assert focused(tab) == "search-words"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowUp")
    assert focused(tab) == "search-words"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("x")
    assert focused(tab) == "search-words"
    assert tab.input_value(".search-words").endswith("x")


def test_a_unit_is_found_by_its_number_and_by_its_name(visited, host):
    tab = visited()
    tab.locator(".search-open").click()
    for words in ("11", "mixed3b:11"):
        assert ask(tab, words)[0] == "mixed3b:11"
        assert tab.locator(".search-kind").first.inner_text() == "Unit"
    tab.locator(".search-words").press("Enter")
    tab.wait_for_url(f"{host}units/sample/mixed3b-11.html")


def test_enter_opens_the_first_even_before_it_is_shown(visited, host):
    tab = visited("index.html")
    tab.keyboard.press("/")
    tab.keyboard.type("mixed3b:12")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"{host}units/sample/mixed3b-12.html")


def test_escape_closes_and_leads_back_to_where_the_reader_was(visited):
    tab = visited()
    tab.locator(".search-open").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("dialog.search[open]")
    ask(tab, "arcs")
    tab.keyboard.press("Escape")
    assert not tab.locator("dialog.search").is_visible()
    assert focused(tab) == "search-open"
    assert tab.url.endswith("arcs/index.html")


def test_how_many_are_found_is_announced(visited):
    tab = visited()
    tab.keyboard.press("/")
    ask(tab, "rhythm")
    status = tab.locator("dialog.search [role=status]")
    assert status.inner_text() in ("One result:", "2 results:")
    assert ask(tab, "zyzzyva", "Nothing found") == []
    assert tab.locator(".search-hits a").count() == 0
    tab.locator(".search-words").fill("")
    tab.wait_for_function("() => document.querySelector('.search-count').textContent === ''")


def test_a_slash_in_a_field_is_a_slash(visited):
    tab = visited("units/sample/index.html")
    tab.locator("input[name=filter]").focus()
    tab.keyboard.press("/")
    assert not tab.locator("dialog.search").is_visible()
    assert tab.input_value("input[name=filter]") == "/"


def test_where_the_index_cannot_be_used_readers_are_told(browser, searched, visited):
    with serving(searched, BASE, rule=POLICY) as root:
        tab = visited(root=root)
        tab.keyboard.press("/")
        assert ask(tab, "arcs", "not available") == []


def test_pages_from_the_disk_and_without_scripts_show_no_search(searched, visited):
    tab = visited(root=searched.as_uri() + "/")
    tab.wait_for_selector(".scripts")
    assert not tab.locator(".search-open").is_visible()
    tab.keyboard.press("/")
    assert not tab.locator("dialog.search").is_visible()
    tab = visited(java_script_enabled=False)
    assert tab.locator(".search-open").count() == 1
    assert not tab.locator(".search-open").is_visible()
    assert not tab.locator("dialog.search").is_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_axe_finds_nothing_in_the_open_dialog(visited, scheme, width):
    if os.environ.get("CI"):
        import axe_playwright_python as package
    else:
        package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    tab = visited(color_scheme=scheme, viewport={"width": width, "height": 800})
    tab.keyboard.press("/")
    ask(tab, "arcs")
    tab.keyboard.press("ArrowDown")
    tab.evaluate((Path(package.__file__).parent / "axe.min.js").read_text("utf-8"))
    found = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
