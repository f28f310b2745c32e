"""What a network answers: the tensors in it by name, whether it is one, a tuple, a dictionary or an object."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import torch
from torch import fx

Size = TypeVar("Size")
LOGITS = "logits"
_USUAL = (LOGITS, "out", "output", "outputs", "prediction", "predictions", "scores")
"""What classes are usually called among other answers."""
_PLACE = re.compile(r"answer_\d+")


def heads_of(answer: object) -> dict[str, Any]:
    """Name what is in an answer by its keys or fields, those that classes usually have first; None is left out.

    Without names the first is `logits`, the others are `answer_2`, `answer_3`, …
    """
    found: dict[str, Any] = {}
    for number, (name, one) in enumerate(_leaves("", answer), 1):
        own = re.sub(r"[\s@,:/]+", "-", name) or (LOGITS if LOGITS not in found else f"answer_{number}")
        found[own if own not in found else f"{own}_{number}"] = one
    return dict(sorted(found.items(), key=lambda each: each[0] not in _USUAL))


def classifying(heads: Mapping[str, Size]) -> dict[str, Size]:
    """Leave out what has no name, where something has."""
    named = {name: size for name, size in heads.items() if not _PLACE.fullmatch(name)}
    return named or dict(heads)


def _leaves(name: str, answer: object) -> Iterator[tuple[str, object]]:
    inside = _inside(answer)
    if inside is not None:
        for own, one in inside:
            yield from _leaves(str(own) if own != "" else name, one)
    elif answer is not None:
        yield name, answer


def _inside(answer: Any) -> Iterable[tuple[object, object]] | None:
    """Return what lies in an answer, by names where it has some; None for one that holds nothing else."""
    if isinstance(answer, fx.Node):
        return _given(answer)
    if isinstance(answer, Mapping):
        return answer.items()
    if isinstance(answer, tuple | list):
        return _placed(getattr(answer, "_fields", ()), answer)
    if isinstance(answer, type | torch.Tensor | fx.Proxy):
        return None
    return vars(answer).items() if dataclasses.is_dataclass(answer) or hasattr(answer, LOGITS) else None


def _given(node: fx.Node) -> Iterable[tuple[object, object]] | None:
    """Return what the object that a node makes is made of: a named tuple or a dataclass."""
    if node.op != "call_function" or not isinstance(node.target, type):
        return None
    return [*_placed(getattr(node.target, "_fields", ()), node.args), *node.kwargs.items()]


def _placed(names: Sequence[str], values: Sequence[object]) -> list[tuple[object, object]]:
    return list(zip(names or [""] * len(values), values, strict=False))
