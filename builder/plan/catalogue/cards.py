"""Cards of networks: the door to the figure library's one kind of them."""

from __future__ import annotations

from figures.cards import VECTOR, LayerCard, NetworkCard, Weights, read

__all__ = ["VECTOR", "LayerCard", "NetworkCard", "Weights", "read"]
