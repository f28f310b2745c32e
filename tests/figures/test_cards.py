"""Cards of networks: names of layers, units, and the record that keeps them."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from figures import cards
from figures.cards import Input, LayerCard, NetworkCard, Weights
from figures.units import Unit

LAYERS = {
    "conv2d0": LayerCard("conv1", 64, 112, 112, receptive_field=(7, 2, -3), rectified=True, pre=True),
    "pool": LayerCard("maxpool1", 64, 56, 56),
    "mixed3b": LayerCard("inception3b", 480, 28, 20, pre=True),
    "fc": LayerCard("fc", 10, 1, 1, "vector", main=False),
}
CARD = NetworkCard(
    "net", "digest", Weights("none"), Input(224, 3, (0.5,) * 3, (0.25,) * 3), LAYERS,
    {"logits": ("cat", "dog")}, {"inception3b": "mixed3b", "3b": "mixed3b", "conv1": "conv2d0"}, True,
)  # fmt: skip


def test_a_record_is_plain_data_that_gives_the_same_card() -> None:
    record = json.loads(json.dumps(CARD.record, sort_keys=True))  # as the store keeps it
    assert record == CARD.record
    assert cards.read(record) == CARD
    assert list(cards.read(record).layers) == list(LAYERS)


@pytest.mark.parametrize(
    "change",
    [{"version": 0}, {"version": None}, {"layers": [{"channels": 3}]}, {"input": {"size": 3}}, {"heads": None}],
)
def test_a_record_of_another_form_is_refused(change: dict) -> None:
    with pytest.raises(ValueError, match="network card"):
        cards.read({**CARD.record, **change})
    with pytest.raises(ValueError, match="a network card of version None; expected"):
        cards.read({})


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("mixed3b:17", Unit("mixed3b", 17)),
        (" 3b:17 ", Unit("mixed3b", 17)),
        ("inception3b.pre:17-", Unit("mixed3b.pre", 17, None, True)),
        ("inception3b:479@27,19", Unit("mixed3b", 479, (27, 19))),
        ("mixed3b.pre:1@27,19", Unit("mixed3b.pre", 1, (27, 19))),
        ("logits:1-", Unit("logits", 1, None, True)),
    ],
)
def test_units_lead_to_the_name_that_is_preferred(text: str, unit: Unit) -> None:
    assert CARD.unit(text) == unit == CARD.unit(str(unit))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("inception3x:1", "net has no layer 'inception3x'; did you mean 'inception3b'? (it has conv2d0, pool, mixed3b, logits; `microscribe models show net --all` lists every layer)"),
        ("mixed3b:480", "no unit mixed3b:480: mixed3b of net has units 0 to 479"),
        ("3b:480", "no unit 3b:480: mixed3b of net has units 0 to 479"),
        ("mixed3b:1@28,0", "no unit mixed3b:1@28,0: the map of mixed3b in net has rows 0 to 27 and columns 0 to 19; expected @row,column"),
        ("mixed3b:1@0,20", "no unit mixed3b:1@0,20: the map of mixed3b in net has rows 0 to 27 and columns 0 to 19; expected @row,column"),
        ("logits:1@0,0", "no unit logits:1@0,0: a class of logits has no places"),
        ("pool.pre:1", "pool of net ends in no nonlinearity: there is no pool.pre"),
        ("logits.pre:1", "logits of net ends in no nonlinearity: there is no logits.pre"),
        ("mixed3b", "'mixed3b' is not a unit; expected layer:index, for example mixed3b:17"),
    ],
)  # fmt: skip
def test_a_wrong_unit_says_what_there_is(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        CARD.unit(text)


def test_the_example_of_a_network_is_one_of_its_units() -> None:
    small = replace(CARD, layers={"only": LayerCard("only", 3, 4, 4)}, aliases={})
    for card in (CARD, small, replace(small, layers={"only": replace(LAYERS["fc"], main=False)})):
        assert str(card.unit(card.example)) == card.example


def test_a_head_is_a_layer_only_where_heads_are_meant() -> None:
    assert CARD.layer("logits") == "logits"
    assert CARD.layer("inception3b.pre", heads=False) == "mixed3b.pre"
    with pytest.raises(ValueError, match="has no layer 'logits'"):
        CARD.layer("logits", heads=False)


def test_sizes_and_labels() -> None:
    assert [CARD.size(name) for name in ("3b", "mixed3b.pre", "logits")] == [480, 480, 2]
    assert CARD.label(Unit("logits", 1)) == "dog"
    assert CARD.label(Unit("mixed3b", 1)) == ""
    with pytest.raises(ValueError, match="did you mean 'mixed3b'"):
        CARD.size("mixd3b")


def test_a_list_of_units_holds_each_once_and_stops_at_the_first_that_is_none() -> None:
    assert CARD.units("mixed3b:1..2,1 3b:2") == (Unit("mixed3b", 1), Unit("mixed3b", 2))
    with pytest.raises(ValueError, match="no unit mixed3b:480"):
        CARD.units("mixed3b:0..999999999")


def test_many_names_are_not_all_listed() -> None:
    many = {f"layer{index}": LayerCard(f"layer{index}", 1, 1, 1) for index in range(30)}
    with pytest.raises(ValueError, match=r"layer15 and 15 more\)$"):
        replace(CARD, layers=many, aliases={}).layer("nothing")


def test_a_field_is_told_as_it_is_beside_the_share_of_the_image() -> None:
    assert cards.seen(46, 64) == "46 px, 72 % of 64"
    assert cards.seen(3, 224) == "3 px, 1.3 % of 224"
    assert cards.seen(223, 224) == "223 px, 99 % of 224"
    assert cards.seen(427, 224) == "427 px, all of 224"
    card = replace(CARD, layers={**CARD.layers, "wide": LayerCard("w", 1, 2, 2, receptive_field=(427, 32, -180))})
    assert card.sees("wide") == f"427 px, all of {card.input.size_px}"
    assert card.sees("logits") == f"{card.input.size_px} px, all of {card.input.size_px}"


def test_a_class_goes_by_its_name_whatever_its_case_and_its_gaps() -> None:
    named = replace(CARD, heads={"logits": ("tabby", "Egyptian cat", "crane", "crane", "jack-o'-lantern")})
    assert named.units("logits:tabby, egyptian_cat-, Jack-o'-lantern, 2") == (
        Unit("logits", 0), Unit("logits", 1, None, True), Unit("logits", 4), Unit("logits", 2)
    )  # fmt: skip
    with pytest.raises(ValueError, match=r"logits of net has no class 'Egiptian cat'; did you mean 'Egyptian cat'\?"):
        named.unit("logits:Egiptian cat")
    with pytest.raises(ValueError, match="has 2 classes 'crane'; expected logits:2 or logits:3"):
        named.unit("logits:crane")
    with pytest.raises(
        ValueError, match="'mixed3b:tabby' is not a unit; expected logits:tabby, as tabby is one of its classes"
    ):
        named.unit("mixed3b:tabby")
    with pytest.raises(ValueError, match="'mixed3b:lynx' is not a unit; expected layer:index"):
        named.unit("mixed3b:lynx")


@pytest.mark.parametrize(
    ("layer", "follows"),
    [
        ("logits", False),  # a class
        ("fc", False),  # no map
        ("single", False),  # a map of one position
        ("conv2d0", False),  # 7 px: strokes would be thinner than a pixel
        ("smallest", True),
        ("mixed3b", True),
        ("mixed3b.pre", True),
        ("inception3b", True),
        ("widest", True),
        ("whole", False),
    ],
)
def test_arcs_are_for_units_that_see_enough_of_an_image_and_not_all(layer: str, follows: bool) -> None:
    fields = {"smallest": 15, "mixed3b": 91, "widest": 223, "whole": 224}
    maps = {name: LayerCard(name, 8, 4, 4, receptive_field=(px, 8, 0), pre=True) for name, px in fields.items()}
    single = LayerCard("pool", 8, 1, 1, receptive_field=(91, 8, 0))
    assert replace(CARD, layers={**LAYERS, **maps, "single": single}).follows_curves(layer) is follows


def test_a_head_goes_by_its_name_and_is_the_first_without() -> None:
    two = replace(CARD, heads={"shape": ("disc",), "texture": ("wool",)})
    assert (two.head(), two.head("texture")) == ("shape", "texture")
    with pytest.raises(ValueError, match=r"has no head 'shap'; did you mean 'shape'\? \(it has shape, texture\)"):
        two.head("shap")
    with pytest.raises(ValueError, match=r"net has no classes: nothing that it answers is \(images, classes\)"):
        replace(CARD, heads={}).head()


@pytest.mark.parametrize(("height", "layout", "places"), [(4, "map", True), (1, "map", False), (4, "vector", False)])
def test_a_layer_has_places_where_its_map_has_several(height: int, layout: str, places: bool) -> None:
    assert LayerCard("m", 8, height, height, layout).has_places is places


@pytest.mark.parametrize("text", ["logits:dog -> 3b:17", "mixed3b:17->logits:1", "logits:1 → mixed3b:17"])
def test_layers_tell_which_end_is_the_upper(text: str) -> None:
    assert tuple(map(str, CARD.edge(text))) == ("logits:1", "mixed3b:17")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mixed3b:17", "expected two units with an arrow between"),
        ("mixed3b:17 -> ", "expected two units with an arrow between"),
        ("mixed3b:17 -> mixed3b:4", "units of two layers"),
        ("logits:0 -> logits:1", "units of two layers"),
        ("logits:1 -> mixed3b:17@1,2", "expected a whole channel below, mixed3b:17"),
        ("logits:1 -> mixed3x:17", "did you mean 'mixed3b'"),
        ("logits:1 -> mixed3b:1700", "units 0 to 479"),
    ],
)
def test_what_is_no_edge(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        CARD.edge(text)


@pytest.mark.parametrize(("head", "text"), [("", "cat"), ("logits", "Dog"), ("logits", "1")])
def test_what_is_a_class(head: str, text: str) -> None:
    CARD.check_class(head, text)


@pytest.mark.parametrize(("head", "text", "message"), [
    ("", "cats", "did you mean 'cat'"), ("logit", "cat", "no head 'logit'; did you mean 'logits'"), ("", "2", "units 0 to 1"),
])  # fmt: skip
def test_what_is_no_class(head: str, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        CARD.check_class(head, text)
