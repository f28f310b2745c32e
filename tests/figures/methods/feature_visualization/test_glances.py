"""Looks at pictures: each picture's from its own seed, whatever its company."""

from __future__ import annotations

import torch

from figures.methods.feature_visualization.glances import Glance, Glances


def drawn(*seeds: int) -> Glances:
    generators = [torch.Generator().manual_seed(seed) for seed in seeds]
    return Glances.draw(generators, 3, lambda uniforms: uniforms.view(-1, 2, 3), torch.device("cpu"))


def test_a_picture_is_looked_at_the_same_alone_and_in_company():
    alone, together = drawn(7), drawn(5, 7)
    for one, several in zip(alone, together, strict=True):
        assert all(
            torch.equal(mine[0], theirs[1])
            for mine, theirs in zip(vars(one).values(), vars(several).values(), strict=True)
        )


def test_a_look_becomes_another_in_memory_of_its_own():
    first, second, _ = drawn(5, 7)
    held = first.copy()
    held.become(second)
    assert torch.equal(held.maps, second.maps)
    assert not torch.equal(first.maps, second.maps)
    still = Glance(first.maps).copy()
    assert still.starts is None
