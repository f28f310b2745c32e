"""Networks with their weights on a device, and the parts of them that figures read."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

import torch
from torch import fx, nn

from figures import allocation
from figures.methods import precision
from figures.methods.insides import fusing, graphs, narrowing
from figures.methods.insides.anatomy import Anatomy, examine
from figures.methods.insides.watching import Watched, observed

#: (module or head, whether before its last nonlinearity).
Wanted = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Maker:
    """How to build a network that has this digest; equal digests make equal networks.

    `code` are the functions of this project that do it, where their text decides the result too.
    """

    digest: str
    build: Callable[[], nn.Module] = field(compare=False, repr=False)
    code: tuple[Callable[..., object], ...] = field(default=(), compare=False, repr=False)


@dataclass(eq=False)
class Instance:
    """A network with its weights on one device, and the parts of it that were asked for."""

    network: nn.Module
    readers: dict[Wanted, Callable] = field(default_factory=dict)
    parts: dict[Wanted, fx.GraphModule] = field(default_factory=dict)
    windows: dict[Hashable, fx.GraphModule | None] = field(default_factory=dict)

    @property
    def on_cpu(self) -> bool:
        """Whether the weights lie where this process computes."""
        return all(one.device.type == "cpu" for one in self.network.parameters())

    @functools.cached_property
    def traced(self) -> graphs.Traced:
        return graphs.trace(self.network)

    def reader(self, wanted: Wanted, body: Anatomy, heads: tuple[str, ...]) -> Callable:
        """Return a function of images that answers {(module or head, before its rectifier?): output}."""
        if wanted not in self.readers:
            if body.trouble:
                self.readers[wanted] = Watched(self.network, wanted, heads)
            else:
                self.readers[wanted] = self._cut(wanted, heads)
        return self.readers[wanted]

    def window(self, one: tuple[str, bool], image: torch.Tensor, rows: slice, columns: slice) -> Callable | None:
        """Return a function that answers some rows and columns of a module's map, from images of the size of this one.

        Nothing is computed that they do not depend on; None where that is not known, as of what is only watched.
        """
        key = one, image.shape[1:], (rows.start, rows.stop), (columns.start, columns.stop)
        if key not in self.windows:
            self.windows[key] = narrowing.narrow(self._joined((one,), ()), image[:1], rows, columns)
        return self.windows[key]

    def _cut(self, wanted: Wanted, heads: tuple[str, ...]) -> Callable:
        module = self._joined(wanted, heads)
        return lambda images: dict(zip(wanted, module(images).values(), strict=True))

    def _joined(self, wanted: Wanted, heads: tuple[str, ...]) -> fx.GraphModule:
        """Return a part for reading alone; its windows share its weights."""
        if wanted not in self.parts:
            self.parts[wanted] = self.part(wanted, heads)
            if self.on_cpu and fusing.available():
                fusing.fuse(self.parts[wanted])
        return self.parts[wanted]

    def part(self, wanted: Wanted, heads: tuple[str, ...]) -> fx.GraphModule:
        """Return what computes {number: output} of what is wanted, in its order, and nothing more; the caller's own.

        Raises ValueError where something is wanted before a nonlinearity that there is not.
        """
        nodes = [self._node(name, before, heads) for name, before in wanted]
        return self.traced.cut({str(place): node for place, node in enumerate(nodes)})

    def goes_round(self, upper: tuple[str, bool], lower: tuple[str, bool], heads: tuple[str, ...]) -> bool:
        """Whether something reaches one module or head from the images without passing another's output."""
        return self.traced.goes_round(self._node(*upper, heads), self._node(*lower, heads))

    def _node(self, name: str, before: bool, heads: tuple[str, ...]) -> graphs.Wanted:
        if name in heads:
            return self.traced.heads[name]
        node = self.traced.entering(name) if before else self.traced.layers[name]
        if node is None:
            raise ValueError(f"{name} ends in no nonlinearity")
        return node


@functools.lru_cache(maxsize=8)
def instance(maker: Maker, device: str) -> Instance:
    """Return the network of a maker on a device, frozen; the last few are kept."""
    allocation.keep()
    precision.exact(device)
    with torch.inference_mode(False):  # weights made in inference mode could never pass a gradient
        network = maker.build().eval().requires_grad_(False)
        graphs.out_of_place(network)
        return Instance(network.to(device).to(memory_format=torch.channels_last))


@functools.lru_cache(maxsize=8)
def anatomy_of(maker: Maker, input_size: int, channels: int) -> Anatomy:
    """Return the layers of the network of a maker, which is built for it."""
    network = maker.build().eval()
    try:
        return examine(network, input_size, channels)
    except graphs.Untraceable as error:
        return observed(network, input_size, channels, str(error))
