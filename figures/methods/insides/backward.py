"""What rectifiers do to gradients on their way back: let through what is on, what is positive, or both.

With a what enters a rectifier and g the gradient that comes back to it: the gradient itself is g where a > 0.
Deconvolution (Zeiler & Fergus, 2014, "Visualizing and Understanding Convolutional Networks") asks for g > 0
instead, guided backpropagation (Springenberg et al., 2015, "Striving for Simplicity") for both. ReLU6 stays shut
above 6 in all of them.
"""

from __future__ import annotations

import math
from typing import Any, Literal, get_args

import torch
from torch import fx, nn

from figures.methods.insides import graphs

Rule = Literal["guided", "deconvolution"]
_MOST = 6.0


def switch(part: fx.GraphModule, rule: Rule) -> int:
    """Give every rectifier of a graph, ReLU or ReLU6 in any spelling, a rule; return how many there are.

    What the graph answers does not change. Raises ValueError for a rule that there is not.
    """
    if rule not in get_args(Rule):
        raise ValueError(f"{rule!r} is no rule of rectifiers; expected {' or '.join(get_args(Rule))}")
    rectifiers = [node for node in part.graph.nodes if graphs.is_rectifier(node, graphs.called(node, part))]
    for node in rectifiers:
        six = isinstance(graphs.called(node, part), nn.ReLU6) or graphs.name_of(node) == "relu6"
        with part.graph.inserting_after(node):
            switched = part.graph.call_function(
                rectified, (node.all_input_nodes[0], _MOST if six else math.inf, rule == "guided")
            )
        node.replace_all_uses_with(switched)
        part.graph.erase_node(node)
    part.recompile()
    return len(rectifiers)


def rectified(entering: torch.Tensor, most: float, gated: bool) -> torch.Tensor:
    """Return what is above zero, at most `most`; only positive gradients go back, if `gated` only where a > 0."""
    return _Rectified.apply(entering, most, gated)


class _Rectified(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, entering: torch.Tensor, most: float, gated: bool) -> torch.Tensor:
        is_open = entering < most
        ctx.save_for_backward(is_open & (entering > 0) if gated else is_open)
        return entering.clamp(0, most)

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> tuple[torch.Tensor, None, None]:
        (is_open,) = ctx.saved_tensors
        return gradients[0].clamp(min=0) * is_open, None, None
