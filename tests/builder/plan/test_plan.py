"""Articles about networks of other families: addresses, spellings, and the word about random weights."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from builder import gathering, settings, site
from builder.engine import setup as engines
from builder.errors import Place
from builder.plan import plan
from builder.plan.catalogue import units as unit_names
from builder.reporter import Recorded
from figures.cards import Input, LayerCard, NetworkCard, Weights

NAME = "torchvision/googlenet@none"
CARD = NetworkCard(
    NAME, "a digest", Weights("none"), Input(224, 3, (0.5,), (0.5,)),
    {
        "conv2d0": LayerCard("conv1", 64, 112, 112, receptive_field=(7, 2, -3), rectified=True, pre=True),
        "mixed3b": LayerCard("inception3b", 480, 28, 28, receptive_field=(46, 8, -19), rectified=True, pre=True),
    },
    {"logits": ("cat", "dog")}, {"inception3b": "mixed3b"}, True,
)  # fmt: skip

ARTICLE = """\
---
title: Untrained
model: torchvision/googlenet@none
---

{unit}`inception3b:17`, the same as {unit}`mixed3b:17`, its other side {unit}`mixed3b:17-`, a place {unit}`mixed3b:17@4,5`,
a class {unit}`logits:1`, an edge {unit}`conv2d0:5`, and {unit}`glyphs/mixed3b:4` beside {unit}`torchvision/googlenet@none/mixed3b:3`.

:::{probe}
:name: one
:units: inception3b:3, inception3b:99
:log: LOG

Two.
:::
"""


@pytest.fixture
def built(root: Path, monkeypatch: pytest.MonkeyPatch):
    """A site about a network that was described elsewhere, built."""
    (root / "articles" / "a.md").write_text(ARTICLE.replace("LOG", str(root / "log.txt")))
    house = plan.open_house(settings.load(root), Recorded())
    house.catalogue.networks.describe = lambda name: replace(CARD, name=name)
    house.catalogue.model(NAME)
    engines.forget_figures()
    yield site.build(settings.load(root), Recorded(), site.Options(device="cpu"))
    engines.forget_figures()


def test_every_spelling_leads_to_the_one_page_of_a_unit(built, root: Path) -> None:
    assert [str(problem) for problem in built.problems] == []
    pages = {path.name for path in (root / "site/units/torchvision-googlenet-at-none").glob("*.html")}
    assert pages == {
        "index.html", "conv2d0-5.html", "mixed3b-3.html", "mixed3b-17.html", "mixed3b-17-negative.html", "mixed3b-17-at-4-5.html", "logits-1.html",
    }  # fmt: skip
    html = (root / "site/a/index.html").read_text()
    chips = dict(re.findall(r'class="unit-chip" href="([^"]+)"[^>]*>.*?<span class="unit-name">([^<]+)', html))
    assert chips["../units/glyphs/mixed3b-4.html"] == "mixed3b:4"
    assert chips["../units/torchvision-googlenet-at-none/mixed3b-3.html"] == "mixed3b:3"
    assert chips["../units/torchvision-googlenet-at-none/mixed3b-17-at-4-5.html"] == "mixed3b:17@4,5"
    links = [href for href in re.findall(r'class="unit-chip" href="([^"]+)"', html) if href.endswith("mixed3b-17.html")]
    assert links == ["../units/torchvision-googlenet-at-none/mixed3b-17.html"] * 2
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(set(ids)) == len(ids)
    marked = set(re.findall(r'class="unit-chip" [^>]*data-unit="([^"]+)"', html))
    assert marked <= set(re.findall(r'class="unit-card" [^>]*data-unit="([^"]+)"', html))


@pytest.mark.slow
def test_random_weights_are_said_wherever_a_figure_of_them_stands(built, root: Path) -> None:
    word = f"<b>Random weights.</b> <code>{NAME}</code> was never trained"
    article = (root / "site/a/index.html").read_text()
    assert re.search(r"<figcaption>.*?" + re.escape(word), article, re.DOTALL)
    specimen = (root / "site/units/torchvision-googlenet-at-none/mixed3b-17.html").read_text()
    assert specimen.count(word) == 2, "below its card, and below its tuning"
    assert "(random weights)" in specimen
    assert "Random weights" not in (root / "site/units/glyphs/mixed3b-4.html").read_text()


@pytest.mark.slow
def test_a_machine_without_torch_builds_from_what_was_measured(built, root: Path) -> None:
    code = (
        "import sys\n"
        "for name in ('torch', 'numpy', 'altair'): sys.modules[name] = None\n"
        "from pathlib import Path; from builder import settings, site; from builder.reporter import Recorded\n"
        f"result = site.build(settings.load(Path({str(root)!r})), Recorded(), site.Options(offline=True))\n"
        "print([str(problem) for problem in result.problems], result.written)"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[] 0"


def test_arcs_are_asked_only_for_units_that_they_can_be_shown_to(built, root: Path) -> None:
    pages = root / "site/units/torchvision-googlenet-at-none"
    shown = {path.name for path in pages.glob("*-*.html") if "Tuning to arcs" in path.read_text()}
    assert shown == {path.name for path in pages.glob("mixed3b-*.html")}


FIGURE = """\
---
title: Numbers
---

Text{more}.

:::{{probe}}
:name: one
:units: mixed3b:3, mixed3b:99
:log: LOG

Two.
:::
"""


def planned(root: Path, more: str = "", settings_: str = "") -> plan.Plan:
    (root / "pyproject.toml").write_text(f"[tool.microscribe]\n{settings_}")
    (root / "articles" / "a.md").write_text(FIGURE.format(more=more))
    house = plan.open_house(settings.load(root), Recorded())
    return plan.plan_article(house, next(gathering.discover(house.settings)))


@pytest.mark.parametrize(
    ("more", "setting", "units"),
    [
        ("", "", []),
        (" about {unit}`mixed3b:3`", "", ["mixed3b:3"]),
        (" about {unit}`mixed3b:3`", "specimens = 'mentioned'", ["mixed3b:3"]),
        (" about {unit}`mixed3b:7`", "specimens = 'all'", ["mixed3b:7", "mixed3b:3", "mixed3b:99"]),
    ],
)
def test_units_get_a_page_where_prose_mentions_them_or_all_where_the_site_says_so(
    root: Path, more: str, setting: str, units: list[str]
) -> None:
    made = planned(root, more, setting)
    assert [str(name.unit) for name in made.cards] == [str(name.unit) for name in made.tunings] == units
    assert len(made.wanted()) == 1 + 2 * len(units)


@pytest.mark.parametrize(
    ("size_px", "parameters", "asked"),
    [(64, {"orientations"}, None), (224, {"orientations"}, "180"), (224, set(), None)],
)
def test_a_network_of_large_images_is_shown_fewer_arcs(size_px: int, parameters: set[str], asked: str | None) -> None:
    card = SimpleNamespace(input=SimpleNamespace(size_px=size_px), follows_curves=lambda layer: True)
    signature = SimpleNamespace(parameters=dict.fromkeys(parameters))
    binder = SimpleNamespace(signatures={plan.TUNING: signature}, bind=lambda asked, defaults: (asked, []))
    house = SimpleNamespace(catalogue=SimpleNamespace(model=lambda name: card), binder=binder)
    unit = unit_names.read("a:1")
    where = SimpleNamespace(path=Path("articles/a/index.md"))
    request = plan._tuning(house, where, "net", unit, Place(Path("a.md")), {})
    assert request.options.get("orientations") == asked


def problems(root: Path, text: str, **options) -> list[str]:
    (root / "articles" / "b.md").write_text(text)
    return [str(p) for p in site.build(settings.load(root), Recorded(), site.Options(**options)).problems]


def test_a_network_that_nobody_looked_at_is_one_problem_at_its_line(root: Path) -> None:
    text = ARTICLE.replace(" beside {unit}`torchvision/googlenet@none/mixed3b:3`", "").replace("LOG", "x")
    text = text.replace("torchvision/googlenet@none", "torchvision/googlenet")
    (found,) = problems(root, text, offline=True)
    assert found.startswith("articles/b.md:3: model: torchvision/googlenet is not known on this machine")
    assert "`microscribe models show torchvision/googlenet`" in found


def test_a_wrong_default_of_the_settings_is_one_problem_of_theirs(root: Path) -> None:
    (root / "pyproject.toml").write_text("[tool.microscribe]\nmodel = 'glyfs'\n")
    text = ARTICLE.replace(" beside {unit}`torchvision/googlenet@none/mixed3b:3`", "").replace("LOG", "x")
    text = text.replace("model: torchvision/googlenet@none\n", "")
    (found,) = problems(root, text)
    assert found.startswith("pyproject.toml: model: no network 'glyfs'; did you mean 'glyphs'?")
    assert problems(root, "---\ntitle: No figure\n---\n\nNothing to look at.\n") == []
