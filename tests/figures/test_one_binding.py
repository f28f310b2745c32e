"""The same mistake gets the same words in a directive and in a notebook."""

import inspect
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from builder import settings
from builder.errors import Place
from builder.plan import plan
from builder.plan.request import Asked
from builder.reporter import Recorded
from figures import lab, run, specs
from figures.methods import families

LABELS = "image,label,annotator\n"
OURS = str(Path(run.__file__).parent)


def is_ours(function: Callable[..., object]) -> bool:
    return inspect.unwrap(function).__code__.co_filename.startswith(OURS)


@pytest.fixture(autouse=True)
def only_what_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what scripts of a site have registered that another test built in this process."""
    for name in [name for name, function in run.FIGURES.items() if not is_ours(function)]:
        monkeypatch.delitem(run.FIGURES, name)
    for name, module in list(sys.modules.items()):
        for function in vars(module).values() if name.startswith("figures.gallery.") else ():
            if inspect.isfunction(function) and hasattr(function, "figure_name") and is_ours(function):
                monkeypatch.setitem(run.FIGURES, function.figure_name, function)
    for name in [name for name, family in families.FAMILIES.items() if not is_ours(family.covers)]:
        monkeypatch.delitem(families.FAMILIES, name)


UNIT, UNITS = {"unit": "mixed3b:3"}, {"units": "mixed3b:3"}

MISTAKES = [
    ("radial-tunin", {}),
    ("nothing-like-it", {}),
    ("radial-tuning", {}),
    ("unit-card", {}),
    ("label-agreement", {}),
    ("curve-units", {}),
    ("radial-tuning", {**UNITS, "radii": "3"}),
    ("radial-tuning", {**UNITS, "colour": "red"}),
    ("radial-tuning", {**UNITS, "width": "page"}),
    ("shape-bias", {"control": "true"}),
    ("shape-bias", {"axis": "shpe"}),
    ("error-consistency", {"cue": "textur"}),
    ("error-consistency", {"per_pair": 0}),
    ("error-consistency", {"models": "glyph"}),
    ("radial-tuning", {**UNITS, "normalise": "bogus"}),
    ("radial-tuning", {**UNITS, "normalise": ""}),
    ("radial-tuning", {**UNITS, "angle": "peek"}),
    ("attribution", {**UNIT, "choose": "strongst"}),
    ("tuning-curve", {**UNITS, "normalise": "Unit"}),
    ("feature-visualization", {**UNITS, "objective": "layer"}),
    ("radial-tuning", {**UNITS, "seed": "x"}),
    ("radial-tuning", {**UNITS, "seed": 1.5}),
    ("radial-tuning", {**UNITS, "seed": -1}),
    ("radial-tuning", {**UNITS, "seed": 2**32}),
    ("radial-tuning", {**UNITS, "seed": None}),
    ("radial-tuning", {**UNITS, "seed": True}),
    ("radial-tuning", {**UNITS, "multiples": "maybe"}),
    ("radial-tuning", {**UNITS, "multiples": 2}),
    ("radial-tuning", {**UNITS, "control": "x"}),
    ("radial-tuning", {**UNITS, "size": 1_000_000}),
    ("radial-tuning", {**UNITS, "orientations": 3}),
    ("radial-tuning", {**UNITS, "orientations": "seven"}),
    ("radial-tuning", {**UNITS, "radii_px": "6, twelve"}),
    ("radial-tuning", {**UNITS, "radii_px": (6.0, float("nan"))}),
    ("radial-tuning", {**UNITS, "radii_px": (6.0, float("inf"))}),
    ("radial-tuning", {**UNITS, "radii_px": (-6,)}),
    ("radial-tuning", {**UNITS, "radii_px": tuple(range(1, 70))}),
    ("feature-visualization", {**UNITS, "steps": -5}),
    ("feature-visualization", {**UNITS, "diversity": 0}),
    ("attribution", {**UNIT, "count": 0}),
    ("attribution", {**UNIT, "count": 17}),
    ("attribution", {**UNIT, "images": (0, -1)}),
    ("attribution", {**UNIT, "tile": 1}),
    ("angle-to-curve", {**UNITS, "row": 0}),
    ("activation-distribution", {**UNIT, "tail": (1.0,)}),
    ("joint-tuning", {**UNITS, "step": 90}),
    ("spline-tracing", {"image": -1}),
    ("equivariance", UNITS),
    ("stimulus-grid", {**UNIT, "family": ("arcs", "filled")}),
    ("stimulus-grid", {**UNIT, "family": "arks"}),
    ("tuning-heatmap", {**UNITS, "families": ("arcs", "nonsense")}),
    ("radial-tuning", {"units": "mixed3x:1"}),
    ("radial-tuning", {"units": "mixed3b:9999"}),
    ("radial-tuning", {"units": "three"}),
    ("radial-tuning", {"units": ""}),
    ("radial-tuning", {"units": "mixed3b:5..3"}),
    ("radial-tuning", {"units": ("mixed3b:3", "mixed3b:4@99,0")}),
    ("radial-tuning", {"units": ("mixed3b:3", 4.5)}),
    ("unit-card", {"unit": "shape:0@1,1"}),
    ("unit-card", {"unit": "mixed3b"}),
    ("unit-card", {"unit": 3}),
    ("curve-units", {"layer": "mixed3"}),
    ("curve-units", {"layer": "shape.pre"}),
    ("attribution", {**UNIT, "layer": "mixd3a"}),
    ("attribution", {**UNIT, "layer": "shape"}),
    ("unit-edge", {"image": 1, "edge": "mixed4b:3"}),
    ("unit-edge", {"image": 1, "edge": "mixed4b:3 -> mixed4b:4"}),
    ("unit-edge", {"image": 1, "edge": "mixed4b:3 -> mixed3x:4"}),
    ("unit-edge", {"image": 1, "edge": "shape:sta -> mixed3b:4", "model": "glyphs"}),
    ("network-dissection", {"layers": "mixed4b, shap"}),
    ("network-diagram", {"layers": "mixed4"}),
    ("curve-families", {"layers": "shape"}),
    ("class-atlas", {"layer": "mixed4b", "label": "sta", "model": "glyphs"}),
    ("class-atlas", {"layer": "mixed4b", "label": "star", "head": "shap", "model": "glyphs"}),
    ("class-atlas", {"layer": "mixed4b", "label": "star", "head": "texture", "model": "glyphs"}),
    ("class-comparison", {"layer": "mixed4b", "classes": "star, hart", "model": "glyphs"}),
    ("patch-test", {"layer": "mixed4b", "classes": ("star", "99"), "model": "glyphs"}),
    ("informative-patches", {"classes": "star, hart", "model": "glyphs-bag-17"}),
    ("unit-card", {**UNIT, "model": "glyph"}),
    ("unit-card", {**UNIT, "model": "glyphs@best"}),
    ("unit-card", {"unit": "nothing", "model": "glyph", "seed": "x"}),
    ("shape-bias", {"models": ("glyphs", "gliphs")}),
    ("unit-card", {**UNIT, "dataset": "glyphs:none"}),
    ("unit-card", {**UNIT, "dataset": "gliphs:10"}),
    ("unit-card", {**UNIT, "dataset": "photos"}),
    ("label-agreement", {"labels": "label.csv"}),
    ("label-agreement", {"labels": "elsewhere/labels.csv"}),
    ("spline-tracing", {"source": ".."}),
    ("label-stackplot", {**UNIT, "bins": 65, "samples": 0, "show": "all"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "pyproject.toml").write_text("[tool.microscribe]\n")
    (folder / "labels.csv").write_text(LABELS)
    return folder


@pytest.fixture(scope="module")
def house(root: Path) -> plan.House:
    return plan.open_house(settings.load(root), Recorded())


def written(value: object) -> str:
    """Write a value as an author would."""
    if isinstance(value, tuple):
        return ", ".join(map(written, value))
    return "none" if value is None else str(value)


def placeless(messages: Iterable[str]) -> list[str]:
    """Say of a file beside the article only that it is here."""
    return [message.replace("beside the article", "here") for message in messages]


def in_a_directive(house: plan.House, root: Path, figure: str, options: dict[str, object]) -> list[str]:
    texts = {name: written(value) for name, value in options.items()}
    request, problems = house.binder.bind(Asked(figure, texts, {}, Place(Path("a.md"), 1), root), {})
    assert request is None
    return placeless(problem.message for problem in problems)


def in_a_notebook(root: Path, figure: str, options: dict[str, object]) -> list[str]:
    with lab.using(lab.Lab(device="cpu", site=specs.Site(root))), pytest.raises(ValueError) as caught:  # noqa: PT011
        run.figure(figure, device="cpu", **options)
    return placeless(str(caught.value).splitlines())


@pytest.mark.parametrize(("figure", "options"), MISTAKES)
def test_directives_and_notebooks_say_the_same(house, root, monkeypatch, figure: str, options: dict) -> None:
    monkeypatch.chdir(root)
    said = in_a_directive(house, root, figure, options)
    assert said
    assert in_a_notebook(root, figure, options) == said
    assert in_a_notebook(root, figure, {name: written(value) for name, value in options.items()}) == said


def test_there_are_fifty_different_mistakes(house, root) -> None:
    said = {message for figure, options in MISTAKES for message in in_a_directive(house, root, figure, options)}
    assert len(said) >= 50


def test_each_mistake_of_a_call_has_a_line(root: Path) -> None:
    figure, options = MISTAKES[-1]
    assert [line.split(":")[1].strip() for line in in_a_notebook(root, figure, options)] == ["show", "bins", "samples"]
