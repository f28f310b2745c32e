"""Go down from a unit, layer by layer: weigh, rank, choose where to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from figures import lab
from figures.methods import asked_images, examples
from figures.methods.activations import activations, key
from figures.methods.datasets import Dataset
from figures.methods.insides.instances import instance
from figures.methods.models import Model
from figures.methods.saliency.target import strongest
from figures.methods.walks import paths
from figures.methods.walks.levels import levels
from figures.methods.walks.paths import Paths
from figures.methods.walks.plan import Plan
from figures.methods.walks.walk import DISCARDED, KEPT, Node, Sum, Walk
from figures.methods.walks.weights import Weights, is_inactive, weights
from figures.units import Unit


@dataclass
class Descent:
    """A walk on its way down: the nodes met so far with their paths, and those that are gone on from next.

    Of these, `main` are those that the author's keeping has nothing to do with.
    """

    model: Model
    image: np.ndarray
    plan: Plan
    nodes: list[Node] = field(default_factory=list)
    sums: dict[int, Sum] = field(default_factory=dict)
    drawn: list[Paths] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    main: list[int] = field(default_factory=list)

    def begin(self, unit: Unit, layer: str, word: str) -> None:
        """Stand on the unit where it answers most; raises ValueError where it does not answer at all."""
        place = strongest(self.model, str(unit), image=self.image).pair
        node = self._node(unit, place, self._weights(unit, place, layer).value)
        if node.inactive:
            raise ValueError(
                f"{unit} is inactive in {word} ({node.value:.2f} at most): nothing below moves it; "
                f"expected a unit that answers, such as {self._lively(unit.layer)}"
            )
        self.nodes, self.open, self.main = [node], [0], [0]
        self.drawn.append(paths.own(self.model, str(unit), place=place, image=self.image))

    def descend(self, layer: str) -> None:
        """Meet the strongest units of a layer below each unit that is gone on from, and choose among them."""
        met = [number for parent in self.open for number in self._below(parent, layer)]
        self.open = self._chosen(met)

    def check(self) -> None:
        """Raise ValueError where the author speaks of a unit that the walk does not meet."""
        met = {node.unit.channel: node.name for node in self.nodes}
        for unit, parameter in self.plan.named.items():
            if unit not in met:
                there = [str(one) for one in met if one.layer == unit.layer]
                raise ValueError(
                    f"{parameter}: the walk does not meet {unit}; "
                    f"{f'in {unit.layer} it meets' if there else 'it meets'} {', '.join(there or map(str, met))}"
                )

    def _below(self, parent: int, layer: str) -> list[int]:
        above = self.nodes[parent]
        if above.inactive:
            return []
        weighed = self._weights(above.unit, above.place, layer)
        chosen = weighed.strongest(self.plan.children)
        if not chosen:
            return []
        self.sums[parent] = Sum(layer, float(weighed.value), float(weighed.signed.sum()), self._round(above, layer))
        self.drawn.append(paths.paths(
            self.model, chosen, unit=above.name, place=above.place, image=self.image, layer=layer
        ))  # fmt: skip
        first = len(self.nodes)
        self.nodes += [self._child(parent, layer, weighed, rank, channel) for rank, channel in enumerate(chosen, 1)]
        return list(range(first, len(self.nodes)))

    def _child(self, parent: int, layer: str, weighed: Weights, rank: int, channel: int) -> Node:
        value, share = float(weighed.answers[channel]), float(weighed.shares[channel])
        place = int(weighed.places[channel, 0]), int(weighed.places[channel, 1])
        node = self._node(Unit(layer, channel, negative=value < 0), place, value)
        return replace(
            node, parent=parent, rank=rank, signed=float(weighed.signed[channel]), share=share,
            reach=share * self.nodes[parent].reach,
        )  # fmt: skip

    def _node(self, unit: Unit, place: tuple[int, int], value: float | np.ndarray) -> Node:
        channel = unit.channel
        kept, apart = channel in self.plan.keep, channel in self.plan.discard
        where = None if unit.layer in self.model.heads else place
        return Node(
            unit=replace(unit, position=where),
            label=self.model.label(unit),
            caption=self.plan.caption(unit),
            place=place,
            value=float(value),
            inactive=is_inactive(self.model, unit.layer, float(value)),
            state=KEPT if kept else DISCARDED if apart else "",
        )

    def _chosen(self, met: Sequence[int]) -> list[int]:
        """Choose what is gone on from: what reaches the top most, what the author keeps, and one line below that.

        What is kept changes nothing of the lines that would be walked without it.
        """
        able = [at for at in met if self.nodes[at].state != DISCARDED]
        ranked = sorted(able, key=lambda at: (self.nodes[at].signed < 0, -self.nodes[at].reach))
        kept = {at for at in able if self.nodes[at].state == KEPT}
        others = [parent for parent in self.open if parent not in self.main]
        self.main = [at for at in ranked if self.nodes[at].parent in self.main][: self.plan.expand]
        for parent in others if self.plan.expand else ():
            below = [at for at in ranked if self.nodes[at].parent == parent]
            kept |= set(below[:1]) if not kept.intersection(below) else set()
        return sorted({*self.main, *kept})

    def _weights(self, unit: Unit, place: tuple[int, int], layer: str) -> Weights:
        name = str(replace(unit, position=None))
        return weights(self.model, name, place=place, image=self.image, layer=layer)

    def _round(self, above: Node, layer: str) -> bool:
        """Tell whether paths go round a layer, as far as a network's graph says."""
        if self.model.anatomy.trouble:
            return False
        ends = key(self.model, above.unit.layer, True), key(self.model, layer, False)
        return instance(self.model.maker, lab.device()).goes_round(*ends, tuple(self.model.heads))

    def _lively(self, layer: str) -> str:
        """Name the unit of a layer that answers most."""
        most = activations(self.model, self.image[None], layer)[0].amax(dim=(1, 2)).argmax()
        return f"{layer}:{int(most)}"


def of(
    model: Model, dataset: Dataset, image: str | Path, unit: str, plan: Plan, *, layers: Sequence[str] = (),
    patches: int = 4,
) -> Walk:  # fmt: skip
    """Walk down from a class or unit; raises ValueError for names that there are not, and for an inactive unit."""
    top = model.unit(unit)
    through = levels(model, top, layers)
    shown = asked_images.shown(model, dataset, (image,))
    descent = Descent(model, shown.images[0], plan)
    descent.begin(top, through[0], shown.words[0])
    for layer in through:
        descent.descend(layer)
    descent.check()
    return Walk(
        network=model.name,
        dataset=dataset.name,
        picture=shown.images[0],
        word=shown.words[0],
        layers=through,
        nodes=tuple(descent.nodes),
        sums=descent.sums,
        maps=np.concatenate([each.maps for each in descent.drawn]),
        rules=tuple(str(rule) for each in descent.drawn for rule in each.rules),
        patches=patches_of(model, dataset, descent.nodes, patches),
    )


def patches_of(model: Model, dataset: Dataset, nodes: Sequence[Node], count: int) -> tuple[np.ndarray, ...]:
    """Find what each node's unit sees of the images that it answers to most, or least by a minus."""
    if not count:
        return ()
    names = list(dict.fromkeys(node.name for node in nodes))
    seen = dict(zip(names, examples.of(model, dataset, names, count), strict=True))
    return tuple(seen[node.name].pictures for node in nodes)
