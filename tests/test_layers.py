"""Imports point one way; a test reads them all and says so."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from builder.engine.setup import KEPT

ROOT = Path(__file__).parent.parent
FORBIDDEN = [
    ("builder", {"torch", "torchvision", "numpy", "altair"}),
    ("figures", {"builder", "click", "jinja2"}),
    ("figures/methods", {"altair", "vl_convert"}),
    ("figures/charts", {"torch", "torchvision"}),
    ("figures/words", {"torch", "torchvision", "altair", "vl_convert"}),
]
ORDER = ["cli", "commands", "serve", "site", "press", "page", "article", "markdown"]
"""Rooms of the builder; one imports only those to the right of it."""


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Return the dotted names a file imports, wherever in it they stand."""
    return {name for node in ast.walk(ast.parse(path.read_text("utf-8"))) for name in names_of(node)}


def names_of(node: ast.AST) -> set[str]:
    """Return the dotted names that a statement imports."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom) and not node.level:
        return {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return set()


@pytest.mark.parametrize(("folder", "forbidden"), FORBIDDEN)
def test_a_room_does_not_import_what_it_must_not(folder: str, forbidden: set[str]) -> None:
    files = sources(folder)
    assert files
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in files
        for name in imports(path)
        if name.partition(".")[0] in forbidden
    ]
    assert wrong == []


CROSSING = ("engine", "catalogue")
"""Rooms of the builder that reach over to the figures: one to measure, one to read names without numerics."""


def test_only_the_engine_and_the_catalogue_cross_from_the_builder_to_the_figures() -> None:
    crossing = {
        path.relative_to(ROOT / "builder").parts[0]
        for path in sources("builder")
        if any(name.partition(".")[0] == "figures" for name in imports(path))
    }
    assert crossing == set(CROSSING)


def test_figures_are_imported_only_inside_functions_but_for_what_reads_names() -> None:
    """What a door imports at its top stays in memory when figures are forgotten, and needs no numerics."""
    for room in CROSSING:
        for path in sources(f"builder/{room}"):
            heavy = {
                name for name in top_imports(path) if name.partition(".")[0] in ("figures", "torch", "distributed")
            }
            assert {n for n in heavy if n not in KEPT and n.rpartition(".")[0] not in KEPT - {"figures"}} == set(), path


def top_imports(path: Path) -> set[str]:
    """Return the dotted names that a file imports as soon as it is imported."""
    top = [n for n in ast.parse(path.read_text("utf-8")).body if isinstance(n, ast.Import | ast.ImportFrom)]
    return {name for node in top for name in names_of(node)}


def test_the_rooms_of_the_builder_point_one_way() -> None:
    wrong = []
    for path in sources("builder"):
        parts = path.relative_to(ROOT / "builder").parts
        room = parts[0].removesuffix(".py")
        if room in ORDER:
            left = {f"builder.{other}" for other in ORDER[: ORDER.index(room)]}
            wrong += [f"{path.name}: {name}" for name in imports(path) if ".".join(name.split(".")[:2]) in left]
    assert wrong == []


def test_every_package_is_installed() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    found = {".".join(p.parent.relative_to(ROOT).parts) for f in ("builder", "figures") for p in sources(f)}
    assert found | {"builder.templates"} == set(listed)


def test_numerics_run_without_charts() -> None:
    code = (
        "import sys\n"
        "for name in ('altair', 'vl_convert', 'click', 'jinja2', 'rich'): sys.modules[name] = None\n"
        "import importlib, pkgutil, figures.methods, figures.lab\n"
        "for m in pkgutil.walk_packages(figures.methods.__path__, 'figures.methods.'): importlib.import_module(m.name)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


@pytest.mark.parametrize("folder", ["builder", "figures", "templates", "tests", "articles"])
def test_no_path_of_a_machine_and_no_loose_end_is_left(folder: str) -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b|/(?:work|home|root|opt)/\w")
    files = [p for p in (ROOT / folder).rglob("*") if p.suffix in {".py", ".md", ".html", ".js", ".css"}]
    assert files
    own = Path(__file__).resolve()
    found = [str(p.relative_to(ROOT)) for p in files if p.resolve() != own and marks.search(p.read_text("utf-8"))]
    assert found == []
