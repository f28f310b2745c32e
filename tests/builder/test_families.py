"""Families of stimuli are known by name before anything runs, and a figure that shows one depends on it."""

from pathlib import Path

from builder import plan, settings
from builder.errors import Place
from builder.reporter import Recorded
from builder.request import Asked, Request

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


def test_an_unknown_family_is_a_problem_with_its_line_and_the_nearest_name(root: Path) -> None:
    assert bound(root, "angels")[1][0].endswith("did you mean 'angles'?")
    (root / "figures" / "gallery" / "crosses.py").write_text(CROSSES.replace('"crosses"', "NAME"))
    assert bound(root, "arcs")[1] == []
