"""Figures among which a reader chooses: each is what its own directive draws."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from builder.engine.artifacts import Control
from builder.plan.choices import Choice
from builder.press import states
from tests.builder.pages import sprite, view

POWER = Choice("power", "Power", "how often", ("1", "2"), "toggle")
STEPS = Control("step", "slider", ("0", "9"))
TEXT = "---\ntitle: {title}\n---\n\n{directives}\n"
ASKED = ":::{{probe}}\n:name: dot\n:units: mixed3b:3\n:log: {log}\n:power: {power}\n\nA dot.\n:::\n"


def stepped(*controls: Control):
    parts = [replace(sprite(), shown={controls[0].name: label}) for label in controls[0].labels]
    made = view(*parts)
    return replace(made, record=replace(made.record, controls=controls))


def test_a_control_of_all_states_stands_once() -> None:
    made = states.joined((POWER,), [(("1",), stepped(STEPS)), (("2",), stepped(STEPS))])
    assert [control for look in made.states for control, _ in look.controls] == [STEPS]
    assert [part.shown for look in made.states for part in look.parts] == [
        {"power": power, "step": step} for power in "12" for step in "09"
    ]


def test_controls_that_differ_are_each_of_their_state() -> None:
    made = states.joined((POWER,), [(("1",), stepped(STEPS)), (("2",), stepped(replace(STEPS, labels=("0", "5"))))])
    controls = [(control.name, shown) for look in made.states for control, shown in look.controls]
    assert controls == [("step-0", {"power": "1"}), ("step-1", {"power": "2"})]
    assert [part.shown for part in made.states[1].parts] == [{"power": "2", "step-1": step} for step in "05"]


def test_a_control_that_is_called_as_a_parameter_goes_by_another_name() -> None:
    same = stepped(replace(STEPS, name="power"))
    made = states.joined((POWER,), [(("1",), same), (("2",), same)])
    assert made.states[0].controls[0][0].name == "power-own"
    assert made.states[1].parts[1].shown == {"power": "2", "power-own": "9"}


def test_what_all_states_must_say_is_said_once() -> None:
    one, other = view(sprite(), notes=("A.",)), view(sprite(), notes=("B.",))
    assert states.joined((POWER,), [(("1",), one), (("2",), one)]).notes == [("A.", {})]
    both = states.joined((POWER,), [(("1",), one), (("2",), other)])
    assert both.notes == [("A.", {"power": "1"}), ("B.", {"power": "2"})]


def test_every_state_of_a_slider_is_what_its_directive_draws(built, root: Path) -> None:
    log = root / "log.txt"
    files = {"one/index.md": TEXT.format(title="One", directives=ASKED.format(log=log, power="1 ... 3"))}
    files |= {f"{n}.md": TEXT.format(title=n, directives=ASKED.format(log=log, power=n)) for n in "123"}
    problems, pages = built(files, "markdown = true\n")
    assert problems == []
    parts = [_parts(pages[number]) for number in "123"]
    assert re.findall(r'<div class="staged" data-shown="([^"]*)"( hidden data-other|)>\n*(.*?)\n*</div>', _parts(pages["one"]), re.S) == [
        (f"{{&#34;power&#34;: &#34;{n}&#34;}}", " hidden data-other" if n > 1 else "", part)
        for n, part in enumerate(parts, 1)
    ]  # fmt: skip
    for n in "23":
        alone, state = ((root / f"site/figures/{place}.html").read_text() for place in (f"{n}/dot", f"one/dot/{n}"))
        assert _numbers(state) == _numbers(alone)
        assert f"Power {n}" in state
        assert f'href="../figures/one/dot/{n}.html"' in pages["one"]
    assert "[Power 3](../figures/one/dot/3.html)" in (root / "site/one/index.md").read_text()
    assert len(log.read_text().split()) == 1


def _parts(html: str) -> str:
    """Give what stands in a figure, wherever its files lie."""
    figure = html[html.index('<figure class="figure') : html.index("<figcaption>")]
    body = figure.partition('<div class="figure-parts" data-pagefind-ignore>')[2].rpartition("</div>")[0]
    return re.sub(r"assets/[\w-]+?\.(?=\w+\.svg)", "assets/", body).strip()


def _numbers(html: str) -> str:
    return re.findall(r'<table class="data">.*?</table>', html, re.S)[0]


def test_a_value_is_that_of_the_figure_that_is_named() -> None:
    weak, strong = (view(sprite(), values={"peak": peak}) for peak in (1, 2))
    made = states.joined((POWER,), [(("1",), weak), (("2",), strong)])
    assert [made.of(named).record.values["peak"] for named in ({}, {"power": "1"}, {"power": "2"})] == [1, 1, 2]
    assert made.of({"power": "3"}) is None
