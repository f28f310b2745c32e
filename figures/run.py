"""Make one figure outside any article, for a notebook or a paper.

from figures import run
artifact = run.figure("radial-tuning", units="mixed3b:17")
artifact.save("radial-tuning")
"""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from figures import gallery, hints, provenance
from figures import lab as labs
from figures.artifact import Artifact
from figures.registry import FIGURES
from figures.signature import Signature, canonical, unknown
from figures.texts import choice, file_in, tables_in

if TYPE_CHECKING:
    from figures.methods.datasets import Dataset
    from figures.methods.models import Model


def figure(name: str, /, *, device: str = "", **parameters: object) -> Artifact:
    """Run a figure with the parameters that a directive would give it, as text or as Python values.

    It runs in the current lab, on `device` where one is named; else on the best there is, unless
    the lab has a store. Raises ValueError for an unknown figure or device with the nearest name, and
    for all that is wrong about parameters at once, one mistake a line, as a directive says it.
    """
    function = _found(name)
    lab = labs.current()
    if device or lab.store is None:
        lab = dataclasses.replace(lab, device=labs.checked_device(device))
    names = Library()
    with labs.using(lab):
        signature = hints.of(function, name)
        values, mistakes = signature.bind(parameters, names)
        if values is None:
            raise ValueError("\n".join(wrong.message for wrong in mistakes))
        return _drawn(function, signature, values, names)


def _drawn(
    function: Callable[..., Artifact], signature: Signature, values: Mapping[str, object], names: Library
) -> Artifact:
    lab, start = labs.current(), time.perf_counter()
    with lab.working() as work:
        artifact = function(**values)
        shown = {name: names.networks[name] for name in signature.named(values, "Model", "Models")}
        made = provenance.record(
            figure=signature.figure,
            parameters=canonical({name: value for name, value in values.items() if not isinstance(value, Path)}),
            models={name: one.digest for name, one in shown.items()},
            datasets={name: names.datasets[name].digest for name in signature.named(values, "Dataset")},
            traces=lab.take_traces(),
            drawing_seconds=time.perf_counter() - start - work.waited_s,
            device=lab.device,
            source=provenance.source(function),
            licences={name: licence for name, one in shown.items() if (licence := one.card.weights.licence)},
        )
    return dataclasses.replace(artifact, provenance=made)


def _found(name: str) -> Callable[..., Artifact]:
    """Import the gallery until the figure is there."""
    for module in pkgutil.iter_modules(gallery.__path__, f"{gallery.__name__}."):
        if name in FIGURES:
            break
        importlib.import_module(module.name)
    if name not in FIGURES:
        raise ValueError(unknown(name, FIGURES))
    return FIGURES[name]


@dataclass
class Library:
    """What names mean in the current lab, without a catalogue; files lie in `folder`."""

    folder: Path = field(default_factory=Path.cwd)
    networks: dict[str, Model] = field(default_factory=dict)
    datasets: dict[str, Dataset] = field(default_factory=dict)

    def model(self, text: str) -> str:
        """Return a network's name; raises ValueError with the nearest."""
        return self._network(text).name

    def layer(self, model: str, text: str) -> str:
        """Return the name that we prefer for a layer; raises ValueError with the nearest."""
        return self._network(model).card.layer(text, heads=False)

    def output(self, model: str, text: str) -> str:
        """Return the name that we prefer for a layer, or a head; raises ValueError with the nearest."""
        return self._network(model).card.layer(text)

    def head(self, model: str, text: str) -> str:
        """Return a head's name; raises ValueError with the nearest."""
        return self._network(model).card.head(text)

    def check_class(self, model: str, head: str, text: str) -> None:
        """Raise ValueError, with the nearest name, for what is no class of a head."""
        self._network(model).card.check_class(head, text)

    def edge(self, model: str, text: str) -> str:
        """Return two units, the upper one first; raises ValueError for what is none, or of one layer."""
        return " -> ".join(map(str, self._network(model).card.edge(text)))

    def unit(self, model: str, text: str) -> str:
        """Return a unit's full name; raises ValueError for a wrong layer, index, place or form."""
        return str(self._network(model).unit(text))

    def units(self, model: str, text: str) -> tuple[str, ...]:
        """Expand `mixed3b:3,17, mixed4a:0..3` to full names."""
        return tuple(map(str, self._network(model).card.units(text)))

    def dataset(self, text: str) -> str:
        """Return a data set's full name; raises ValueError where there is none, or no image in it."""
        from figures.methods import datasets

        if text not in self.datasets:
            self.datasets[text] = datasets.load(text)
        return text

    def picture(self, dataset: str, text: str) -> None:
        """Refuse nothing: the data set is about to be opened, and knows best."""

    def family(self, text: str) -> str:
        """Return the name of a family of stimuli; raises ValueError with the nearest."""
        from figures.methods import families

        return choice(text, families.FAMILIES)

    def file(self, text: str) -> Path:
        """Return the path of a file; raises ValueError with the nearest name."""
        return file_in(self.folder, text, "here")

    def tables(self, text: str) -> tuple[Path, ...]:
        """Return the path of a file, or of every CSV file of a folder; raises ValueError with the nearest name."""
        return tables_in(self.folder, text, "here")

    def _network(self, text: str) -> Model:
        from figures.methods import models

        if text not in self.networks:
            self.networks[text] = models.load(text)
        return self.networks[text]
