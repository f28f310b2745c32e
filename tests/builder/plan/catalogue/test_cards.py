"""What is known of a network without loading it: layers, units, and the nearest of their names."""

import re

import pytest

from builder.plan.catalogue import units
from tests.builder.plan.catalogue.sample import NAME


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("mixed3b:17", "mixed3b:17"),
        ("inception3b:17", "mixed3b:17"),
        (" 3b:17 ", "mixed3b:17"),
        ("conv1:0", "conv2d0:0"),
        ("mixed3b.pre:17", "mixed3b.pre:17"),
        ("inception3b.pre:17-", "mixed3b.pre:17-"),
        ("inception3b:17@4,27", "mixed3b:17@4,27"),
        ("mixed3b:17@4,5-", "mixed3b:17@4,5-"),
        ("inception3b.branch7:31", "inception3b.branch7:31"),
        ("logits:1-", "logits:1-"),
    ],
)
def test_units_lead_to_the_name_that_is_preferred(googlenet, text, full) -> None:
    assert googlenet.unit(NAME, text) == full
    assert googlenet.unit(NAME, full) == full
    assert str(units.read(full)) == full


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("inception3x:1", f"{NAME} has no layer 'inception3x'; did you mean 'inception3b'? (it has conv2d0, pool, mixed3b, logits; `microscribe models show {NAME} --all` lists every layer)"),
        ("mixed3b:480", f"no unit mixed3b:480: mixed3b of {NAME} has units 0 to 479"),
        ("inception3b:480", f"no unit inception3b:480: mixed3b of {NAME} has units 0 to 479"),
        ("mixed3b:1@28,0", f"no unit mixed3b:1@28,0: the map of mixed3b in {NAME} has rows 0 to 27 and columns 0 to 27; expected @row,column"),
        ("logits:1@0,0", "no unit logits:1@0,0: a class of logits has no places"),
        ("pool.pre:1", f"pool of {NAME} ends in no nonlinearity: there is no pool.pre"),
        ("logits.pre:1", f"logits of {NAME} ends in no nonlinearity: there is no logits.pre"),
        ("mixed3b", "'mixed3b' is not a unit; expected layer:index, for example mixed3b:17"),
        ("mixed3b:1@2", "'mixed3b:1@2' is not a unit; expected layer:index, for example mixed3b:17"),
    ],
)  # fmt: skip
def test_a_wrong_unit_says_what_there_is(googlenet, text, message) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        googlenet.unit(NAME, text)


@pytest.mark.slow
def test_a_layer_is_no_head_and_keeps_its_end(googlenet) -> None:
    assert googlenet.layer(NAME, "inception3b.pre") == "mixed3b.pre"
    with pytest.raises(ValueError, match="has no layer 'logits'"):
        googlenet.layer(NAME, "logits")
