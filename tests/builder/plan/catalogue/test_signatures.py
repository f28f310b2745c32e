"""The signatures of figures, read from their source."""

from pathlib import Path

import pytest

from builder import gathering, settings
from builder.errors import Place
from builder.plan import plan
from builder.plan.request import Asked, Request
from builder.read.markdown.directives import COMMON
from builder.reporter import Recorded
from figures.signature import RESERVED

CROSSES = """\
import torch

from figures.methods.families import family
from figures.methods.stimuli import band

HALF = 2.0


@family("crosses", second="arm", unit="px", values=(0.1, 0.2))
def crosses(outward, along, arm_px, pen):
    return band(outward, -arm_px, arm_px) * band(along, -HALF, HALF)
"""


def bound(root: Path, families: str) -> tuple[Request | None, list[str]]:
    house = plan.open_house(settings.load(root), Recorded())
    options = {"units": "mixed3b:1", "families": families}
    asked = Asked("tuning-heatmap", options, {"families": 12}, Place(Path("a.md"), 10), root)
    request, problems = house.binder.bind(asked, {"model": "glyphs", "dataset": "glyphs:100"})
    return request, [str(problem) for problem in problems]


def test_figures_are_described_from_their_source(root: Path) -> None:
    signature = plan.signatures(settings.load(root))["probe"]
    assert signature.summary == "Show numbers."
    assert signature.question == "How often is a thing measured?"
    assert signature.parameters["power"].about == "how often to multiply, and more."
    assert signature.parameters["units"].required


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("def probe(units", "def probe(units:", "not valid Python"),
        ("power: int = 1", "power: set = 1", "parameter 'power' has type set; expected one of"),
        ("power: int = 1", "power: int = min(1, 2)", "the default of 'power' must be a plain value"),
        ("power: int = 1", "power=1", "parameter 'power' needs a type"),
        (
            "power: int = 1",
            "width: int = 1",
            "parameter 'width' is an option of every directive; expected another name",
        ),
        ("power: int = 1", "power: Seed = -1", "the default of 'power' is -1; expected 0 to 4294967295"),
    ],
)
def test_a_script_that_cannot_be_read_is_a_problem_with_its_line(root: Path, old, new, expected) -> None:
    script = root / "figures" / "gallery" / "zz_probe.py"
    script.write_text(script.read_text().replace(old, new))
    line = next(n for n, text in enumerate(script.read_text().splitlines(), 1) if new in text)
    house = plan.open_house(settings.load(root), Recorded())
    assert len(house.problems) == 1
    assert str(house.problems[0]).startswith(f"figures/gallery/zz_probe.py:{line}: ")
    assert expected in str(house.problems[0])


def test_no_figure_may_take_an_option_of_every_directive() -> None:
    assert COMMON < RESERVED


@pytest.mark.parametrize(("seed", "expected"), [(-1, "seed: -1; expected 0 to 4294967295"), (7, None)])
def test_a_seed_that_no_figure_takes_is_told_where_it_stands(root: Path, seed: int, expected: str | None) -> None:
    front = f"---\ntitle: A\nmodel: glyphs\ndataset: glyphs:9\nseed: {seed}\n---\n"
    (root / "articles" / "a.md").write_text(f"{front}\n:::{{probe}}\n:name: p\n:units: mixed3b:1\n:log: x\n:::\n")
    config = settings.load(root)
    [article] = gathering.discover(config)
    made = plan.plan_article(plan.open_house(config, Recorded()), article)
    assert [str(problem) for problem in made.problems] == ([f"articles/a.md:5: {expected}"] if expected else [])
    assert len(made.requests) == (expected is None)


@pytest.mark.slow
def test_a_family_of_the_site_can_be_named_and_decides_the_key(root: Path) -> None:
    script = root / "figures" / "gallery" / "crosses.py"
    assert bound(root, "crosses")[1][0].startswith("a.md:12: tuning-heatmap: families: 'crosses' is not one of arcs, ")
    script.write_text(CROSSES)
    both, arcs = bound(root, "arcs, crosses")[0], bound(root, "arcs")[0]
    assert both.parameters["families"] == ["arcs", "crosses"]
    assert "figures.gallery.crosses:HALF" in both.parts["sources"]
    script.write_text(CROSSES.replace("HALF = 2.0", "HALF = 3.0"))
    assert bound(root, "arcs, crosses")[0].key != both.key
    assert bound(root, "arcs")[0].key == arcs.key


@pytest.mark.slow
def test_an_unknown_family_is_a_problem_with_its_line_and_the_nearest_name(root: Path) -> None:
    assert bound(root, "angels")[1][0].endswith("did you mean 'angles'?")
    (root / "figures" / "gallery" / "crosses.py").write_text(CROSSES.replace('"crosses"', "NAME"))
    assert bound(root, "arcs")[1] == []


@pytest.mark.parametrize("name", ["../out.csv", "{out}/out.csv", "link.csv", ".env.csv", "deep.json"])
def test_no_page_shows_a_file_that_is_hidden_or_lies_outside(root: Path, tmp_path_factory, name: str) -> None:
    out = tmp_path_factory.mktemp("out")
    for file in (out / "out.csv", root.parent / "out.csv", root / ".env.csv"):
        file.write_text("a,b\n1,2\n")
    (root / "link.csv").symlink_to(out / "out.csv")
    (root / "deep.json").write_text("[" * 100_000)
    house = plan.open_house(settings.load(root), Recorded())
    figure, options = "csv-chart", {"data": name.format(out=out), "x": "a", "y": "b"}
    if name.endswith(".json"):
        figure, options = "vega-lite", {"spec": name}
    request, [problem] = house.binder.bind(Asked(figure, options, {}, Place(Path("a.md"), 10), root), {})
    assert request is None
    expected = "cannot be bound: RecursionError" if name == "deep.json" else "is not a file to publish; keep a copy"
    assert expected in str(problem)
