"""Units stand in the order of layers and numbers, under every name that an article has for them."""

import random
from types import SimpleNamespace

from builder.plan.catalogue.units import NetworkUnit, read
from builder.press import addresses, specimens
from builder.press.views import Mention, UnitView


def named(network: str, unit: str) -> NetworkUnit:
    return NetworkUnit(network, read(unit))


def test_units_are_sorted_by_number_and_not_by_digit() -> None:
    names = [named("a", f"mixed3b:{unit}") for unit in ("2", "2-", "2@1,4", "10", "100")]
    names += [named("a", "mixed4a:0"), named("b", "conv1:7")]
    mixed = random.Random(0).sample(names, len(names))
    assert sorted(mixed) == names


def test_layers_stand_as_they_run_and_by_name_where_that_is_not_known() -> None:
    layers = ("stem", "block2", "block10", "head", "logits")
    card = SimpleNamespace(layers=dict.fromkeys(layers[:-1]), heads={"logits": ("cat", "dog")})

    def model(network: str) -> SimpleNamespace:
        if network != "net":
            raise ValueError(f"no network {network!r}")
        return card

    units = ["stem:3", "block2:1", "block2.pre:1", "block10:2", "block10:11", "head:0", "logits:1"]
    names = [named("net", unit) for unit in units]
    others = [named("other", unit) for unit in ("block2:0", "block10:0", "stem:0")]
    mixed = random.Random(1).sample([*names, *others], len(names) + len(others))
    assert list(specimens.ordered(mixed, SimpleNamespace(model=model))) == [*names, *others]


def test_a_unit_is_found_by_its_name_and_by_every_spelling() -> None:
    name = named("net", "mixed3b:3")
    printing = SimpleNamespace(view=lambda request, stem: None)
    units = specimens.units(printing, [SimpleNamespace(cards={name: "card"}, tunings={})])
    known = units.of(SimpleNamespace(spellings={"net/inception3b:3": name}))
    assert list(known) == ["net/mixed3b:3", "net/inception3b:3"]
    assert known["net/mixed3b:3"] == known["net/inception3b:3"] == UnitView("net", "mixed3b:3", addresses.page_of(name))


def test_what_a_unit_shows_is_published_when_it_is_asked_for() -> None:
    asked = []
    printing = SimpleNamespace(view=lambda request, stem: asked.append((request, stem)))
    name, other = named("net", "x:1"), named("net", "x:2")
    plans = [
        SimpleNamespace(cards={name: "card 1"}, tunings={name: "tuning 1"}),
        SimpleNamespace(cards={name: "card 1", other: "card 2"}, tunings={}),
    ]
    units = specimens.units(printing, plans)
    assert list(units.cards) == [name, other]
    assert asked == []
    assert [units.view(one).url for one in (name, other)] == [addresses.page_of(one) for one in (name, other)]
    assert ("tuning 1", f"{addresses.of_network_unit(name)}-tuning") in asked
    assert len(asked) == 3


def test_an_article_speaks_of_a_unit_on_its_page() -> None:
    name = named("net", "x:1")
    front = SimpleNamespace(title="T")
    plans = [SimpleNamespace(article=SimpleNamespace(slug="a", front=front), cards={name: "card"})]
    assert specimens.mentions(plans) == {addresses.page_of(name): [Mention("T", "a/index.html")]}
