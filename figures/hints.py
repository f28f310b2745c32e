"""Make parameters of annotations: those of a function that is there, and those that stand in source text.

Source text is not run: only types, the aliases of `figures.parameters` and the ranges mean something there.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from figures import parameters
from figures.ranges import AtLeast, Between, Kind, Length, Range
from figures.signature import CHOICE, CONTROL, KINDS, RESERVED, Parameter, Signature

WORDS: Mapping[str, object] = {
    **{name: value for name, value in vars(parameters).items() if typing.get_origin(value) is Annotated},
    **{type_.__name__: type_ for type_ in (str, int, float, bool, tuple, Path, AtLeast, Between, Length)},
    "Annotated": Annotated,
    "Literal": Literal,
}
"""What an annotation may be made of."""


def of(function: Callable[..., object], figure: str) -> Signature:
    """Return the signature of a figure's function; raises ValueError for a parameter that cannot be one."""
    inner = inspect.unwrap(function)
    about, question = inspect.getdoc(inner) or "", _question(inner)
    known = dict(_given(function, inner, about))
    return Signature(
        figure=figure,
        module=inner.__module__,
        function=inner.__name__,
        parameters=known,
        summary=(about or question).partition("\n")[0],
        question=question,
        line=inner.__code__.co_firstlineno,
        control=bool(getattr(function, "has_control", False)),
    )


def _question(function: Callable[..., object]) -> str:
    return inspect.cleandoc(getattr(sys.modules.get(function.__module__), "__doc__", "") or "")


def _given(
    function: Callable[..., object], inner: Callable[..., object], about: str
) -> Iterator[tuple[str, Parameter]]:
    known = {**WORDS, **getattr(inner, "__globals__", {})}
    for given in inspect.signature(function).parameters.values():
        if given.kind is not given.KEYWORD_ONLY:
            raise ValueError(f"parameter {given.name!r} must be keyword-only")
        if given.annotation is given.empty:
            raise ValueError(f"parameter {given.name!r} needs a type")
        default = (None, True) if given.default is given.empty else (given.default, False)
        yield given.name, parameter(given.name, _evaluated(given, known), *default, about=about)


def _evaluated(given: inspect.Parameter, known: Mapping[str, object]) -> object:
    """Return the annotation of a function's parameter, which may be text."""
    try:
        return typing.get_type_hints(types.SimpleNamespace(__annotations__={"it": given.annotation}), dict(known), {},
                                     include_extras=True)["it"]  # fmt: skip
    except (NameError, SyntaxError, TypeError, AttributeError) as error:
        raise ValueError(f"the type of {given.name!r} cannot be read: {error}") from error


def parameter(name: str, annotation: object, default: object = None, required: bool = False, *, about: str = "",
              written: str = "") -> Parameter:  # fmt: skip
    """Make a parameter; raises ValueError for what no author could write. `about` is the figure's docstring."""
    if name in RESERVED:
        raise ValueError(f"parameter {name!r} is an option of every directive; expected another name")
    base, marks, optional = _taken_apart(annotation)
    choices, several = _choices(base)
    kind = _kind_of_choice(several) if choices else next((m.name for m in marks if isinstance(m, Kind)), _type(base))
    if kind not in (*KINDS, CHOICE):
        expected = ", ".join((*KINDS, "Literal[…]"))
        raise ValueError(f"parameter {name!r} has type {written or _type(annotation)}; expected one of {expected}")
    made = Parameter(
        name=name,
        kind=kind,
        default=default,
        required=required,
        optional=optional,
        choices=choices,
        range=next((mark for mark in marks if isinstance(mark, Range) and not isinstance(mark, Length)), None),
        length=next((mark for mark in marks if isinstance(mark, Length)), None),
        about=explained(name, kind, about),
    )
    try:
        made.check_default()
    except ValueError as error:
        raise ValueError(f"the default of {name!r} is {error}") from None
    return made


def control(known: Mapping[str, Parameter], about: str = "") -> Parameter:
    """Return the parameter that the decorator adds to those of a figure; raises ValueError where it cannot."""
    if CONTROL in known or "model" not in known:
        raise ValueError(f"control=True needs a parameter 'model' and adds one called {CONTROL!r}")
    return parameter(CONTROL, bool, False, about=about)


def _taken_apart(annotation: object) -> tuple[object, tuple[object, ...], bool]:
    """Return a type, the marks on it, and whether None may stand for it."""
    if typing.get_origin(annotation) is Annotated:
        inner, *added = typing.get_args(annotation)
        base, marks, optional = _taken_apart(inner)
        return base, (*added, *marks), optional
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        sides = [side for side in typing.get_args(annotation) if side is not types.NoneType]
        if len(sides) == 1:
            base, marks, _ = _taken_apart(sides[0])
            return base, marks, True
    return annotation, (), False


def _choices(base: object) -> tuple[tuple[object, ...], bool]:
    """Return what may be chosen, and whether several of it; nothing where a type is no choice."""
    several = typing.get_origin(base) is tuple and typing.get_args(base)[1:] == (...,)
    inner = typing.get_args(base)[0] if several else base
    return (typing.get_args(inner), several) if typing.get_origin(inner) is Literal else ((), False)


def _kind_of_choice(several: bool) -> str:
    return "tuple[str, ...]" if several else CHOICE


def _type(annotation: object) -> str:
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return "Path" if issubclass(annotation, Path) else annotation.__name__
    return str(annotation)


def explained(name: str, kind: str, about: str) -> str:
    """Find "name: what it does" in a docstring, with its continuation lines; else what is said of all such."""
    match = re.search(rf"^\s*`?{re.escape(name)}`?:\s+(.*(?:\n\s{{4,}}\S.*)*)", about, re.MULTILINE)
    if match:
        return re.sub(r"\s+", " ", match[1]).strip()
    common = parameters.EXPLAINED.get(name, ("", ""))
    return common[1] if kind in common[0].split(" | ") else ""


def evaluated(node: ast.expr, own: Mapping[str, ast.expr]) -> object:
    """Return the type that source text writes; `own` are the values of names that its script gives.

    Raises ValueError for what is no type of a parameter.
    """
    match node:
        case ast.Constant(value=None):
            return None
        case ast.Constant(value=str(text)) if text:
            return evaluated(ast.parse(text, mode="eval").body, own)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return _named(name, own)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return typing.Optional[_other(evaluated(left, own), evaluated(right, own))]  # noqa: UP045
        case ast.Subscript(value=value, slice=inner):
            return _subscript(evaluated(value, own), inner.elts if isinstance(inner, ast.Tuple) else [inner], own)
    raise ValueError(ast.unparse(node))


def _named(name: str, own: Mapping[str, ast.expr]) -> object:
    if name in own and name not in WORDS:
        return evaluated(own[name], {key: value for key, value in own.items() if key != name})
    if name not in WORDS:
        raise ValueError(name)
    return WORDS[name]


def _other(left: object, right: object) -> object:
    if (left is None) == (right is None):
        raise ValueError(f"{left} | {right}")
    return right if left is None else left


def _subscript(base: object, inside: list[ast.expr], own: Mapping[str, ast.expr]) -> object:
    if base is Literal:
        return Literal[tuple(ast.literal_eval(one) for one in inside)]
    if base is Annotated:
        return Annotated[(evaluated(inside[0], own), *(_mark(one) for one in inside[1:]))]
    if base is tuple and len(inside) == 2 and ast.unparse(inside[1]) == "...":
        return types.GenericAlias(tuple, (evaluated(inside[0], own), ...))
    raise ValueError("no type of a parameter")


def _mark(node: ast.expr) -> object:
    """Return a range, as `Between(1, 16)`."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=numbers, keywords=[]):
            made = WORDS.get(name)
            if isinstance(made, type) and issubclass(made, Range):
                return made(*map(ast.literal_eval, numbers))
    raise ValueError(ast.unparse(node))
