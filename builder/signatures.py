"""Read the signatures of figures from their source, without importing them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.errors import Place, Problem

SCALARS = ("str", "int", "float", "bool", "Path", "Unit", "Units", "Layer", "Model", "Models", "Dataset", "Families")
TUPLES = ("tuple[int, ...]", "tuple[float, ...]", "tuple[str, ...]")


@dataclass(frozen=True)
class Parameter:
    """One thing an author may write in a directive; `choices` are those of a Literal."""

    name: str
    type: str
    default: object = None
    required: bool = False
    optional: bool = False
    choices: tuple[str, ...] = ()
    about: str = ""

    def describe(self) -> str:
        """Name the type as an author would."""
        return " | ".join(self.choices) if self.choices else _WORDS.get(self.type, self.type)


@dataclass(frozen=True)
class Signature:
    """A figure as far as it can be known without running it."""

    figure: str
    module: str
    function: str
    parameters: Mapping[str, Parameter]
    summary: str
    about: str
    place: Place


def families(scripts: Mapping[str, Path]) -> dict[str, tuple[str, str]]:
    """Return the module and the function of every family of stimuli that scripts, {module: file}, register."""
    found: dict[str, tuple[str, str]] = {}
    for module, path in scripts.items():
        try:
            functions = [node for node in ast.parse(path.read_bytes()).body if isinstance(node, ast.FunctionDef)]
            found |= {name: (module, node.name) for node in functions if (name := _decorated(node, "family"))}
        except (SyntaxError, _Unreadable):
            continue  # what is wrong is said where figures are read
    return found


def read(folders: Iterable[Path], package: str = "figures.gallery") -> tuple[dict[str, Signature], list[Problem]]:
    """Read every figure of the given folders.

    A figure of a later folder replaces one of the same name; a script of a later folder replaces
    one of the same file name, with all its figures.
    """
    found: dict[str, Signature] = {}
    problems: list[Problem] = []
    for folder in folders:
        for path in sorted(folder.glob("*.py")):
            module = f"{package}.{path.stem}"
            found = {name: one for name, one in found.items() if one.module != module}
            try:
                tree = ast.parse(path.read_bytes(), str(path))
                found.update((one.figure, one) for one in _figures(path, tree, module))
            except SyntaxError as error:
                problems.append(Problem(Place(path, error.lineno or 1), f"not valid Python: {error.msg}"))
            except _Unreadable as error:
                problems.append(Problem(Place(path, error.args[0]), error.args[1]))
    return found, problems


class _Unreadable(Exception):
    """A figure whose signature cannot be known without running it: (line, message)."""


def _figures(path: Path, tree: ast.Module, module: str) -> Iterator[Signature]:
    question = (ast.get_docstring(tree) or "").strip()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and (name := _decorated(node, "figure")) is not None:
            about = (ast.get_docstring(node) or "").strip()
            yield Signature(
                figure=name,
                module=module,
                function=node.name,
                parameters={p.name: p for p in _parameters(node, about)},
                summary=(about or question).partition("\n")[0],
                about=question,
                place=Place(path, node.lineno),
            )


def _decorated(node: ast.FunctionDef, by: str) -> str | None:
    """Return the name that a function is registered under by the decorator of that name."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == by:
            if not decorator.args or not isinstance(decorator.args[0], ast.Constant):
                raise _Unreadable(decorator.lineno, f"@{by} needs its name as a plain string")
            return str(decorator.args[0].value)
    return None


def _parameters(node: ast.FunctionDef, about: str) -> Iterator[Parameter]:
    if node.args.args or node.args.vararg or node.args.kwarg:
        raise _Unreadable(node.lineno, f"{node.name}: the parameters of a figure must be keyword-only")
    for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
        if argument.annotation is None:
            raise _Unreadable(argument.lineno, f"{node.name}: parameter {argument.arg!r} needs a type")
        text = ast.unparse(argument.annotation)
        type_, optional = (text.removesuffix(" | None"), text.endswith(" | None"))
        yield Parameter(
            name=argument.arg,
            type=_known_type(type_, argument),
            default=_literal(default, argument),
            required=default is None,
            optional=optional,
            choices=_choices(argument.annotation),
            about=_about(about, argument.arg),
        )


def _known_type(text: str, argument: ast.arg) -> str:
    if text in SCALARS or text in TUPLES or text.startswith("Literal["):
        return text
    expected = ", ".join((*SCALARS, *TUPLES, "Literal[…]"))
    raise _Unreadable(argument.lineno, f"parameter {argument.arg!r} has type {text}; expected one of {expected}")


def _literal(default: ast.expr | None, argument: ast.arg) -> object:
    try:
        return None if default is None else ast.literal_eval(default)
    except ValueError:
        raise _Unreadable(argument.lineno, f"the default of {argument.arg!r} must be a plain value") from None


def _choices(annotation: ast.expr) -> tuple[str, ...]:
    for node in ast.walk(annotation):
        if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") == "Literal":
            return tuple(str(value) for value in ast.literal_eval(ast.Tuple(_elements(node.slice), ast.Load())))
    return ()


def _elements(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]


def _about(text: str, name: str) -> str:
    """Find "name: what it does" in a docstring, with its continuation lines."""
    match = re.search(rf"^\s*`?{re.escape(name)}`?:\s+(.*(?:\n\s{{4,}}\S.*)*)", text, re.MULTILINE)
    return re.sub(r"\s+", " ", match[1]).strip() if match else ""


_WORDS = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "Path": "file beside the article",
    "Unit": "unit, as mixed3b:17",
    "Units": "units, as mixed3b:3, mixed3b:17",
    "Layer": "layer",
    "Model": "network",
    "Models": "networks",
    "Dataset": "data set, as glyphs:6000",
    "Families": "families of stimuli, as arcs, filled",
    "tuple[int, ...]": "whole numbers",
    "tuple[float, ...]": "numbers",
    "tuple[str, ...]": "words",
}
