"""Units that were found once are found in the store, and what decides them is in the key."""

import hashlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from builder.engine import finding
from builder.engine.finding import Wanted
from builder.errors import BuildError
from builder.store import Store

WANTED = Wanted("glyphs", "mixed3b", "glyphs:200", "strict", 0)
ROWS = [{"unit": 3, "preferred_deg": 90.0}]


def digest(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


@pytest.fixture
def engine(tmp_path: Path):
    """An engine that can look into its store and do nothing else."""

    def measuring():
        raise AssertionError("nothing is to be measured")

    sources = SimpleNamespace(digest=digest)
    return SimpleNamespace(store=Store(tmp_path), sources=sources, check_device=lambda: None, measuring=measuring)


@pytest.fixture
def catalogue():
    def model(name: str):
        return SimpleNamespace(digest=digest("weights", name))

    def code(name: str) -> list[tuple[str, str]]:
        return [(f"networks.{name}", "load")]

    return SimpleNamespace(model=model, code=code, dataset=lambda name: (name, digest("images", name)))


def test_what_was_found_is_not_looked_for_again(engine, catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_measured", lambda *_: ROWS)
    assert finding.find(engine, catalogue, WANTED) == ROWS
    monkeypatch.undo()
    assert finding.find(engine, catalogue, WANTED) == ROWS
    with pytest.raises(AssertionError, match="nothing is to be measured"):
        finding.find(engine, catalogue, replace(WANTED, layer="mixed4a"))


@pytest.mark.parametrize(
    "change",
    [
        {"model": "glyphs-shape"},
        {"layer": "mixed4a"},
        {"dataset": "glyphs:100"},
        {"rule": "tuned"},
        {"most": 3},
        {"kind": "lines", "family": ("figures.methods.families", "lines")},
    ],
)
def test_all_that_is_asked_for_decides_the_key(engine, catalogue, change: dict[str, object]) -> None:
    assert finding._key(engine, catalogue, replace(WANTED, **change)) != finding._key(engine, catalogue, WANTED)


def test_the_source_of_the_search_decides_the_key_too(engine, catalogue) -> None:
    before = finding._key(engine, catalogue, WANTED)
    engine.sources.digest = lambda *parts: digest("edited", *parts)
    assert finding._key(engine, catalogue, WANTED) != before


@pytest.mark.parametrize("error", [ValueError("no such layer"), RuntimeError("out of memory")])
def test_what_a_network_says_is_a_problem_and_nothing_is_kept(engine, catalogue, monkeypatch, error) -> None:
    def fail(*_: object):
        raise error

    monkeypatch.setattr(finding, "_measured", fail)
    with pytest.raises(BuildError, match=str(error)):
        finding.find(engine, catalogue, WANTED)
    assert list(engine.store.keys(finding.KIND)) == []
