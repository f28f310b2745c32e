"""Read the signatures of figures from their source, without importing them."""

from __future__ import annotations

import ast
import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from figures import hints
from figures.signature import CONTROL, Parameter, Signature

NAME = re.compile(r"[A-Za-z][\w-]*")
"""What directives are called."""
EXPECTED = "a figure is a plain function, 'def', which is not within anything else"


@dataclass(frozen=True)
class Trouble:
    """What is wrong in a script, and where."""

    path: Path
    line: int
    message: str


class _Unreadable(Exception):
    """Something that cannot be known without running the script."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(message)


def parsed(path: Path) -> ast.Module:
    """Parse a file; raises SyntaxError for whatever Python cannot read, also where it lacks room for that."""
    if not path.is_file():  # to read a pipe would last for ever
        raise SyntaxError("it is no file, or leads nowhere", (str(path), 1, None, None))
    try:
        return ast.parse(path.read_bytes(), str(path))
    except (ValueError, MemoryError, RecursionError) as error:
        raise SyntaxError(str(error) or "too deep, one thing within the other", (str(path), 1, None, None)) from error
    except OSError as error:
        raise SyntaxError(f"it cannot be read: {error.strerror}", (str(path), 1, None, None)) from error


def families(scripts: Mapping[str, Path]) -> dict[str, tuple[str, str]]:
    """Return the module and the function of every family of stimuli that scripts, {module: file}, register."""
    known: dict[str, tuple[str, str]] = {}
    for module, path in scripts.items():
        with contextlib.suppress(SyntaxError):  # which is told where figures are read
            tree = parsed(path)
            known |= {name: (module, function) for name, function in _families(tree)}
    return known


def _families(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        by = _decorator(node, "family") if isinstance(node, ast.FunctionDef) else None
        if isinstance(node, ast.FunctionDef) and by and by.args and isinstance(by.args[0], ast.Constant):
            yield str(by.args[0].value), node.name


def read(folders: Iterable[Path], package: str = "figures.gallery") -> tuple[dict[str, Signature], list[Trouble]]:
    """Read every figure of the given folders.

    A figure of a later folder replaces one of the same name; a script of a later folder replaces
    one of the same file name, with all its figures.
    """
    known: dict[str, Signature] = {}
    troubles: list[Trouble] = []
    for folder in folders:
        seen: dict[str, str] = {}
        for path in sorted(folder.glob("*.py")):
            module = f"{package}.{path.stem}"
            known = {name: signature for name, signature in known.items() if signature.module != module}
            try:
                tree = parsed(path)
            except SyntaxError as error:
                troubles.append(Trouble(path, error.lineno or 1, f"not valid Python: {error.msg}"))
            else:
                for one in _figures(path, tree, module, troubles):
                    here = f"{path.name}:{one.line}"
                    if (there := seen.setdefault(one.figure, here)) != here:
                        message = f"{one.function}: there is a figure {one.figure!r} already, at {there}"
                        troubles.append(Trouble(path, one.line, message))
                    known[one.figure] = one
    return known, troubles


def _figures(path: Path, tree: ast.Module, module: str, troubles: list[Trouble]) -> Iterator[Signature]:
    """Yield the figures of a script that can be read; what is wrong with the others goes to `troubles`."""
    question, own = (ast.get_docstring(tree) or "").strip(), _values(tree)
    troubles += [Trouble(path, node.lineno, f"{node.name}: {EXPECTED}") for node in _elsewhere(tree)]
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not (by := _decorator(node, "figure")):
            continue
        wrong: list[_Unreadable] = []
        signature = _signature(node, by, module, question, own, wrong)
        troubles += [Trouble(path, error.line, error.message) for error in wrong]
        if signature and not wrong:
            yield signature


def _elsewhere(tree: ast.Module) -> Iterator[ast.AsyncFunctionDef | ast.ClassDef | ast.FunctionDef]:
    """Yield what is registered as a figure and is no plain function of the script."""
    inner = [node for branch in tree.body if isinstance(branch, ast.If | ast.Try | ast.With) for node in branch.body]
    odd = [node for node in tree.body if isinstance(node, ast.AsyncFunctionDef | ast.ClassDef)]
    for node in (*odd, *inner):
        if isinstance(node, ast.AsyncFunctionDef | ast.ClassDef | ast.FunctionDef) and _decorator(node, "figure"):
            yield node


def _signature(
    node: ast.FunctionDef, by: ast.Call, module: str, question: str, own: Mapping[str, ast.expr],
    wrong: list[_Unreadable],
) -> Signature | None:  # fmt: skip
    about = (ast.get_docstring(node) or "").strip()
    try:
        name, control = _name(by), _has_control(by)
        known = _parameters(node, about, own, wrong)
        if control and not wrong:
            known |= {CONTROL: hints.control(known, about)}
    except _Unreadable as error:
        wrong.append(error)
        return None
    except ValueError as error:
        wrong.append(_Unreadable(by.lineno, f"{node.name}: {error}"))
        return None
    summary = (about or question).partition("\n")[0]
    return Signature(name, module, node.name, known, summary, question, node.lineno, control)


def _values(tree: ast.Module) -> dict[str, ast.expr]:
    """Return what stands behind the names that a script gives to plain expressions, types among them."""
    assigned = [node for node in tree.body if isinstance(node, ast.Assign) and len(node.targets) == 1]
    return {node.targets[0].id: node.value for node in assigned if isinstance(node.targets[0], ast.Name)}


def _decorator(node: ast.AsyncFunctionDef | ast.ClassDef | ast.FunctionDef, called: str) -> ast.Call | None:
    calls = (one for one in node.decorator_list if isinstance(one, ast.Call))
    return next((call for call in calls if getattr(call.func, "id", getattr(call.func, "attr", "")) == called), None)


def _name(by: ast.Call) -> str:
    """Return the name that a decorator registers a function under."""
    if not by.args or not isinstance(by.args[0], ast.Constant):
        raise _Unreadable(by.lineno, f"@{ast.unparse(by.func)} needs its name as a plain string")
    name = str(by.args[0].value)
    if not NAME.fullmatch(name):
        raise _Unreadable(by.lineno, f"no directive can be called {name!r}; expected letters, digits and hyphens")
    return name


def _has_control(by: ast.Call) -> bool:
    given = next((keyword.value for keyword in by.keywords if keyword.arg == CONTROL), ast.Constant(False))
    if not isinstance(given, ast.Constant) or not isinstance(given.value, bool):
        raise _Unreadable(by.lineno, f"@{ast.unparse(by.func)} needs control as True or False")
    return given.value


def _parameters(
    node: ast.FunctionDef, about: str, own: Mapping[str, ast.expr], wrong: list[_Unreadable]
) -> dict[str, Parameter]:
    if node.args.posonlyargs or node.args.args or node.args.vararg or node.args.kwarg:
        raise _Unreadable(node.lineno, f"{node.name}: the parameters of a figure must be keyword-only")
    known: dict[str, Parameter] = {}
    for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
        try:
            known[argument.arg] = _parameter(argument, default, about, own)
        except _Unreadable as error:
            wrong.append(error)
        except ValueError as error:
            wrong.append(_Unreadable(argument.lineno, f"{node.name}: {error}"))
    return known


def _parameter(argument: ast.arg, default: ast.expr | None, about: str, own: Mapping[str, ast.expr]) -> Parameter:
    if argument.annotation is None:
        raise ValueError(f"parameter {argument.arg!r} needs a type")
    try:
        value = None if default is None else ast.literal_eval(default)
    except ValueError:
        raise ValueError(f"the default of {argument.arg!r} must be a plain value") from None
    written = ast.unparse(argument.annotation)
    try:
        annotation = hints.evaluated(argument.annotation, own)
    except (ValueError, SyntaxError, TypeError):
        annotation = object
    return hints.parameter(argument.arg, annotation, value, default is None, about=about, written=written)
