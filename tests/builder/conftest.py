import shutil
from pathlib import Path

import pytest

from builder import plan, site
from builder import settings as settings_module
from builder.reporter import Recorded
from tests import once

PROBE = '''\
"""How often is a thing measured?"""

import numpy as np

from figures.artifact import Artifact, Table, Tile
from figures.measurement import measurement
from figures.parameters import Model, Unit, Units
from figures.registry import figure

FACTOR = 2.0


@measurement(each="units")
def probe(units, *, factor: float, log: str):
    with open(log, "a") as file:
        file.write(",".join(units) + "\\n")
    return {"value": np.array([int(unit.partition(":")[2]) * factor for unit in units])}


@figure("probe")
def probe_figure(*, units: Units, log: str, model: Model = "glyphs", power: int = 1, seed: int = 0) -> Artifact:
    """Show numbers.

    units: the units to number.
    power: how often to multiply,
        and more.
    """
    values = probe(units, factor=FACTOR, log=log)["value"] ** power
    if power > 5:
        raise ValueError(f"power {power} is too high; expected at most 5")
    rows = tuple((unit, value) for unit, value in zip(units, values, strict=True))
    return Artifact("Numbers.", (), Table(("unit", "value"), rows), {"sum": values.sum()})


@figure("unit-card")
def card(*, unit: Unit, model: Model = "glyphs") -> Artifact:
    """Show one unit."""
    return Artifact(unit, (), Table(("unit",), ((unit,),)))

@figure("tuning-curve")
def tuning(*, units: Units, model: Model = "glyphs") -> Artifact:
    """Show the tuning of units."""
    return Artifact(f"Tuning of {units[0]}", (), Table(("unit",), ((units[0],),)))
'''


def _make_cut(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.microscribe]\n")
    (folder / "articles").mkdir()
    site.build(settings_module.load(folder), Recorded(), site.Options())


@pytest.fixture(scope="session")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the fonts and the chart runtime, which take seconds to make."""
    return once.folder(tmp_path_factory, "cut", _make_cut) / ".microscribe"


@pytest.fixture
def root(tmp_path: Path, cut: Path) -> Path:
    """A site with one script of its own and no articles."""
    shutil.copytree(cut, tmp_path / ".microscribe", ignore=shutil.ignore_patterns("output.json"))
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\ntitle = 'Trial'\n")
    (tmp_path / "figures" / "gallery").mkdir(parents=True)
    (tmp_path / "figures" / "gallery" / "zz_probe.py").write_text(PROBE)
    (tmp_path / "articles").mkdir()
    return tmp_path


@pytest.fixture
def house(root: Path):
    return plan.open_house(settings_module.load(root), Recorded())
