"""Batch norms folded into the convolutions before them: the same answers to rounding, in fewer passes over memory.

Jacob et al. (2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
Inference", section 3.2).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import fx, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

_CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)


def fold(part: fx.GraphModule) -> None:
    """Fold every batch norm that alone reads a convolution; its modules are replaced, not changed.

    For networks in evaluation mode. Those that were given hooks or parametrizations are left alone.
    """
    for number, norm in enumerate(list(part.graph.nodes)):
        source = norm.args[0] if norm.args else None
        if not isinstance(source, fx.Node) or len(source.users) > 1:
            continue
        before, after = _module(part, source, _CONVOLUTIONS), _module(part, norm, _NORMS)
        if before is not None and after is not None and after.running_mean is not None and not after.training:
            part.add_submodule(f"folded_{number}", _folded(before, after))
            norm.target = f"folded_{number}"
            norm.replace_input_with(source, source.all_input_nodes[0])
            part.graph.erase_node(source)
    part.delete_all_unused_submodules()
    part.recompile()


def _module(part: fx.GraphModule, node: fx.Node, kinds: tuple[type, ...]) -> Any:
    """Return the module that a node calls with one tensor, if it is exactly of one of these kinds, and bare."""
    if node.op != "call_module" or len(node.args) != 1 or node.kwargs or len(node.all_input_nodes) != 1:
        return None
    module = part.get_submodule(str(node.target))
    bare = not (module._forward_hooks or module._forward_pre_hooks or module._backward_hooks)
    return module if type(module) in kinds and bare else None


def _folded(convolution: Any, norm: Any) -> nn.Module:
    with torch.inference_mode(False):  # weights made in inference mode could never pass a gradient
        return fuse_conv_bn_eval(convolution, norm).eval().requires_grad_(False)
