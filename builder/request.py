"""From a directive to a request: parameters bound to the figure's signature, and a key.

The key digests what decides the picture: the figure, its parameters in canonical form, the
sources it reaches, the weights, the data set, the files it names. Prose, caption, name,
device and date are no part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.catalogue import Catalogue
from builder.closure import Sources
from builder.errors import Place, Problem, nearest
from builder.signatures import Parameter, Signature

DEFAULTED = {"model": "Model", "dataset": "Dataset", "seed": "int"}
"""Parameters that the front matter fills where a directive does not, with their types."""


@dataclass(frozen=True)
class Request:
    """A parsed, validated directive. `parts` is all that its key digests.

    `random` names the networks with random weights that the page must point out.
    """

    figure: str
    module: str
    function: str
    parameters: Mapping[str, object]
    paths: Mapping[str, Path]
    parts: Mapping[str, object]
    key: str
    place: Place
    text: str
    random: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What an author wrote: the figure, its raw options, and where each stands."""

    figure: str
    options: Mapping[str, str]
    lines: Mapping[str, int]
    place: Place
    folder: Path

    def at(self, option: str) -> Place:
        """Return the place of an option, or of the directive."""
        return Place(self.place.path, self.lines.get(option, self.place.line))


@dataclass(frozen=True)
class Binder:
    """Binds what authors write to the figures, networks, data sets and families of stimuli there are."""

    signatures: Mapping[str, Signature]
    catalogue: Catalogue
    sources: Sources
    families: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def bind(self, asked: Asked, defaults: Mapping[str, object]) -> tuple[Request | None, list[Problem]]:
        """Return the request, or every problem that stands against it."""
        signature = self.signatures.get(asked.figure)
        if signature is None:
            hint = nearest(asked.figure, self.signatures)
            return None, [Problem(asked.place, f"no figure {asked.figure!r}{hint}")]
        problems = _unknown_options(asked, signature)
        if _waits(asked, signature, defaults):
            return None, problems
        values: dict[str, object] = {}
        for parameter in sorted(signature.parameters.values(), key=lambda p: p.type != "Model"):
            try:
                values[parameter.name] = self._value(parameter, asked, defaults, values)
            except ValueError as error:
                problems.append(Problem(asked.at(parameter.name), f"{asked.figure}: {parameter.name}: {error}"))
                if parameter.type in ("Model", "Models"):
                    return None, problems
        return (None, problems) if problems else (self._request(asked, signature, values), [])

    def _value(
        self, parameter: Parameter, asked: Asked, defaults: Mapping[str, object], bound: Mapping[str, object]
    ) -> object:
        text = asked.options.get(parameter.name)
        if text is None and DEFAULTED.get(parameter.name) == parameter.type and parameter.name in defaults:
            text = str(defaults[parameter.name])
        if text is None and parameter.required:
            raise ValueError(f"is required; expected {parameter.describe()}")
        if text is None:
            return _plain(parameter.default)
        if parameter.optional and text.strip().lower() in ("", "none"):
            return None
        return self._parse(parameter, text.strip(), asked, str(bound.get("model", defaults.get("model", ""))))

    def _parse(self, parameter: Parameter, text: str, asked: Asked, model: str) -> object:
        if parameter.choices:
            return _choice(text, parameter.choices)
        parse: Mapping[str, Callable[[str], object]] = {
            "Unit": lambda t: self.catalogue.unit(model, t),
            "Units": lambda t: list(self.catalogue.units(model, t)),
            "Layer": lambda t: self.catalogue.layer(model, t),
            "Model": lambda t: self.catalogue.model(t).name,
            "Models": lambda t: [self.catalogue.model(name).name for name in _words(t)],
            "Dataset": lambda t: self.catalogue.dataset(t)[0],
            "Families": lambda t: [_choice(word, tuple(self.families)) for word in _words(t)],
            "Path": lambda t: str(_file(asked.folder, t)),
        }
        return parse.get(parameter.type, _SCALARS.get(parameter.type, str))(text)

    def _request(self, asked: Asked, signature: Signature, values: Mapping[str, object]) -> Request:
        typed = {name: signature.parameters[name].type for name in values}
        paths = {name: Path(str(value)) for name, value in values.items() if typed[name] == "Path" and value}
        parts = {
            "figure": asked.figure,
            "parameters": {name: value for name, value in values.items() if name not in paths},
            "files": {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in paths.items()},
            "models": {name: self.catalogue.model(name).digest for name in _models(typed, values)},
            "datasets": {
                str(value): self.catalogue.dataset(str(value))[1]
                for name, value in values.items()
                if typed[name] == "Dataset"
            },
            "sources": self._sources(signature, typed, values),
        }
        random = tuple(name for name in parts["models"] if self._is_pointed_out(name, typed, values))
        key = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
        names = asked.figure, signature.module, signature.function
        return Request(*names, dict(values), paths, parts, key, asked.place, _text(asked), random)

    def _sources(self, signature: Signature, typed: Mapping[str, str], values: Mapping[str, object]) -> dict[str, str]:
        """Digest all that the figure reaches, and the families of stimuli that it is to show."""
        named = [name for key, value in values.items() if typed[key] == "Families" for name in value or ()]
        found = [self.families[name] for name in named if name in self.families]
        parts = (self.sources.parts(*place) for place in [(signature.module, signature.function), *found])
        return {name: digest for some in parts for name, digest in some.items()}

    def _is_pointed_out(self, name: str, typed: Mapping[str, str], values: Mapping[str, object]) -> bool:
        """Tell whether a page must say that a network was not trained.

        A figure that lists networks may show an untrained one as a control: there, a name that
        says so is enough.
        """
        if not self.catalogue.model(name).random:
            return False
        alone = any(typed[key] == "Model" and value == name for key, value in values.items())
        return alone or not name.endswith(("@none", "-untrained"))


def _unknown_options(asked: Asked, signature: Signature) -> list[Problem]:
    return [
        Problem(asked.at(option), f"{asked.figure}: no parameter {option!r}{nearest(option, signature.parameters)}")
        for option in asked.options
        if option not in signature.parameters
    ]


def _waits(asked: Asked, signature: Signature, defaults: Mapping[str, object]) -> bool:
    """Tell whether a directive takes a default of the article that is known to be wrong (None)."""
    wrong = {name for name, value in defaults.items() if value is None}
    taken = {one.name for one in signature.parameters.values() if DEFAULTED.get(one.name) == one.type}
    return bool(wrong & taken - set(asked.options))


def _models(typed: Mapping[str, str], values: Mapping[str, object]) -> list[str]:
    names: list[str] = []
    for name, value in values.items():
        if typed[name] == "Model":
            names.append(str(value))
        elif typed[name] == "Models":
            names.extend(map(str, value))
    return sorted(set(names))


def _text(asked: Asked) -> str:
    options = "".join(f":{name}: {value}\n" for name, value in asked.options.items())
    return f":::{{{asked.figure}}}\n{options}:::"


def _choice(text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise ValueError(f"{text!r} is not one of {', '.join(choices)}{nearest(text, choices)}")
    return text


def _file(folder: Path, text: str) -> Path:
    path = (folder / text).resolve()
    if not path.is_file():
        names = [p.name for p in folder.iterdir() if p.is_file()] if folder.is_dir() else []
        raise ValueError(f"no file {text!r} beside the article{nearest(text, names)}")
    return path


def _words(text: str) -> list[str]:
    return [word for word in text.replace(",", " ").split() if word]


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a whole number") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a number") from None


def _truth(text: str) -> bool:
    known = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if text.lower() not in known:
        raise ValueError(f"{text!r} is neither true nor false")
    return known[text.lower()]


_SCALARS: Mapping[str, Callable[[str], object]] = {
    "int": _integer,
    "float": _number,
    "bool": _truth,
    "tuple[int, ...]": lambda text: [_integer(word) for word in _words(text)],
    "tuple[float, ...]": lambda text: [_number(word) for word in _words(text)],
    "tuple[str, ...]": _words,
}


def _plain(value: object) -> object:
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value
