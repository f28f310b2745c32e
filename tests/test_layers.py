"""Imports point one way; a test reads them all and says so."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN = [
    ("builder", {"torch", "torchvision", "numpy", "altair"}),
    ("figures", {"builder", "click", "jinja2"}),
    ("figures/methods", {"altair", "vl_convert", "PIL"}),
    ("figures/charts", {"torch", "torchvision"}),
]
ORDER = ["cli", "commands", "serve", "site", "press", "page", "article", "markdown"]
"""Rooms of the builder; one imports only those to the right of it."""


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Return the dotted names a file imports, wherever in it they stand."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.update({node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)})
    return found


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


def test_only_the_engine_crosses_from_the_builder_to_the_figures() -> None:
    crossing = {
        str(path.relative_to(ROOT / "builder"))
        for path in sources("builder")
        if any(name.partition(".")[0] == "figures" for name in imports(path))
    }
    assert crossing == {"engine.py"}


def test_the_engine_imports_figures_only_inside_functions() -> None:
    tree = ast.parse((ROOT / "builder/engine.py").read_text("utf-8"))
    top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not any("figures" in ast.unparse(node) or "torch" in ast.unparse(node) for node in top)


def test_the_rooms_of_the_builder_point_one_way() -> None:
    wrong = []
    for path in sources("builder"):
        parts = path.relative_to(ROOT / "builder").parts
        room = parts[0].removesuffix(".py")
        if room in ORDER:
            left = {f"builder.{other}" for other in ORDER[: ORDER.index(room)]}
            wrong += [f"{path.name}: {name}" for name in imports(path) if ".".join(name.split(".")[:2]) in left]
    assert wrong == []


def test_numerics_run_without_charts() -> None:
    code = (
        "import sys\n"
        "for name in ('altair', 'PIL', 'vl_convert', 'click', 'jinja2', 'rich'): sys.modules[name] = None\n"
        "import importlib, pkgutil, figures.methods, figures.lab\n"
        "for m in pkgutil.walk_packages(figures.methods.__path__, 'figures.methods.'): importlib.import_module(m.name)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


@pytest.mark.parametrize("folder", ["builder", "figures", "templates", "tests", "articles"])
def test_no_path_of_a_machine_and_no_loose_end_is_left(folder: str) -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|/(?:work|home|root|opt)/\w")
    files = [p for p in (ROOT / folder).rglob("*") if p.suffix in {".py", ".md", ".html", ".js", ".css"}]
    assert files
    own = Path(__file__).resolve()
    found = [str(p.relative_to(ROOT)) for p in files if p.resolve() != own and marks.search(p.read_text("utf-8"))]
    assert found == []
