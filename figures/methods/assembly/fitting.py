"""Which tensors of a file are the weights of a network, whatever they were saved in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import nn

from figures.methods.assembly.checkpoints import State
from figures.nearest import nearest

_WRAPPERS = frozenset({"module", "_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module"})
"""What torch puts before the names of modules: for several devices, for compiled ones."""
_COUNTED = "num_batches_tracked"
"""What old batch norms did not keep."""
_COUNTERS = frozenset({_COUNTED, "n_averaged", "num_updates", "decay", "initted", "step"})
"""What averages keep beside the weights."""
_AVERAGED = re.compile(r"ema|average|swa|shadow|teacher|momentum|target", re.IGNORECASE)
_MADE = re.compile(r"parametrizations\.|\.?weight_(?:orig|mask|g|u)$")
"""How weights are called that torch makes of others: of norms, of pruning."""
_DEEPEST = 6
_SHOWN = 3


class NoEntry(ValueError):
    """A file has not what an author asks for of it."""


@dataclass(frozen=True)
class Fitted:
    """The weights for a network, by its own names, and by what path they lie in their file.

    `others` are the paths of what would fit as well; `wrong` is all that does not fit, in words.
    """

    state: State
    entry: str
    others: tuple[str, ...]
    wrong: str

    def note(self, file: str) -> str:
        """Say what an author should know: what was chosen of several, what was not kept in 32 bits."""
        kinds = sorted({str(one.dtype) for one in self.state.values() if one.is_floating_point()} - {"torch.float32"})
        kept = [f"kept as {kind.removeprefix('torch.')}, taken as float32" for kind in kinds]
        return "; ".join([*self._choice(file), *kept])

    def _choice(self, file: str) -> Iterator[str]:
        if self.others:
            others = " or ".join(f"{file}#{each}" for each in self.others[:_SHOWN])
            yield f"its {self.entry or 'outermost'} weights; for others write {others}"


def fitted(tensors: State, network: nn.Module, tidy: Callable[[State], State] = dict, entry: str = "") -> Fitted:
    """Find among all tensors of a file those of a network, below one path: what has most of its names and shapes.

    Where several fit as well, plain weights come before averages. `entry` asks for the one whose path has
    it; raises NoEntry where none has.
    """
    own = network.state_dict()
    groups = {path: _own_names(tidy(group), own) for path, group in _asked(_groups(tensors), entry).items()}
    scores = {path: _score(group, own) for path, group in groups.items()}
    best = max(scores.values())
    alike = sorted((path for path in groups if scores[path] == best), key=lambda path: bool(_AVERAGED.search(path)))
    state = {name: tensor for name, tensor in groups[alike[0]].items() if name in own or not _counts(name)}
    wrong = _wrong(state, network) if best[0] else _nothing(tensors, own)
    return Fitted(state, alike[0], tuple(alike[1:]) if best[0] else (), wrong)


def _groups(tensors: State) -> dict[str, State]:
    """Return the tensors below every path, by the rest of their names; names of wrappers are left out."""
    groups: dict[str, dict[str, torch.Tensor]] = {}
    for name, tensor in _bare(tensors).items():
        steps = name.split(".")
        for depth in range(min(len(steps), _DEEPEST)):
            groups.setdefault(".".join(steps[:depth]), {})[".".join(steps[depth:])] = tensor
    return {**groups}


def _bare(state: State) -> State:
    """Leave the names of wrappers out, where no two tensors get the same name by that."""
    bare = {".".join(step for step in name.split(".") if step not in _WRAPPERS): one for name, one in state.items()}
    return bare if len(bare) == len(state) and "" not in bare else state


def _asked(groups: Mapping[str, State], entry: str) -> Mapping[str, State]:
    if not entry:
        return groups
    some = {path: group for path, group in groups.items() if f".{entry}." in f".{path}."}
    if not some:
        outer = [path for path in groups if path and "." not in path]
        raise NoEntry(f"holds no {entry!r}{nearest(entry, outer)} (it holds {_few(outer)})")
    return some


def _own_names(state: State, own: State) -> State:
    """Give tensors the names that the network has for them, wrappers and all."""
    names = dict(zip(_bare(own), own, strict=True))
    return {names.get(name, name): tensor for name, tensor in state.items()}


def _score(state: State, own: State) -> tuple[int, int]:
    named = [name for name in state if name in own]
    return len(named), sum(1 for name in named if state[name].shape == own[name].shape)


def _wrong(state: State, network: nn.Module) -> str:
    own, tied = network.state_dict(), _tied(network, state)
    missing = [name for name in own if name not in state and name not in tied and not name.endswith(_COUNTED)]
    other = [name for name in own if name in state and state[name].shape != own[name].shape]
    extra = [name for name in state if name not in own]
    kinds = [f"{name} {str(state[name].dtype).removeprefix('torch.')}" for name in own if _other_kind(name, state, own)]
    trained = {name for name, _ in network.named_parameters(remove_duplicate=False)}
    broken = [name for name, one in state.items() if name in own and not _is_sound(one, name in trained)]
    hint = nearest(missing[0], extra) if missing else ""
    reasons = (
        ("missing", missing, hint),
        ("of another shape", [f"{_told(name, state)}, expected {_shape(own[name])}" for name in other], ""),
        ("of no layer", [_told(name, state) for name in extra], _reshaped(extra)),
        ("not of fractions, as its layers are", kinds, ""),
        ("not finite", broken, ""),
    )
    return "; ".join(f"{kind}: {_few(names)}{end}" for kind, names, end in reasons if names)


def _other_kind(name: str, state: State, own: State) -> bool:
    """Tell whether a weight that should hold fractions is kept as whole or complex numbers."""
    return name in state and own[name].is_floating_point() and not state[name].is_floating_point()


def _is_sound(tensor: torch.Tensor, trained: bool) -> bool:
    """Tell whether numbers can be calculated with; what is no parameter, such as a mask, may be infinite."""
    if not tensor.is_floating_point():
        return True
    tensor = tensor if tensor.element_size() > 1 else tensor.float()
    return bool(torch.isfinite(tensor).all() if trained else not torch.isnan(tensor).any())


def _reshaped(extra: Sequence[str]) -> str:
    """Say what names are those of weights that are made of others."""
    found = any(_MADE.search(name) for name in extra)
    return (
        " (weights made of others, by a norm or by pruning: make the network so, or undo it before saving)"
        if found
        else ""
    )


def _tied(network: nn.Module, state: State) -> set[str]:
    """Return the names of weights that are known by another name too, under which the file has them."""
    same: dict[int, list[str]] = {}
    for name, parameter in network.named_parameters(remove_duplicate=False):
        same.setdefault(id(parameter), []).append(name)
    return {name for names in same.values() if any(each in state for each in names) for name in names}


def _nothing(tensors: State, own: State) -> str:
    held = Counter(name.partition(".")[0] for name in tensors)
    groups = _few([f"{name} ({count} tensor{'s' * (count > 1)})" for name, count in held.items()])
    first = _told(next(iter(own)), own) if own else "any"
    return f"none of its tensors has a name of this network's, such as {first}; it holds {groups}"


def _counts(name: str) -> bool:
    return name.rpartition(".")[2] in _COUNTERS


def _told(name: str, state: State) -> str:
    return f"{name} {_shape(state[name])}"


def _shape(tensor: torch.Tensor) -> str:
    return " x ".join(map(str, tensor.shape)) or "one number"


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
