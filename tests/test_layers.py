"""Imports point one way; a test reads them all and says so."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
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
ROOMS = {
    "figures": """
        nearest endings rows specifications units tables specs cards ranges parameters texts signature hints scripts importing manifests allocation recent lab agreement
        measurement together worker dispatch kept showing charts.theme charts.raster artifact lens live hierarchy glyphs methods words charts control
        registry provenance gallery glyphs.cards glyphs.evaluation glyphs.train run
    """,
    "builder": """
        frozen plan.catalogue.nearest plan.catalogue.units pace reporter errors inside packages locks atomic cache plan.catalogue.specs settings store
        plan.catalogue.rows read.markdown.explained read.markdown.source read.markdown.lines read.markdown.variables read.markdown.typography read.markdown.commands
        read.markdown.expansion read.markdown.environments read.markdown.latex read.markdown.dollars read.markdown.mathml read.markdown.macros
        read.markdown.maths read.front read.formulas read.head read.authors read.undone read.names read.bibtex read.bounds
        read.finding read.front_matter read.bibliography read.media read.markdown read.heroes read.article read.slugs read.crossings
        read plan.catalogue.files plan.catalogue.parsing plan.closure plan.catalogue plan.request engine.describe plan
        output trial memory recall engine keys syntax topics reference chromium
        press.overrides press.social press.fonts press.vega_runtime press.shared press.licences press.formats press.columns
        press.addresses press.sources press.policy press.rows press.views press.citing press.notebooks press.reruns press.drawing press.twins press.styles press.scripts press.coloured press.parts press.listings
        press.standing press.kinds press.metadata press.thumbnails press.page press.feeds press.searchable press.indexing press.search press
        history gathering finishing forced site single needs check publish export engine.finding plan.catalogue.listing serve engine.labelling labelling lean scaffold importers commands cli __main__
    """,
}
"""Every room, and a few modules that stand apart from theirs; each imports only those before it."""


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


CROSSING = ("engine", "plan/catalogue")
"""Rooms of the builder that reach over to the figures: one to measure, one to read names without numerics."""


def test_only_the_engine_and_the_catalogue_cross_from_the_builder_to_the_figures() -> None:
    crossing = {
        next((room for room in CROSSING if path.is_relative_to(ROOT / "builder" / room)), path.name)
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


def module_of(path: Path) -> str:
    """Return the dotted name of a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path): path for package in ROOMS for path in sources(package)}


def running(node: ast.AST) -> Iterator[ast.AST]:
    """Walk through what runs: not what only a checker of types reads."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield child
            yield from running(child)


def imported(path: Path) -> set[str]:
    """Return the modules of the project that a file imports as it runs, wherever in it that stands."""
    found = set()
    for node in running(ast.parse(path.read_text("utf-8"))):
        whole = names_of(node) - ({node.module} if isinstance(node, ast.ImportFrom) else set())
        for name in whole:
            while name and name not in MODULES:
                name = name.rpartition(".")[0]
            found.add(name)
    return found - {"", module_of(path)}


def room(module: str) -> str:
    """Return the room of a module: the longest name in the list that it begins with."""
    package, _, inner = module.partition(".")
    fitting = [name for name in ROOMS[package].split() if f"{inner}.".startswith(f"{name}.")]
    return f"{package}.{max(fitting, key=len)}" if fitting else module


@pytest.mark.parametrize("package", ROOMS)
def test_every_room_imports_only_those_before_it(package: str) -> None:
    order = [f"{package}.{name}" for name in ROOMS[package].split()]
    rooms = {module: room(module) for module in MODULES if module != package and module.startswith(package)}
    assert set(rooms.values()) == set(order)
    wrong = [
        f"{module} imports {other}"
        for module, own in rooms.items()
        for other in imported(MODULES[module]) & rooms.keys()
        if order.index(rooms[other]) > order.index(own)
    ]
    assert wrong == []


@pytest.mark.slow
def test_no_module_imports_itself_by_way_of_others() -> None:
    left = {module: imported(path) for module, path in MODULES.items()}
    while free := [module for module, others in left.items() if not others & left.keys()]:
        for module in free:
            del left[module]
    assert sorted(left) == []


def test_every_package_is_installed() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    found = {".".join(p.parent.relative_to(ROOT).parts) for f in ("builder", "figures") for p in sources(f)}
    assert found | {"builder.templates"} == set(listed)


@pytest.mark.slow
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
