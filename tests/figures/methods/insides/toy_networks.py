"""Small networks that do what large ones do: write in place, call a rectifier twice, attend, decide by numbers."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

from figures.methods import models

SIZE = 16


class Block(nn.Module):
    """A residual block that writes in place wherever it can, and calls one rectifier twice."""

    def __init__(self):
        super().__init__()
        self.one, self.two, self.relu = nn.Conv2d(4, 4, 3, 1, 1), nn.Conv2d(4, 4, 3, 1, 1), nn.ReLU(inplace=True)

    def forward(self, x):
        out = self.two(self.relu(self.one(x)))
        out += x
        return self.relu(out)


class Mixed(nn.Module):
    """Branches that are rectified before they are joined, one of them by a function."""

    def __init__(self):
        super().__init__()
        self.ones, self.threes = nn.Sequential(nn.Conv2d(4, 3, 1), nn.ReLU()), nn.Conv2d(4, 5, 3, 1, 1)

    def forward(self, x):
        return torch.cat([self.ones(x), F.relu(self.threes(x), inplace=True)], 1)


class Tokens(nn.Module):
    """A transformer block behind a class token."""

    def __init__(self):
        super().__init__()
        self.token = nn.Parameter(torch.randn(1, 1, 8))
        self.attend, self.norm = nn.MultiheadAttention(8, 2, batch_first=True), nn.LayerNorm(8)
        self.mlp = nn.Sequential(nn.Linear(8, 12), nn.GELU(), nn.Linear(12, 8))

    def forward(self, x):
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x.flatten(2).transpose(1, 2)], dim=1)
        return x + self.mlp(self.norm(x + self.attend(x, x, x, need_weights=False)[0]))


class Toy(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.block, self.mixed = nn.Conv2d(2, 4, 3, 2, 1), Block(), Mixed()
        self.last = nn.Sequential(nn.LayerNorm(8), nn.SiLU())
        self.tokens, self.head = Tokens(), nn.Linear(8, 3)

    def forward(self, x):
        x = self.mixed(self.block(self.stem(x)))
        x = self.last(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return self.head(self.tokens(x)[:, 0])


class Deciding(nn.Module):
    """A network whose graph cannot be written down, as it looks at its numbers."""

    def __init__(self):
        super().__init__()
        self.conv, self.relu, self.body = nn.Conv2d(2, 4, 5, 2, 2), nn.ReLU(inplace=True), nn.Conv2d(4, 8, 3, 2, 1)
        self.act, self.head = nn.Sequential(nn.BatchNorm2d(8), nn.ReLU(inplace=True)), nn.Linear(8, 3)

    def forward(self, x):
        x = self.relu(self.conv(x))
        x = self.act(self.body(x if x.sum() > 0 else -x))
        return self.head(x.mean(dim=(2, 3)))


def model(make: type[nn.Module]) -> models.Model:
    torch.manual_seed(0)
    network = make().eval()
    return models.made(make.__name__, lambda: network, size_px=SIZE, channels=2)


def hooked(network: nn.Module, images: torch.Tensor) -> dict[str, torch.Tensor]:
    """Return what every module answers when the whole network runs, copied at once; the last call counts."""
    found = {}
    handles = [
        module.register_forward_hook(lambda _m, _i, out, n=name: found.__setitem__(n, _tensor(out).clone()))
        for name, module in network.named_modules()
        if name
    ]
    with torch.no_grad():
        found["logits"] = network(images)
    for handle in handles:
        handle.remove()
    return found


def _tensor(output):
    return output[0] if isinstance(output, tuple) else output


def as_maps(output: torch.Tensor, layout: str) -> torch.Tensor:
    if layout == "tokens":
        return output[:, -64:].transpose(1, 2).reshape(len(output), -1, 8, 8)
    if layout == "vector":
        return output[:, :, None, None]
    return output.permute(0, 3, 1, 2) if layout == "map-last" else output
