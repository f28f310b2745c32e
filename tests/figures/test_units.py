"""One grammar of units, in Python and in the scripts of a page."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from figures import units
from figures.units import NamedClass, NetworkUnit, Unit

ROOT = Path(__file__).parents[2]
GOOD = {
    "mixed3b:17": Unit("mixed3b", 17),
    "mixed3b:17@4,15": Unit("mixed3b", 17, (4, 15)),
    "mixed3b:17-": Unit("mixed3b", 17, None, True),
    "mixed3b:17@4,5-": Unit("mixed3b", 17, (4, 5), True),
    "mixed3b.pre:0": Unit("mixed3b.pre", 0),
    "encoder.layers.encoder_layer_3.mlp.0:7": Unit("encoder.layers.encoder_layer_3.mlp.0", 7),
    "res-block+relu.2:1": Unit("res-block+relu.2", 1),
    "größe:3": Unit("größe", 3),
    "7:3": Unit("7", 3),
}
BAD = [
    "", "mixed3b", "mixed3b:", ":17", "mixed3b:-1", "mixed3b:1@2", "mixed3b:1@2,", "mixed3b:1@,2", "mixed3b:1@2,3,4",
    "mixed3b:1--", "mixed3b:1-@2,3", "mixed3b:x", "mixed3b: 1", "mixed 3b:1", "a:b:1", "a/b:1", "a,b:1", "a@b:1",
    "mixed3b:1.5", "mixed3b:٣", "logits:tabby",
]  # fmt: skip


@pytest.mark.parametrize(("text", "unit"), GOOD.items())
def test_a_unit_is_read_as_it_is_written(text: str, unit: Unit) -> None:
    assert units.read(f" {text} ") == unit
    assert str(unit) == text


@pytest.mark.parametrize("text", BAD)
def test_another_form_is_no_unit(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a unit; expected layer:index, for example conv1:3"):
        units.read(text, "conv1:3")


@pytest.mark.parametrize("text", ["conv1:3-17", "conv1:3–17", "conv1:3:17", "conv1:3 - 17"])
def test_a_range_as_others_write_it_is_told_as_it_is_written_here(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected conv1:3\.\.17 for all from 3 to 17"):
        units.read(text)


def pattern_of_the_scripts() -> str:
    text = (ROOT / "templates" / "static" / "linked.js").read_text("utf-8")
    (pattern,) = re.findall(r"const UNIT = /\^(.+)\$/;", text)
    return pattern


def test_the_scripts_of_a_page_know_the_same_grammar() -> None:
    """What stands there uses nothing that means another thing in JavaScript than here."""
    pattern = pattern_of_the_scripts()
    assert not re.search(r"\\[wd]|\(\?", pattern), "short for other characters than in Python"
    for text in (*GOOD, *BAD):
        assert bool(re.fullmatch(pattern, text)) == (text in GOOD), text


def test_units_have_an_order() -> None:
    several = [Unit("b", 0), Unit("a", 2, (1, 0)), Unit("a", 2, None, True), Unit("a", 10), Unit("a", 2)]
    assert [str(unit) for unit in sorted(several)] == ["a:2", "a:2-", "a:2@1,0", "a:10", "b:0"]
    deep = [Unit(layer, 0) for layer in ("block10", "block2.depthwise", "block2", "block1", "block02")]
    assert [unit.layer for unit in sorted(deep)] == ["block1", "block02", "block2", "block2.depthwise", "block10"]
    named = [NetworkUnit(network, Unit("a", index)) for network in "yx" for index in (10, 9)]
    assert [str(one) for one in sorted(named)] == ["x/a:9", "x/a:10", "y/a:9", "y/a:10"]


@pytest.mark.parametrize("network", ["", "glyphs", "torchvision/googlenet@none", "inceptionv1@nets/in.pth"])
@pytest.mark.parametrize("text", GOOD)
def test_a_unit_may_name_its_network(network: str, text: str) -> None:
    written = f"{network}/{text}" if network else text
    named = units.read_named(written)
    assert (named.network, named.unit, str(named)) == (network, GOOD[text], written)
    assert named.within("other") == NetworkUnit(network or "other", GOOD[text])


@pytest.mark.parametrize("text", ["/mixed3b:1", "glyphs/mixed3b", "a b/mixed3b:1", "a:b/mixed3b:1", "glyphs/"])
def test_a_wrong_name_of_a_network_is_no_unit(text: str) -> None:
    with pytest.raises(ValueError, match="is not a unit"):
        units.read_named(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mixed3b:3,17", ["mixed3b:3", "mixed3b:17"]),
        ("mixed3b:3,17, mixed4a:0..2-", ["mixed3b:3", "mixed3b:17", "mixed4a:0-", "mixed4a:1-", "mixed4a:2-"]),
        ("mixed3b:3@4,5,17 conv1:2", ["mixed3b:3@4,5", "mixed3b:17", "conv1:2"]),
        ("mixed3b:0..1@7,7", ["mixed3b:0@7,7", "mixed3b:1@7,7"]),
        ("3", ["3"]),
        ("", []),
    ],
)
def test_a_list_is_split_into_units(text: str, expected: list[str]) -> None:
    assert list(units.expand(text)) == expected


def test_a_range_begins_at_once_and_may_not_count_down() -> None:
    assert list(itertools.islice(units.expand("a:0..999999999999"), 2)) == ["a:0", "a:1"]
    with pytest.raises(ValueError, match=r"'5\.\.3-' counts down; expected 3\.\.5-"):
        list(units.expand("a:5..3-"))


def test_a_whole_channel_is_asked_for() -> None:
    assert units.whole_channel(Unit("a", 1, None, True)) == Unit("a", 1, None, True)
    with pytest.raises(ValueError, match="a:1@2,3 is one position; expected a whole channel, a:1"):
        units.whole_channel(Unit("a", 1, (2, 3)))
    with pytest.raises(ValueError, match="a:1-; expected a whole channel without a minus, a:1"):
        units.whole_channel(Unit("a", 1, None, True), minus=False)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("logits:tabby, Egyptian cat", ["logits:tabby", "logits:Egyptian cat"]),
        (
            "logits:tiger cat-, 3 5, mixed3b:1 mixed4a:0..1",
            "logits:tiger cat-|logits:3|logits:5|mixed3b:1|mixed4a:0|mixed4a:1",
        ),
        ("logits: jack-o'-lantern", ["logits: jack-o'-lantern"]),
    ],
)
def test_a_class_by_name_goes_to_the_next_comma(text: str, pieces: list[str] | str) -> None:
    assert list(units.expand(text)) == (pieces.split("|") if isinstance(pieces, str) else pieces)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("logits:tabby", NetworkUnit("", NamedClass("logits", "tabby"))),
        ("net/logits: tiger cat-", NetworkUnit("net", NamedClass("logits", "tiger cat", True))),
        ("net/logits:3", NetworkUnit("net", Unit("logits", 3))),
    ],
)
def test_a_class_may_be_named_in_prose(text: str, named: NetworkUnit) -> None:
    assert units.read_named(text) == named
    assert units.read_named(str(named)) == named
