"""Networks on a device: built once for each digest, frozen, and read where they were asked to be."""

import pytest
import torch
from torch import nn

from figures.methods.insides.instances import Instance, Maker, anatomy_of, instance
from tests.figures.methods.insides.toy_networks import SIZE, Deciding, Toy


def made(digest: str, built: list[nn.Module], kind: type[nn.Module] = Toy) -> Maker:
    def build() -> nn.Module:
        built.append(kind())
        return built[-1]

    return Maker(digest, build)


def test_a_digest_is_built_once_and_frozen() -> None:
    built: list[nn.Module] = []
    one = instance(made("instances: one", built), "cpu")
    assert instance(made("instances: one", built), "cpu") is one
    assert len(built) == 1
    assert not one.network.training
    assert not any(weight.requires_grad for weight in one.network.parameters())
    assert instance(made("instances: other", built), "cpu") is not one


def test_a_reader_answers_under_the_names_that_were_asked_for(images: torch.Tensor) -> None:
    built: list[nn.Module] = []
    maker = made("instances: read", built)
    body, toy = anatomy_of(maker, SIZE, 2), instance(maker, "cpu")
    wanted = (("stem", False), ("block.relu", True), ("logits", False))
    reader = toy.reader(wanted, body, ("logits",))
    answers = reader(images)
    assert tuple(answers) == wanted
    assert torch.allclose(answers["stem", False], toy.network.stem(images), atol=1e-6)
    assert torch.allclose(answers["logits", False], toy.network(images), atol=1e-6)
    assert toy.reader(wanted, body, ("logits",)) is reader
    with pytest.raises(ValueError, match="stem ends in no nonlinearity"):
        toy.reader((("stem", True),), body, ("logits",))


def test_what_cannot_be_traced_is_watched_and_says_why() -> None:
    body = anatomy_of(made("instances: deciding", [], Deciding), SIZE, 2)
    assert body.trouble
    assert isinstance(instance(made("instances: deciding", [], Deciding), "cpu"), Instance)
