"""What Lighthouse says of the example articles; `python -m tests.benchmarks lighthouse` reports their speed too."""

from __future__ import annotations

import pytest

from tests.benchmarks.lighthouse import PAGES, SURE, judge
from tests.browser import node
from tests.browser.host import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def root(example):
    with serving(example.site) as address:
        yield address


def judged(address: str, preset: str):
    try:
        return judge(address, preset, SURE)
    except node.NoProgram as error:
        node.absent(str(error))


@pytest.mark.parametrize(("page", "preset"), [*((page, "mobile") for page in PAGES), (PAGES[-1], "desktop")])
def test_nothing_is_left_to_wish_for(root, page, preset):
    verdict = judged(root + page, preset)
    assert verdict.scores == dict.fromkeys(SURE, 100), verdict.faults


def test_faults_are_found(tmp_path):
    (tmp_path / "index.html").write_text("<html><title>x</title><img src=a.png><a href=#>here</a></html>")
    (tmp_path / "404.html").write_text("<p>Not here.</p>")
    with serving(tmp_path) as address:
        verdict = judged(address, "desktop")
    assert all(verdict.scores[name] < 100 for name in SURE)
    assert any(fault.startswith("image-alt") for fault in verdict.faults)
