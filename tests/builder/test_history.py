"""Why a figure is made again is told from the keys of the last builds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType, SimpleNamespace

from builder import history, settings
from builder.plan.choices import Choice, Choices, State


def asked(**parts: object) -> SimpleNamespace:
    return SimpleNamespace(parts={"figure": "probe", "models": {}, "sources": {}, **parts})


def planned(choices: Mapping[str, Choices] = MappingProxyType({}), **parts: object) -> SimpleNamespace:
    return SimpleNamespace(article=SimpleNamespace(slug="one"), requests={"fig-a": asked(**parts)}, choices=choices)


def why(site: settings.Settings, plan: SimpleNamespace) -> list[str]:
    return history.why(site, plan, history.named(plan)["fig-a"])


def test_what_changed_since_the_last_build_goes_before_what_changed_in_it(root: Path) -> None:
    site = settings.load(root)
    for steps in (1, 2):
        history.remember(site, planned(parameters={"steps": steps}))
    changed = why(site, planned(parameters={"steps": 3}))
    assert changed[0] == "fig-a will be made again at the next build:"
    assert "3" in changed[1]
    same = why(site, planned(parameters={"steps": 2}))
    assert same[:2] == ["fig-a is up to date: nothing changed since the last build.", "Before that:"]


def test_a_damaged_history_is_none(root: Path) -> None:
    site = settings.load(root)
    history.remember(site, planned(parameters={}))
    (site.store_folder / history.FOLDER / "one.json").write_bytes(b"{")
    assert why(site, planned(parameters={}))[0].startswith("fig-a will be made again")


def test_figures_that_readers_choose_among_are_told_of_together_where_the_same_is_true_of_them(root: Path) -> None:
    site = settings.load(root)
    steps = Choice("steps", "Steps", "", ("1", "2", "3"), "slider")

    def states(of: str) -> tuple[State, ...]:
        return tuple(State((n,), asked(parameters={"steps": n, "of": x})) for n, x in zip("123", of, strict=True))

    history.remember(site, planned({"fig-a": Choices((steps,), states("aaa"))}))
    assert why(site, planned({"fig-a": Choices((steps,), states("aab"))})) == [
        "fig-a[steps=1] and fig-a[steps=2] are up to date: nothing changed since the last build.",
        "fig-a[steps=3] will be made again at the next build:",
        '  parameter of: "a" became "b"',
    ]
