"""A machine with neither torch nor NumPy nor Altair fetches a store and builds the same site."""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from builder import lean

ROOT = Path(__file__).parents[2]
MODULES = ("altair", "numpy", "safetensors", "scipy", "skimage", "torch", "torchvision")
CHART = '''\
"""How many bars are there?"""

from figures.artifact import Artifact, Table
from figures.charts import vega
from figures.registry import figure


@figure("bars")
def bars(*, count: int = 3, seed: int = 0) -> Artifact:
    """Draw bars."""
    import altair as alt

    data = alt.Data(values=[{"a": str(i), "b": i + 1} for i in range(count)])
    chart = alt.Chart(data).mark_bar().encode(x="a:N", y="b:Q")
    rows = tuple((str(i), i + 1) for i in range(count))
    return Artifact("Bars.", (vega.chart(chart, name="bars", alt="Bars."),), Table(("a", "b"), rows))
'''


def closure(requirements: list[str]) -> dict[str, importlib.metadata.Distribution]:
    """Find the installed distributions that requirements lead to, theirs too."""
    found: dict[str, importlib.metadata.Distribution] = {}
    open_ = [lean.name_of(one) for one in requirements]
    while open_:
        name = open_.pop()
        if name in found:
            continue
        try:
            found[name] = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            assert name not in map(lean.name_of, requirements), f"{name} is not installed here"
            continue
        mandatory = [one for one in found[name].requires or () if "extra ==" not in one]
        open_ += map(lean.name_of, mandatory)
    return found


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has the light packages, as they are installed here, and no others."""
    folder = tmp_path_factory.mktemp("lean")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    for distribution in closure(lean.requirements()).values():
        tops = {Path(str(file)).parts[0] for file in distribution.files or ()}
        for top in tops - {"..", "__pycache__"}:
            if not (packages / top).exists():
                (packages / top).symlink_to(Path(str(distribution.locate_file(top))).resolve())
    return folder / "bin" / "python"


def run(python: Path | str, root: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.run([python, *arguments], cwd=root, env=environment, capture_output=True, text=True)


def tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root / "site")): p.read_bytes() for p in (root / "site").rglob("*") if p.is_file()}


def test_what_is_heavy_is_neither_required_nor_reached() -> None:
    declared = {lean.name_of(one) for one in lean._declared(lean.EXTRAS)}
    assert declared > lean.HEAVY
    light = {lean.name_of(one) for one in lean.requirements()}
    assert light == declared - lean.HEAVY
    assert not lean.HEAVY & set(closure(lean.requirements()))
    assert lean.HEAVY & set(closure(["altair"])) == {"altair"}


def test_the_list_is_the_same_from_an_installed_package(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        "Click>=8.1",
        "torch>=2.6",
        'fsspec>=2024.6; extra == "remote"',
        "pytest; extra == 'test'",
    ]
    monkeypatch.setattr(importlib.metadata, "requires", lambda name: {"microscribe": lines}[name])
    monkeypatch.setattr(lean, "__file__", "/nowhere/builder/lean.py")
    assert lean.requirements() == ["Click>=8.1", "fsspec>=2024.6"]
    assert lean.requirements(extras=()) == ["Click>=8.1"]


@pytest.mark.slow
def test_a_pulled_store_builds_the_same_bytes_without_the_heavy_packages(python: Path, tmp_path: Path) -> None:
    there = run(python, tmp_path, "-c", f"import importlib.util as u; print([n for n in {MODULES} if u.find_spec(n)])")
    assert there.stdout == "[]\n", there.stderr
    full, light = tmp_path / "full", tmp_path / "light"
    for root in (full, light):
        shutil.copytree(ROOT / "tests" / "sites" / "small", root, ignore=shutil.ignore_patterns("expected"))
        (root / "figures" / "gallery" / "zz_bars.py").write_text(CHART)
        (root / "articles" / "bars.md").write_text("---\ntitle: Bars\n---\n\n:::{bars}\n:count: 4\n\nBars.\n:::\n")
    built = run(sys.executable, full, "-m", "builder", "build", "--device", "cpu")
    assert built.returncode == 0, built.stdout + built.stderr
    pushed = run(sys.executable, full, "-m", "builder", "store", "push", str(tmp_path / "remote"))
    assert pushed.returncode == 0, pushed.stdout + pushed.stderr
    without = run(python, light, "-m", "builder", "build", "--offline")
    assert without.returncode == 1
    assert "is not in the store" in without.stderr
    assert "Traceback" not in without.stderr
    pulled = run(python, light, "-m", "builder", "store", "pull", str(tmp_path / "remote"))
    assert pulled.returncode == 0, pulled.stdout + pulled.stderr
    assert re.match(r"pulled \d\d? records", pulled.stdout)
    offline = run(python, light, "-m", "builder", "build", "--offline")
    assert offline.returncode == 0, offline.stdout + offline.stderr
    assert tree(light) == tree(full)
    assert len(tree(light)) > 20
    missing = run(python, light, "-m", "builder", "build", "--device", "cpu", "--force", "bars")
    assert missing.returncode == 1
    assert "Traceback" not in missing.stderr
