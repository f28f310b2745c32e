"""What an author may ask of a figure, and how what was written or given is bound to it.

Directives and notebooks go this one way: text is read as a directive's is, and a Python value is
read as the text that an author would write for it. Signatures come from source text
(`figures.scripts`) or from a function that is there (`figures.hints`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from figures.nearest import nearest
from figures.ranges import Length, Range
from figures.texts import choice, integer, number, numbered, picture, specification, truth

RESERVED = frozenset({"name", "alt", "width", "class", "caption", "device"})
"""What every directive takes for itself, and `device`, which the engine or a notebook chooses."""

DEFAULTED = {"model": "Model", "dataset": "Dataset", "seed": "int"}
"""Parameters that an article fills where a directive does not, with their kinds."""

CONTROL = "control"
"""The parameter that the decorator adds to a figure which can be drawn of the untrained network too."""

KINDS: Mapping[str, str] = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
    "Path": "file beside the article",
    "Unit": "unit, as mixed3b:17",
    "Units": "units, as mixed3b:3, mixed3b:17",
    "Edge": "two units with an arrow between, as mixed4b:3 -> mixed3b:17",
    "Layer": "layer",
    "Layers": "layers, as mixed3a, mixed3b",
    "Outputs": "layers or heads, as mixed3b, shape",
    "Head": "head",
    "Class": "class, by name or number",
    "Classes": "classes, by name or number, with commas between",
    "Model": "network",
    "Models": "networks",
    "Dataset": "data set, as glyphs:6000",
    "Families": "families of stimuli, as arcs, filled",
    "Phrases": "texts with commas between",
    "Picture": "picture beside the article, as cat.jpg, or of the data set, by number or name",
    "Specification": "Vega-Lite file beside the article, as chart.json",
    "Tables": "CSV files beside the article, or folders of them, with commas between",
    "Pictures": "pictures beside the article, as cat.jpg, or of the data set, by number or name",
    "tuple[int, ...]": "whole numbers",
    "tuple[float, ...]": "numbers",
    "tuple[str, ...]": "words",
}
"""The kinds of parameters, and what an author would call them."""

CHOICE = "Literal"
"""The kind of a parameter that has `choices`."""

SEVERAL = (
    "Units",
    "Layers",
    "Outputs",
    "Classes",
    "Models",
    "Families",
    "Phrases",
    "Tables",
    "Specification",
    "Pictures",
    "tuple[int, ...]",
    "tuple[float, ...]",
    "tuple[str, ...]",
)
OF_A_MODEL = ("Unit", "Units", "Edge", "Layer", "Layers", "Outputs", "Head", "Class", "Classes")
_OF_A_HEAD = ("Class", "Classes")
_FIRST = {"Model": 0, "Dataset": 1, "Head": 2}
"""What is read before other parameters, in this order: they are looked for in it."""
NAMED = (*OF_A_MODEL, "Model", "Models", "Dataset", "Families", "Path")


class Names(Protocol):
    """What the names of networks, units, data sets, families and files mean where a figure is asked for.

    Each returns the full name, or raises ValueError with what was expected and the nearest name.
    """

    def model(self, text: str) -> str: ...

    def layer(self, model: str, text: str) -> str: ...

    def output(self, model: str, text: str) -> str:
        """Return a layer or a head."""
        ...

    def head(self, model: str, text: str) -> str: ...

    def check_class(self, model: str, head: str, text: str) -> None:
        """Refuse what is no class of a head, of the first where `head` is empty."""
        ...

    def edge(self, model: str, text: str) -> str: ...

    def unit(self, model: str, text: str) -> str: ...

    def units(self, model: str, text: str) -> tuple[str, ...]: ...

    def dataset(self, text: str) -> str: ...

    def picture(self, dataset: str, text: str) -> None:
        """Refuse what the data set is known not to have."""
        ...

    def family(self, text: str) -> str: ...

    def file(self, text: str) -> Path: ...

    def tables(self, text: str) -> tuple[Path, ...]:
        """Return a file, or all tables of a folder."""
        ...


@dataclass(frozen=True)
class Parameter:
    """One thing an author may write: `kind` is one of `KINDS`, or that of a choice; `range` is of each number."""

    name: str
    kind: str
    default: object = None
    required: bool = False
    optional: bool = False
    choices: tuple[object, ...] = ()
    range: Range | None = None
    length: Length | None = None
    about: str = ""

    @property
    def several(self) -> bool:
        """Whether it holds several values."""
        return self.kind in SEVERAL

    @property
    def is_named(self) -> bool:
        """Whether its default is a name, which may mean nothing here."""
        return self.kind in NAMED and self.default is not None

    def describe(self) -> str:
        """Name the kind as an author would, with its range."""
        words = (", " if self.several else " | ").join(map(str, self.choices)) if self.choices else KINDS[self.kind]
        words = f"any of {words}" if self.choices and self.several else words
        if self.range:
            words += f", {'each ' if self.several else ''}{self.range}"
        return f"{words}, {self.length} of them" if self.length else words

    def read(self, given: object, names: Names, model: str = "", head: str = "") -> object:
        """Return the value of what was given, of a network and its head; raises ValueError with what was expected."""
        if self.several and isinstance(given, Iterable) and not isinstance(given, str | bytes | Mapping):
            return self._checked(self._values([str(item).strip() for item in given], names, model, head))
        return self._read("none" if given is None else str(given).strip(), names, model, head)

    def _read(self, text: str, names: Names, model: str, head: str) -> object:
        if self.optional and text.lower() in ("", "none"):
            return None
        if text == self.default == "":
            return text
        if self.several:
            return self._checked(self._values(self._split(text), names, model, head))
        return self._in_range(self._value(text, names, model, head), text)

    def _split(self, text: str) -> list[str]:
        if self.kind in ("Units", "Specification"):
            return [text]
        phrases = self.kind in ("Phrases", "Tables", "Classes") or (self.kind == "Pictures" and not numbered(text))
        words = text.split(",") if phrases else text.replace(",", " ").split()
        return [word.strip() for word in words if word.strip()]

    def _value(self, text: str, names: Names, model: str, head: str) -> object:
        """Read one text of a parameter that holds one value."""
        if self.choices:
            return {str(known): known for known in self.choices}[choice(text, map(str, self.choices))]
        readers: Mapping[str, Callable[[str], object]] = {
            "int": integer,
            "float": number,
            "bool": truth,
            "Path": names.file,
            "Picture": lambda t: picture(t, names.file),
            "Unit": lambda t: names.unit(model, t) if model else t,
            "Edge": lambda t: names.edge(model, t) if model else t,
            "Layer": lambda t: names.layer(model, t) if model else t,
            "Head": lambda t: names.head(model, t) if model else t,
            "Class": lambda t: _class(t, names, model, head),
            "Model": names.model,
            "Dataset": names.dataset,
        }
        return readers.get(self.kind, str)(text)

    def _values(self, texts: list[str], names: Names, model: str, head: str) -> tuple[object, ...]:
        """Read the texts of a parameter that holds several values."""
        if self.choices:
            return tuple(choice(text, map(str, self.choices)) for text in texts)
        if self.kind == "Units":
            joined = ", ".join(texts)
            return names.units(model, joined) if model else tuple(texts)
        if self.kind == "Specification":
            return tuple(file for text in texts for file in specification(text, names.file))
        if self.kind == "Tables":
            return tuple(dict.fromkeys(file for text in texts for file in names.tables(text)))
        readers: Mapping[str, Callable[[str], object]] = {
            "tuple[int, ...]": integer,
            "tuple[float, ...]": number,
            "Models": names.model,
            "Families": names.family,
            "Layers": lambda t: names.layer(model, t) if model else t,
            "Outputs": lambda t: names.output(model, t) if model else t,
            "Classes": lambda t: _class(t, names, model, head),
            "Pictures": lambda t: picture(t, names.file),
        }
        return tuple(self._in_range(readers.get(self.kind, str)(text), text) for text in texts)

    def _in_range(self, value: object, text: str) -> object:
        if self.range and isinstance(value, int | float) and value not in self.range:
            raise ValueError(f"{text}; expected {'numbers, each ' if self.several else ''}{self.range}")
        return value

    def _checked(self, values: tuple[object, ...]) -> tuple[object, ...]:
        if self.required and not values:
            raise ValueError(f"nothing given; expected {self.describe()}")
        if self.length and len(values) not in self.length:
            raise ValueError(f"{len(values)} given; expected {self.length}")
        return values

    def check_default(self) -> None:
        """Raise ValueError where the default is not what an author could write."""
        if self.required or self.default is None:
            return
        values = tuple(self.default) if isinstance(self.default, tuple | list) else (self.default,)
        if self.several != isinstance(self.default, tuple | list) or not all(map(self._is_of_kind, values)):
            raise ValueError(f"{self.default!r}; expected {self.describe()}")
        for value in values:
            self._in_range(value, str(value))
            if self.choices:
                choice(str(value), map(str, self.choices))
        if self.several:
            self._checked(values)

    def _is_of_kind(self, value: object) -> bool:
        if self.choices:
            return True
        if self.kind.removeprefix("tuple[").startswith(("int", "float")):
            types = (int,) if "int" in self.kind else (int, float)
            return isinstance(value, types) and not isinstance(value, bool)
        return isinstance(value, bool if self.kind == "bool" else str)


def _class(text: str, names: Names, model: str, head: str) -> str:
    """Return a class as it was named, once it is known to be there."""
    if model:
        names.check_class(model, head, text)
    return text


@dataclass(frozen=True)
class Mistake:
    """What is wrong about one parameter; `message` names the figure and the parameter."""

    parameter: str
    message: str


@dataclass(frozen=True)
class Signature:
    """A figure as far as it can be known without running it.

    `question` is what the script asks, `summary` one line of what the figure shows; `line` is where its
    function begins. `control` tells whether the decorator gives it a control.
    """

    figure: str
    module: str
    function: str
    parameters: Mapping[str, Parameter]
    summary: str
    question: str
    line: int = 0
    control: bool = False

    def bind(
        self, given: Mapping[str, object], names: Names, defaults: Mapping[str, object] | None = None
    ) -> tuple[dict[str, object] | None, list[Mistake]]:
        """Return the value of every parameter, or None and all that is wrong.

        `given` are texts, as of a directive, or Python values. `defaults` fill the parameters of `DEFAULTED`;
        one that is None is known to be wrong, and no word is said about it again: who takes it is not bound.
        """
        defaults = defaults or {}
        mistakes = [Mistake(name, self._unknown(name)) for name in given if name not in self.parameters]
        waiting = self._waiting(given, defaults)
        values: dict[str, object] = {}
        for parameter in sorted(self.parameters.values(), key=lambda p: _FIRST.get(p.kind, len(_FIRST))):
            if parameter.kind in OF_A_MODEL and any(self._is_kind("Model", wrong.parameter) for wrong in mistakes):
                continue  # nothing can be said of the units of a network that there is not
            if parameter.kind in _OF_A_HEAD and any(self._is_kind("Head", wrong.parameter) for wrong in mistakes):
                continue
            if parameter.name in waiting:
                continue
            try:
                values[parameter.name] = self._bound(parameter, given, names, defaults, values)
                self._check_pictures(parameter, values, names)
            except ValueError as error:
                mistakes.append(Mistake(parameter.name, f"{self.figure}: {parameter.name}: {error}"))
        return (None if mistakes or waiting else values), mistakes

    def named(self, values: Mapping[str, object], *kinds: str) -> list[str]:
        """List the names that parameters of some kinds hold, each once."""
        names: set[str] = set()
        for name, value in values.items():
            if value and self.parameters[name].kind in kinds:
                names.update(map(str, value if isinstance(value, tuple | list) else [value]))
        return sorted(names)

    def _bound(
        self, parameter: Parameter, given: Mapping[str, object], names: Names,
        defaults: Mapping[str, object], bound: Mapping[str, object],
    ) -> object:  # fmt: skip
        model, head = str(bound.get("model") or defaults.get("model") or ""), str(bound.get("head") or "")
        if parameter.name in given:
            return parameter.read(given[parameter.name], names, model, head)
        if parameter.name in defaults and self._takes(parameter):
            return parameter.read(str(defaults[parameter.name]), names, model, head)
        if parameter.required:
            raise ValueError(f"is required; expected {parameter.describe()}")
        return parameter.read(parameter.default, names, model, head) if parameter.is_named else parameter.default

    @staticmethod
    def _check_pictures(parameter: Parameter, values: Mapping[str, object], names: Names) -> None:
        """Refuse pictures that the figure's data set is known not to have; files are pictures of nobody's."""
        value, dataset = values[parameter.name], values.get("dataset")
        if dataset and parameter.kind in ("Picture", "Pictures"):
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, str):
                    names.picture(str(dataset), one)

    def _waiting(self, given: Mapping[str, object], defaults: Mapping[str, object]) -> set[str]:
        """Name the parameters that take a default which is known to be wrong."""
        taken = {p.name for p in self.parameters.values() if self._takes(p)} - set(given)
        return {name for name in taken if name in defaults and defaults[name] is None}

    @staticmethod
    def _takes(parameter: Parameter) -> bool:
        return DEFAULTED.get(parameter.name) == parameter.kind

    def _is_kind(self, kind: str, name: str) -> bool:
        return name in self.parameters and self.parameters[name].kind == kind

    def _unknown(self, name: str) -> str:
        hint = nearest(name, self.parameters) or f" (it has {', '.join(self.parameters) or 'none'})"
        return f"{self.figure}: no parameter {name!r}{hint}"


def unknown(figure: str, signatures: Iterable[str]) -> str:
    """Say that there is no such figure, with the nearest name."""
    return f"no figure {figure!r}{nearest(figure, signatures)}"


def canonical(values: Mapping[str, object]) -> dict[str, object]:
    """Return bound values as JSON has them."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value
