"""The weights of a network are found in a file however it was saved; what does not fit is named."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from torch import nn

from figures import specs
from figures.methods.assembly import fitting
from tests.figures.methods.own_networks import TABLE, load, written

NET = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3))
STATE = NET.state_dict()
ZEROS = {name: torch.zeros_like(tensor) for name, tensor in STATE.items()}


def named(prefix: str, state: dict = STATE) -> dict[str, torch.Tensor]:
    return {prefix + name: tensor for name, tensor in state.items()}


@pytest.mark.parametrize("tensors", [
    STATE,
    named("module."), named("_orig_mod."), named("module._orig_mod."), named("state_dict.model._orig_mod."),
    {**named("state_dict.net."), "state_dict.criterion.weight": torch.ones(3)},
    {**named("model."), "optimizer.state.0.exp_avg": torch.ones(3)},
    {**named("module."), "n_averaged": torch.ones(())},
    {**named("state_dict_ema.", ZEROS), **named("state_dict.")},
    {name: tensor for name, tensor in STATE.items() if "num_batches" not in name},
])  # fmt: skip
def test_the_weights_are_found_below_any_prefix(tensors):
    weights = fitting.fitted(tensors, NET)
    assert weights.wrong == ""
    assert all(torch.equal(tensor, STATE[name]) for name, tensor in weights.state.items())


def test_wrappers_of_the_network_itself_are_no_hindrance():
    assert fitting.fitted(STATE, nn.DataParallel(NET)).wrong == ""


def test_a_file_with_several_weights_says_so_and_lets_choose():
    tensors = {**named("model_ema.", ZEROS), **named("model.")}
    plain = fitting.fitted(tensors, NET)
    assert plain.note("x.pt") == "its model weights; for others write x.pt#model_ema"
    chosen = fitting.fitted(tensors, NET, entry="model_ema")
    assert (chosen.entry, chosen.note("x.pt")) == ("model_ema", "")
    assert not chosen.state["0.weight"].any()
    with pytest.raises(
        fitting.NoEntry, match=r"no 'model_emma'; did you mean 'model_ema'\? \(it holds model_ema, model"
    ):
        fitting.fitted(tensors, NET, entry="model_emma")


def test_half_precision_is_told():
    tensors = {name: tensor.half() if tensor.is_floating_point() else tensor for name, tensor in STATE.items()}
    assert fitting.fitted(tensors, NET).note("x.pt") == "kept as float16, taken as float32"


def test_tied_weights_may_have_one_of_their_names():
    tied = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    tied[1].weight = tied[0].weight
    state = {name: tensor for name, tensor in tied.state_dict().items() if name != "1.weight"}
    assert fitting.fitted(state, tied).wrong == ""


@pytest.mark.parametrize(("tensors", "wrong"), [
    ({name: STATE[name] for name in STATE if name != "0.bias"}, "missing: 0.bias"),
    ({**STATE, "2.bias": torch.ones(3)}, "of no layer: 2.bias 3"),
    ({**STATE, "0.bias": STATE["0.bias"].to(torch.int8)}, "not of fractions, as its layers are: 0.bias int8"),
    ({**STATE, "0.bias": STATE["0.bias"].to(torch.complex64)}, "not of fractions, as its layers are: 0.bias complex64"),
    ({**STATE, "0.bias": STATE["0.bias"] * float("nan")}, "not finite: 0.bias"),
    ({**STATE, "0.weight_orig": torch.ones(1)},
     "of no layer: 0.weight_orig 1 (weights made of others, by a norm or by pruning: make the network so, "
     "or undo it before saving)"),
    ({**STATE, "0.weight": torch.ones(9, 2)}, "of another shape: 0.weight 9 x 2, expected 3 x 2"),
    ({"head.weight": torch.ones(1), "optimizer.a": torch.ones(1)},
     "none of its tensors has a name of this network's, such as 0.weight 3 x 2; "
     "it holds head (1 tensor), optimizer (1 tensor)"),
])  # fmt: skip
def test_what_does_not_fit_is_named(tensors, wrong):
    assert fitting.fitted(tensors, NET).wrong == wrong


def test_lists_are_short_and_the_nearest_name_is_told():
    other = {name.replace("0.", "1.").replace("1.", "9."): tensor for name, tensor in STATE.items()}
    wrong = fitting.fitted({**other, "0.bias": STATE["0.bias"]}, NET).wrong
    assert wrong.startswith("missing: 0.weight, 1.weight, 1.bias and 2 more; did you mean '9.weight'?; of no layer: 9.")


def test_a_network_whose_weights_do_not_fit_is_refused_before_it_is_used(tmp_path):
    site = written(tmp_path)
    torch.save({"model": {"0.0.weight": torch.ones(4, 1, 3, 3)}}, tmp_path / "nets/b.pt")
    with pytest.raises(ValueError, match=r"b\.pt: not the weights of this network: missing: 0\.0\.bias, "):
        load(dataclasses.replace(site, networks={"own": {**TABLE, "weights": "nets/b.pt"}}))


def test_an_entry_decides_which_network_it_is(tmp_path):
    site = written(tmp_path)
    state = dict(load(site).network.inner.state_dict())
    torch.save({"model": state, "ema": {name: one + 1 for name, one in state.items()}}, tmp_path / "nets/b.pt")
    plain, averaged = (
        load(specs.Site(tmp_path, {"own": {**TABLE, "weights": f"nets/b.pt{end}"}})) for end in ("", "#ema")
    )
    assert plain.card.weights.note == "its model weights; for others write b.pt#ema"
    assert plain.card.digest != averaged.card.digest
    assert averaged.network.inner[4].bias[0] == plain.network.inner[4].bias[0] + 1
