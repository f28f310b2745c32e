"""Why a figure is made again is told from the keys of the last builds."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from builder import history, settings


def planned(**parts: object) -> SimpleNamespace:
    requests = {"fig-a": SimpleNamespace(parts={"figure": "probe", "models": {}, "sources": {}, **parts})}
    return SimpleNamespace(article=SimpleNamespace(slug="one"), requests=requests)


def test_what_changed_since_the_last_build_goes_before_what_changed_in_it(root: Path) -> None:
    site = settings.load(root)
    for steps in (1, 2):
        history.remember(site, planned(parameters={"steps": steps}))
    changed = history.why(site, planned(parameters={"steps": 3}), "fig-a")
    assert changed[0] == "fig-a will be made again at the next build:"
    assert "3" in changed[1]
    same = history.why(site, planned(parameters={"steps": 2}), "fig-a")
    assert same[:2] == ["fig-a is up to date: nothing changed since the last build.", "Before that:"]


def test_a_damaged_history_is_none(root: Path) -> None:
    site = settings.load(root)
    history.remember(site, planned(parameters={}))
    (site.store_folder / history.FOLDER / "one.json").write_bytes(b"{")
    assert history.why(site, planned(parameters={}), "fig-a")[0].startswith("fig-a will be made again")
