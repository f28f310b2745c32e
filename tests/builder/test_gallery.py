"""Figure scripts of a site's own: found by path, one importing another, beside ours and instead of them."""

from pathlib import Path

import pytest

from builder import settings, site
from builder.engine import setup as engines
from builder.errors import Place
from builder.plan import plan
from builder.plan.request import Asked
from builder.reporter import Recorded

FIRST = '''\
"""How many are there?"""

import figures.gallery.fourth
from figures.artifact import Artifact, Image, Table
from figures.gallery.second import many
from figures.registry import figure

from . import third
from .third import half

DOT = Image(b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>', "image/svg+xml", 8, 8, "A dot.")


@figure("count")
def count(*, start: int = 1, seed: int = 0) -> Artifact:
    """Count."""
    total = many(start) + half(start) + third.quarter(start) + figures.gallery.fourth.eighth(start)
    return Artifact("A count.", (DOT,), Table(("total",), ((total,),)), {"total": total})
'''
SECOND = (
    "from .third import half\nfrom sizes import SIZE\n\n\ndef many(start):\n    return SIZE * start + half(start)\n"
)
THIRD = "def half(start):\n    return start / 2\n\n\ndef quarter(start):\n    return start / 4\n\n\ndef other():\n    return 1\n"
FOURTH = "def eighth(start):\n    return start / 8\n"
CARD = '''\
"""Instead of ours."""

from figures.artifact import Artifact, Image, Table
from figures.parameters import Model, Unit
from figures.registry import figure

DOT = Image(b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>', "image/svg+xml", 8, 8, "A dot.")


@figure("unit-card")
def card(*, unit: Unit, model: Model = "glyphs") -> Artifact:
    """Show a name."""
    return Artifact(f"Our own card of {unit}.", (DOT,), Table(("unit",), ((unit,),)))
'''


TUNING = '"""Nothing to see."""\n'


@pytest.fixture(params=["figures", "figures/gallery", "scripts"])
def own(request, root: Path):
    """A site whose scripts lie in a folder of any name, also in one called as our package."""
    for path in (root / "figures" / "gallery").iterdir():
        path.unlink()
    folder = root / request.param
    folder.mkdir(parents=True, exist_ok=True)
    (root / "pyproject.toml").write_text(f"[tool.microscribe]\ngallery = '{request.param}'\n")
    scripts = {
        "first": FIRST,
        "second": SECOND,
        "third": THIRD,
        "fourth": FOURTH,
        "unit_card": CARD,
        "tuning_curve": TUNING,
    }
    for name, text in scripts.items():
        (folder / f"{name}.py").write_text(text)
    (root / "sizes.py").write_text("SIZE = 10\n")
    engines.forget_figures()
    yield folder
    engines.forget_figures()


def request_of(root: Path, figure: str = "count", **options: str):
    house = plan.open_house(settings.load(root), Recorded())
    assert house.problems == ()
    return house.binder.bind(Asked(figure, options, {}, Place(Path("articles/a.md"), 1), root), {"seed": 0})[0]


@pytest.mark.slow
def test_scripts_import_each_other_and_all_of_it_counts(own: Path, root: Path) -> None:
    before = request_of(root)
    reached = set(before.parts["sources"])
    assert {
        "figures.gallery.second:many",
        "figures.gallery.third:half",
        "figures.gallery.third:quarter",
        "sizes:SIZE",
    } <= reached
    assert any(name.startswith("figures.gallery.fourth:") for name in reached)
    assert "figures.gallery.third:other" not in reached
    (own / "third.py").write_text(THIRD.replace("return 1", "return 2"))
    assert request_of(root).key == before.key
    for file, old, new in (
        (own / "third.py", "start / 2", "start / 3"),
        (own / "fourth.py", "start / 8", "start / 9"),
        (root / "sizes.py", "10", "11"),
    ):
        text = file.read_text()
        file.write_text(text.replace(old, new))
        assert request_of(root).key != before.key
        file.write_text(text)
    assert request_of(root).key == before.key


@pytest.mark.slow
def test_scripts_run_and_one_of_ours_is_replaced_by_file_name(own: Path, root: Path) -> None:
    (root / "articles" / "a.md").write_text(
        "---\ntitle: A\n---\n\n:::{count}\n:name: n\n:start: 8\n:::\n\n{unit}`mixed3b:4`\n"
    )
    result = site.build(settings.load(root), Recorded(), site.Options(device="cpu"))
    assert [str(problem) for problem in result.problems] == []
    house = plan.open_house(settings.load(root), Recorded())
    entry = house.store.get("figure", request_of(root, start="8").key)
    assert entry.meta["artifact"]["values"]["total"] == 10 * 8 + 4 + 4 + 2 + 1
    assert "Our own card of mixed3b:4." in (root / "site/units/glyphs/mixed3b-4.html").read_text()
    assert house.binder.signatures["unit-card"].summary == "Show a name."


def test_a_script_of_ours_that_is_replaced_takes_its_other_figures_along(own: Path, root: Path) -> None:
    assert "radial-tuning" in plan.signatures(settings.load(root))
    (own / "radial_tuning.py").write_text('"""Nothing here."""\n')
    assert "radial-tuning" not in plan.signatures(settings.load(root))
