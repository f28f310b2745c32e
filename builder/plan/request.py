"""From a directive to a request: parameters bound to the figure's signature, and a key.

The key digests what decides the picture: the figure, its parameters in canonical form, the
sources it reaches, the weights, the data set, the files it names. Prose, caption, name,
device and date are no part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.errors import BuildError, Place, Problem, UsageError, unforeseen
from builder.frozen import frozen
from builder.store.records import StoreError

if TYPE_CHECKING:
    from builder.plan.catalogue.catalogue import Catalogue
    from builder.plan.catalogue.signatures import Signature
    from builder.plan.closure import Sources

CONTROL = ("figures.control", "drawn")
"""What the decorator of a figure runs where a control is asked for, which the figure's own source does not name."""


@frozen
class Request:
    """A parsed, validated directive. `parts` is all that its key digests; `paths` are the parameters with files.

    `random` names the networks with random weights that the page must point out, `licences` those of
    the weights of the others, where that is known.
    """

    figure: str
    module: str
    function: str
    parameters: Mapping[str, Any]
    paths: Mapping[str, object]
    parts: Mapping[str, Any]
    key: str
    place: Place
    text: str
    random: tuple[str, ...] = ()
    licences: Mapping[str, str] = field(default_factory=dict)

    @property
    def options(self) -> dict[str, str]:
        """The options as the author wrote them, without those that every directive has."""
        lines = (line[1:].partition(": ") for line in self.text.splitlines()[1:-1])
        return {name: value.replace(r"\|", "|") for name, _, value in lines}

    @property
    def files(self) -> list[Path]:
        """The files of the author's that the figure reads."""
        several = (value if isinstance(value, tuple) else (value,) for value in self.paths.values())
        return [one for values in several for one in values if isinstance(one, Path)]


@frozen
class Asked:
    """What an author wrote: the figure, its raw options (those of Python are values), and where each stands."""

    figure: str
    options: Mapping[str, Any]
    lines: Mapping[str, int]
    place: Place
    folder: Path

    def at(self, option: str) -> Place:
        """Return the place of an option, or of the directive."""
        return Place(self.place.path, self.lines.get(option, self.place.line))


@frozen
class Binder:
    """Binds what authors write to the figures, networks, data sets and families of stimuli there are."""

    signatures: Mapping[str, Signature]
    catalogue: Catalogue
    sources: Sources
    families: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def bind(self, asked: Asked, defaults: Mapping[str, object]) -> tuple[Request | None, list[Problem]]:
        """Return the request, or every problem that stands against it: also what nobody foresaw of its files."""
        try:
            return self._bound(asked, defaults)
        except (BuildError, StoreError, UsageError):
            raise
        except Exception as error:
            return None, [Problem(asked.place, f"{asked.figure}: cannot be bound: {unforeseen(error)}")]

    def _bound(self, asked: Asked, defaults: Mapping[str, object]) -> tuple[Request | None, list[Problem]]:
        from builder.plan.catalogue.signatures import SiteNames, unknown

        signature = self.signatures.get(asked.figure)
        if signature is None:
            from builder.read.markdown.directives import PLAIN  # with the parser, which plans do without

            return None, [Problem(asked.place, unknown(asked.figure, [*self.signatures, *PLAIN]))]
        names = SiteNames(self.catalogue, tuple(self.families), asked.folder)
        values, mistakes = signature.bind(asked.options, names, defaults)
        problems = [Problem(asked.at(wrong.parameter), wrong.message) for wrong in mistakes]
        return (None, problems) if values is None else (self._request(asked, signature, values), [])

    def _request(self, asked: Asked, signature: Signature, bound: Mapping[str, object]) -> Request:
        from builder.plan.catalogue.signatures import canonical

        values, paths = canonical(bound), {name: value for name, value in bound.items() if _has_files(value)}
        parts: dict[str, Any] = {
            "figure": asked.figure,
            "parameters": {name: value for name, value in values.items() if name not in paths},
            "files": {name: _contents(value) for name, value in paths.items()},
            **_folders(signature, paths),
            "models": {name: self.catalogue.model(name).digest for name in signature.named(values, "Model", "Models")},
            "datasets": {name: self.catalogue.dataset(name)[1] for name in signature.named(values, "Dataset")},
            "sources": self._sources(signature, values),
        }
        alone = signature.named(values, "Model")
        random = tuple(name for name in parts["models"] if self._is_pointed_out(name, alone))
        key = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
        names = asked.figure, signature.module, signature.function
        licences = {name: known for name in parts["models"] if (known := self.catalogue.model(name).weights.licence)}
        return Request(*names, values, paths, parts, key, asked.place, _text(asked, signature), random, licences)

    def _sources(self, signature: Signature, values: Mapping[str, object]) -> dict[str, str]:
        """Digest all that the figure reaches, its networks too, and the families of stimuli that it is to show."""
        places = [(signature.module, signature.function)]
        if signature.control and values.get("control"):
            places.append(CONTROL)
        places += [self.families[name] for name in signature.named(values, "Families") if name in self.families]
        for model in signature.named(values, "Model", "Models"):
            places += self.catalogue.code(model)
        parts = (self.sources.parts(*place) for place in places)
        return {name: digest for some in parts for name, digest in some.items()}

    def _is_pointed_out(self, name: str, alone: Sequence[str]) -> bool:
        """Tell whether a page must say that a network was not trained.

        A figure that lists networks may show an untrained one as a control: there, a name that
        says so is enough.
        """
        return self.catalogue.model(name).random and (name in alone or not name.endswith(("@none", "-untrained")))


def _has_files(value: object) -> bool:
    return isinstance(value, Path) or (isinstance(value, tuple) and any(map(_has_files, value)))


def _contents(value: object) -> object:
    """Put the digest of its content in place of each file."""
    if isinstance(value, tuple):
        return [_contents(one) for one in value]
    return hashlib.sha256(value.read_bytes()).hexdigest() if isinstance(value, Path) else value


def _folders(signature: Signature, paths: Mapping[str, object]) -> dict[str, object]:
    """Say of tables which lie in one folder, which may decide what they are taken for; nothing of a single one."""
    several = {name: value for name, value in paths.items() if isinstance(value, tuple) and len(value) > 1}
    tables = {name: value for name, value in several.items() if signature.parameters[name].kind == "Tables"}
    parents = {name: [file.parent for file in value] for name, value in tables.items()}
    return {"folders": {name: list(map(one.index, one)) for name, one in parents.items()}} if parents else {}


def _text(asked: Asked, signature: Signature) -> str:
    options = "".join(
        f":{name}: {_written(value, signature.parameters[name].kind)}\n" for name, value in asked.options.items()
    )
    return f":::{{{asked.figure}}}\n{options}:::"


def _written(value: object, kind: str) -> str:
    """Write a value as a directive has it: a bare bar would stand between two values, but in phrases."""
    return str(value) if kind == "Phrases" else str(value).replace("|", r"\|")
