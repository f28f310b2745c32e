"""Digest a function's source together with all that it reaches in this project.

Only definitions that the function can reach count: constants, functions and classes named
in its body, followed through imports. Comments, docstrings and layout do not count.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import hashlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builder.frozen import frozen
from builder.plan.catalogue.files import SETTLED_NS
from builder.plan.catalogue.parsing import parsed

HOUSE = frozenset({
    "figures.registry", "figures.measurement", "figures.lab", "figures.parameters", "figures.ranges",
    "figures.kept.checks", "figures.methods.batches", "figures.methods.precision",
})  # fmt: skip
"""Modules that carry results about without deciding what they are."""

WHOLE = "*"
_FILES = 2048
"""How many files are kept parsed, for the next build of this process."""


@dataclass(frozen=True, eq=False)
class Statement:
    """A statement at the top of a file, looked into once however many digests it is part of."""

    node: ast.stmt

    @functools.cached_property
    def inside(self) -> tuple[tuple[ast.Import | ast.ImportFrom, ...], tuple[tuple[str, str | None], ...]]:
        """What it imports where it needs it, and the names that it reads, each with the attribute taken of it."""
        return _looked_into(self.node)

    @functools.cached_property
    def text(self) -> str:
        """Its tree in words, without the docstrings below it."""
        return ast.dump(self.node) if self.inside else ""


@frozen
class Module:
    """The top level of one source file; `package` is the one that its relative imports start from."""

    package: str
    definitions: Mapping[str, tuple[Statement, ...]]
    imports: Mapping[str, tuple[str, str | None]]
    effects: tuple[Statement, ...]


@dataclass
class Sources:
    """The modules of the project, found by dotted name below `roots`.

    A root maps a package, dotted if need be, to a folder or to several; the longest that fits is tried first.
    The package "" stands for the modules of a site that belong to no other root.
    """

    roots: Mapping[str, Path | Sequence[Path]]
    files: dict[str, Path | None] = field(default_factory=dict)
    modules: dict[str, Module | None] = field(default_factory=dict)
    digests: dict[tuple[str, str], str] = field(default_factory=dict)
    reached: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    nodes: dict[tuple[str, str], tuple[str, frozenset[tuple[str, str]]]] = field(default_factory=dict)

    def find(self, name: str) -> Path | None:
        """Return the file of a module, or None for one outside the project."""
        if name not in self.files:
            self.files[name] = self._find(name)
        return self.files[name]

    def _find(self, name: str) -> Path | None:
        for package in self._packages(name):
            inner = name.split(".")[len(package.split(".")) if package else 0 :]
            for base in (folder.joinpath(*inner) for folder in _folders(self.roots[package])):
                for path in (base.parent / f"{base.name}.py", base / "__init__.py"):
                    if path.is_file():
                        return path
        return None

    def _packages(self, name: str) -> list[str]:
        """List the roots that may hold a module, the longest first; "" only where no other may."""
        named = [package for package in self.roots if package and f"{name}.".startswith(f"{package}.")]
        if not named and "" in self.roots and name.partition(".")[0] not in sys.stdlib_module_names:
            return [""]
        return sorted(named, key=len, reverse=True)

    def module(self, name: str) -> Module | None:
        """Parse a module once."""
        if name not in self.modules:
            path = self.find(name)
            self.modules[name] = None if path is None else _index(name, path, self)
        return self.modules[name]

    def parts(self, module: str, name: str) -> Mapping[str, str]:
        """Return the digest of every definition that one definition reaches, itself among them."""
        start = module, name
        if start not in self.reached:
            self.reached[start] = {f"{m}:{n}": self._node((m, n))[0] for m, n in sorted(self._reach(start))}
        return self.reached[start]

    def digest(self, module: str, name: str) -> str:
        """Return the SHA-256 of one definition and of everything it reaches."""
        if (module, name) not in self.digests:
            text = "\n".join(f"{name}={digest}" for name, digest in self.parts(module, name).items())
            self.digests[module, name] = hashlib.sha256(text.encode()).hexdigest()
        return self.digests[module, name]

    def of(self, function: Callable[..., object]) -> str:
        """Return the digest of a function that has been imported."""
        return self.digest(function.__module__, function.__qualname__.split(".")[0])

    def _reach(self, start: tuple[str, str]) -> set[tuple[str, str]]:
        seen: set[tuple[str, str]] = set()
        waiting = [start]
        while waiting:
            symbol = waiting.pop()
            if symbol not in seen:
                seen.add(symbol)
                waiting.extend(self._node(symbol)[1])
        return seen

    def _node(self, symbol: tuple[str, str]) -> tuple[str, frozenset[tuple[str, str]]]:
        """Return the digest of a definition's own text, and the symbols it names."""
        if symbol not in self.nodes:
            name, wanted = symbol
            module = self.module(name)
            if module is None:
                raise LookupError(f"no module {name!r} in the folders of the project")
            statements = _statements(module, wanted)
            text = "\n".join(statement.text for statement in statements)
            used = frozenset(_used(self, name, module, statements)) - {symbol}
            self.nodes[symbol] = hashlib.sha256(text.encode()).hexdigest(), used
        return self.nodes[symbol]


def _folders(root: Path | Sequence[Path]) -> Sequence[Path]:
    return [root] if isinstance(root, Path) else root


def _statements(module: Module, wanted: str) -> tuple[Statement, ...]:
    if wanted == WHOLE:
        return (*module.effects, *(s for group in module.definitions.values() for s in group))
    return (*module.effects, *module.definitions.get(wanted, ()))


def _parsed(path: Path) -> Sequence[Statement]:
    """Parse a file, again only where it changed."""
    now = path.stat()
    if time.time_ns() - now.st_mtime_ns < SETTLED_NS:
        return _read(path)
    return _read_as_of(path, now.st_mtime_ns, now.st_size, now.st_ino)


@functools.lru_cache(maxsize=_FILES)
def _read_as_of(path: Path, *_state: int) -> Sequence[Statement]:
    return _read(path)


def _read(path: Path) -> Sequence[Statement]:
    """Parse a file; Python 3.11 may stumble over itself where another thread parses too (gh-106905)."""
    for _ in range(3):
        with contextlib.suppress(SystemError):
            return [Statement(node) for node in parsed(path).body]
    return [Statement(node) for node in parsed(path).body]


def _index(name: str, path: Path, sources: Sources) -> Module:
    definitions: dict[str, tuple[Statement, ...]] = {}
    imports: dict[str, tuple[str, str | None]] = {}
    effects: list[Statement] = []
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for statement in _parsed(path):
        node = statement.node
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.update(_imported(node, package, sources))
        elif names := list(_defined(node)):
            for one in names:
                definitions[one] = (*definitions.get(one, ()), statement)
        elif not _is_docstring(node):
            effects.append(statement)
    return Module(package, definitions, imports, tuple(effects))


def _imported(
    statement: ast.Import | ast.ImportFrom, package: str, sources: Sources
) -> Iterator[tuple[str, tuple[str, str | None]]]:
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            yield (alias.asname or alias.name.partition(".")[0]), (alias.name, None)
        return
    base = statement.module or ""
    if statement.level:
        parents = package.split(".")[: len(package.split(".")) - statement.level + 1]
        base = ".".join([*parents, *([base] if base else [])])
    for alias in statement.names:
        inner = f"{base}.{alias.name}"
        target = (inner, None) if sources.find(inner) else (base, alias.name)
        yield (alias.asname or alias.name), target


def _defined(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _used(sources: Sources, name: str, module: Module, statements: Iterable[Statement]) -> Iterator[tuple[str, str]]:
    for statement in statements:
        imports, names = statement.inside
        inner = dict(pair for node in imports for pair in _imported(node, module.package, sources))
        for base, attribute in names:
            if base in inner:
                yield from _target(sources, *inner[base], attribute)
            elif base in module.definitions:
                yield name, base
            elif base in module.imports:
                yield from _target(sources, *module.imports[base], attribute)


def _target(sources: Sources, target: str, inner: str | None, attribute: str | None) -> Iterator[tuple[str, str]]:
    """Follow an imported name to the definition it stands for, through packages that pass it on."""
    module = None if target in HOUSE else sources.module(target)
    if module is None:
        return
    wanted = inner or attribute or WHOLE
    if wanted in module.imports and wanted not in module.definitions:
        yield from _target(sources, *module.imports[wanted], attribute if inner else None)
    elif inner is None and attribute and sources.find(f"{target}.{attribute}"):
        yield f"{target}.{attribute}", WHOLE
    else:
        yield target, (wanted if wanted in module.definitions else WHOLE)


def _looked_into(
    statement: ast.stmt,
) -> tuple[tuple[ast.Import | ast.ImportFrom, ...], tuple[tuple[str, str | None], ...]]:
    """Drop the docstrings below a statement; return its imports, and the names it reads, with attributes, once each."""
    imports: list[ast.Import | ast.ImportFrom] = []
    names: dict[tuple[str, str | None], None] = {}
    waiting: list[ast.AST] = [statement]
    for node in waiting:  # which grows meanwhile
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names[node.value.id, node.attr] = None
            continue
        if isinstance(node, ast.Name):
            names[node.id, None] = None
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.append(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            node.body = [s for s in node.body if not _is_docstring(s)] or [ast.Pass()]
        waiting += _children(node)
    return tuple(imports), tuple(names)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands below a node, as `ast.iter_child_nodes` does in twice the time."""
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, ast.AST))


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
