"""Chromium and the sample site for the tests of pages."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests import once
from tests.browser import devices
from tests.browser.resting import stir

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    *devices.FLAGS,
)


def _absent(reason: str):
    """Skip where a browser is a luxury; in CI its absence is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI must test pages in a browser")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _absent("playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        _absent("no chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Write the sample site once for all processes; pages by address."""
    from tests.browser import sample

    def make(root: Path) -> None:
        pages = sample.build(root / "site", root / "source")
        (root / "pages.json").write_text(json.dumps({name: str(path) for name, path in pages.items()}), "utf-8")

    pages = once.folder(tmp_path_factory, "sample", make) / "pages.json"
    return {name: Path(path) for name, path in json.loads(pages.read_text("utf-8")).items()}


@pytest.fixture
def visit(browser, site):
    """Open a page of the sample from the disk; settings are those of a browser context."""
    contexts = []

    def opened(address: str = "arcs/index.html", *, before=None, **settings):
        settings.setdefault("viewport", {"width": 1440, "height": 900})
        settings.setdefault("reduced_motion", "reduce")
        contexts.append(browser.new_context(**settings))
        tab = contexts[-1].new_page()
        tab.set_default_timeout(120_000)
        if before:
            tab.add_init_script(before)
        tab.goto(site[address].as_uri())
        stir(tab)
        return tab

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def at(visit, site):
    """Open the article at a fragment."""

    def opened(fragment: str = "", **settings):
        tab = visit("404.html", **settings)
        tab.goto(f"{site['arcs/index.html'].as_uri()}{fragment}")
        stir(tab)
        return tab

    return opened
