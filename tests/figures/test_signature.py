"""What is written or given is bound to a figure's parameters: types, choices, ranges, names, defaults."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import pytest

from figures import hints
from figures.parameters import (  # fmt: skip
    Class,
    Classes,
    Dataset,
    Edge,
    Families,
    Head,
    Layer,
    Layers,
    Model,
    Models,
    Outputs,
    Phrases,
    Picture,
    Pictures,
    Seed,
    Specification,
    Tables,
    Unit,
    Units,
)
from figures.ranges import Between, Length
from figures.signature import CHOICE, KINDS, Signature, canonical


@dataclass
class Known:
    """Names of which some are known: units of layer `a`, networks, data sets, families and files `known`."""

    asked: list[tuple[str, str]] = field(default_factory=list)

    def _known(self, what: str, text: str) -> str:
        self.asked.append((what, text))
        if not text.startswith("known"):
            raise ValueError(f"no {what} {text!r}")
        return text

    def model(self, text: str) -> str:
        return self._known("network", text)

    def layer(self, model: str, text: str) -> str:
        return self._known(f"layer of {model}", text)

    def unit(self, model: str, text: str) -> str:
        return self._known(f"unit of {model}", text)

    def units(self, model: str, text: str) -> tuple[str, ...]:
        return tuple(self._known(f"unit of {model}", word.strip()) for word in text.split(",") if word.strip())

    def output(self, model: str, text: str) -> str:
        return self._known(f"layer or head of {model}", text)

    def head(self, model: str, text: str) -> str:
        return self._known(f"head of {model}", text)

    def check_class(self, model: str, head: str, text: str) -> None:
        self._known(f"class of {model}'s {head}", text)

    def edge(self, model: str, text: str) -> str:
        return self._known(f"edge of {model}", text)

    def dataset(self, text: str) -> str:
        return self._known("data set", text)

    def picture(self, dataset: str, text: str) -> None:
        if text == "unknown":
            raise ValueError(f"{dataset} has no image {text!r}")

    def family(self, text: str) -> str:
        return self._known("family", text)

    def file(self, text: str) -> Path:
        return Path(self._known("file", text)).absolute()

    def tables(self, text: str) -> tuple[Path, ...]:
        names = (f"{text}/a.csv", f"{text}/b.csv") if text.endswith("folder") else (text,)
        return tuple(Path(self._known("file", name)).absolute() for name in names)


def figure(
    *,
    unit: Unit = "",
    units: Units = (),
    model: Model = "known",
    models: Models = (),
    dataset: Dataset = "known:6",
    families: Families = ("known",),
    layer: Layer = "",
    layers: Layers = (),
    edge: Edge = "",
    outputs: Outputs = (),
    head: Head = "",
    one: Class = "",
    classes: Classes = (),
    file: Path | None = None,
    count: Annotated[int, Between(1, 16)] = 3,
    share: float | None = None,
    numbers: Annotated[tuple[int, ...], Between(0, 9), Length(0, 3)] = (),
    shares: tuple[float, ...] = (0.5,),
    words: tuple[str, ...] = (),
    phrases: Phrases = (),
    picture: Picture | None = None,
    pictures: Pictures = (),
    tables: Tables = (),
    spec: Specification = (),
    kind: Literal["plain", "fine"] = "plain",
    kinds: Annotated[tuple[Literal["plain", "fine", "coarse"], ...], Length(1, 2)] = ("fine",),
    open: bool = False,
    text: str = "",
    seed: Seed = 0,
) -> None:
    """Draw nothing."""


def needing(*, units: Units, seed: Seed = 0) -> None:
    """Need something."""


FIGURE, NEEDING = hints.of(figure, "sample"), hints.of(needing, "needing")


def bound(given: dict[str, object], defaults: dict[str, object] | None = None, of: Signature = FIGURE) -> dict:
    values, mistakes = of.bind(given, Known(), defaults)
    assert mistakes == []
    return values


def mistakes(given: dict[str, object], defaults: dict[str, object] | None = None, of: Signature = FIGURE) -> list[str]:
    values, wrong = of.bind(given, Known(), defaults)
    assert values is None
    return [mistake.message for mistake in wrong]


def test_every_kind_is_in_the_sample() -> None:
    assert {parameter.kind for parameter in FIGURE.parameters.values()} == {*KINDS, CHOICE}


@pytest.mark.parametrize(("name", "text", "value"), [
    ("unit", " known:3 ", "known:3"),
    ("units", "known:3, known:4", ("known:3", "known:4")),
    ("units", "", ()),
    ("picture", "known.jpg", Path("known.jpg").absolute()),
    ("picture", "7", "7"),
    ("picture", "", None),
    ("pictures", "7 003,5", ("7", "3", "5")),
    ("pictures", "tiger cat, known 1.png, 7", ("tiger cat", Path("known 1.png").absolute(), "7")),
    ("tables", "known one.csv", (Path("known one.csv").absolute(),)),
    ("tables", "known-folder, known-folder/a.csv", (Path("known-folder/a.csv").absolute(), Path("known-folder/b.csv").absolute())),
    ("models", "known known-too", ("known", "known-too")),
    ("families", "known, known2", ("known", "known2")),
    ("layer", "known", "known"),
    ("layer", "", ""),
    ("edge", "known:4 -> known:3", "known:4 -> known:3"),
    ("outputs", "known, known-too", ("known", "known-too")),
    ("head", "known", "known"),
    ("one", "known cat", "known cat"),
    ("classes", "known cat, known 7", ("known cat", "known 7")),
    ("file", "none", None),
    ("file", "", None),
    ("count", "16", 16),
    ("share", "0.25", 0.25),
    ("share", "None", None),
    ("numbers", "1 2,3", (1, 2, 3)),
    ("shares", "1, 2.5", (1.0, 2.5)),
    ("kinds", "plain, coarse", ("plain", "coarse")),
    ("words", "a b, c", ("a", "b", "c")),
    ("phrases", "a b < 3, c", ("a b < 3", "c")),
    ("kind", "fine", "fine"),
    ("open", "Yes", True),
    ("text", " a: b ", "a: b"),
])  # fmt: skip
def test_text_is_read_by_kind(name: str, text: str, value: object) -> None:
    assert bound({name: text})[name] == value


@pytest.mark.parametrize(("name", "given"), [
    ("units", ("known:3", "known:4")),
    ("units", ["known:3, known:4"]),
    ("models", ("known", "known-too")),
    ("count", 5),
    ("count", np.int64(5)),
    ("share", 0.1),
    ("share", np.float64(0.1)),
    ("share", 1),
    ("share", None),
    ("numbers", (1, 2)),
    ("numbers", range(3)),
    ("numbers", np.array([1, 2])),
    ("numbers", 4),
    ("shares", (0.1, 1 / 3)),
    ("shares", np.array([0.1, 1 / 3])),
    ("open", True),
    ("open", np.bool_(False)),
    ("file", Path("known.csv")),
    ("layer", ""),
    ("unit", ""),
])  # fmt: skip
def test_a_value_is_bound_as_the_text_that_stands_for_it(name: str, given: object) -> None:
    several = not isinstance(given, str) and hasattr(given, "__iter__")
    text = ", ".join(map(str, given)) if several else "none" if given is None else str(given)
    assert bound({name: given}) == bound({name: text})


def test_numbers_keep_every_digit() -> None:
    assert bound({"shares": (1 / 3, 1e-300), "share": 0.1 + 0.2})["shares"] == (1 / 3, 1e-300)
    assert bound({"share": 0.1 + 0.2})["share"] == 0.1 + 0.2


def test_texts_in_a_tuple_keep_their_spaces_and_commas() -> None:
    given = bound({"words": ("a b", "c, d"), "phrases": ("e, f",)})
    assert (given["words"], given["phrases"]) == (("a b", "c, d"), ("e, f",))


def test_what_is_not_given_is_the_default_and_names_among_them_are_looked_up() -> None:
    names = Known()
    values, _ = FIGURE.bind({}, names)
    assert values == {name: parameter.default for name, parameter in FIGURE.parameters.items()}
    assert set(names.asked) == {("network", "known"), ("data set", "known:6"), ("family", "known")}


def test_units_are_those_of_the_network_that_is_given_wherever_it_stands() -> None:
    for given in ({"unit": "known:1", "model": "known-too"}, {"model": "known-too", "unit": "known:1"}):
        names = Known()
        FIGURE.bind(given, names)
        assert ("unit of known-too", "known:1") in names.asked


def test_classes_are_those_of_the_head_that_is_given_wherever_it_stands() -> None:
    for given in ({"classes": "known a", "head": "known-too"}, {"head": "known-too", "classes": "known a"}):
        names = Known()
        FIGURE.bind(given, names)
        assert ("class of known's known-too", "known a") in names.asked


def test_of_a_head_that_there_is_not_nothing_more_is_said() -> None:
    assert mistakes({"head": "hed", "one": "cat", "classes": "dog"}) == ["sample: head: no head of known 'hed'"]


def test_an_article_fills_model_data_set_and_seed() -> None:
    defaults = {"model": "known-too", "dataset": "known:9", "seed": 7}
    values = bound({"seed": "8"}, defaults)
    assert (values["model"], values["dataset"], values["seed"]) == ("known-too", "known:9", 8)
    names = Known()
    NEEDING.bind({"units": "known:1"}, names, defaults)
    assert names.asked == [("unit of known-too", "known:1")]


def test_who_takes_a_default_that_is_wrong_waits() -> None:
    assert mistakes({"unit": "nothing"}, {"model": None}) == []
    assert mistakes({"unit": "nothing", "colour": "red"}, {"model": None})[0].startswith(
        "sample: no parameter 'colour'"
    )
    assert mistakes({"unit": "nothing", "count": "x"}, {"model": None}) == ["sample: count: 'x' is not a whole number"]
    assert mistakes({"unit": "nothing", "model": "known"}, {"model": None}) == [
        "sample: unit: no unit of known 'nothing'"
    ]


def test_a_parameter_of_that_name_and_another_kind_is_not_filled() -> None:
    def other(*, seed: Annotated[tuple[int, ...], Between(0, 5)] = (), model: str = "x") -> None:
        """Draw nothing."""

    values, _ = hints.of(other, "other").bind({}, Known(), {"seed": 3, "model": "known"})
    assert values == {"seed": (), "model": "x"}


@pytest.mark.parametrize(("given", "words"), [
    ({"counts": 3}, "no parameter 'counts'; did you mean 'count'?"),
    ({"count": 17}, "count: 17; expected 1 to 16"),
    ({"count": "1.5"}, "count: '1.5' is not a whole number"),
    ({"count": 1.5}, "count: '1.5' is not a whole number"),
    ({"count": None}, "count: 'none' is not a whole number"),
    ({"count": True}, "count: 'True' is not a whole number"),
    ({"count": [3]}, "count: '[3]' is not a whole number"),
    ({"share": "nan"}, "share: 'nan' is not a number"),
    ({"shares": (1, float("inf"))}, "shares: 'inf' is not a number"),
    ({"numbers": (1, 10)}, "numbers: 10; expected numbers, each 0 to 9"),
    ({"numbers": "1, 2, 3, 4"}, "numbers: 4 given; expected at most 3"),
    ({"kind": "fein"}, "kind: 'fein' is not one of plain, fine; did you mean 'fine'?"),
    ({"open": 1}, "open: '1' is neither true nor false"),
    ({"file": "gone.csv"}, "file: no file 'gone.csv'"),
    ({"dataset": "gone"}, "dataset: no data set 'gone'"),
    ({"families": ("known", "gone")}, "families: no family 'gone'"),
    ({"models": ("known", "gone")}, "models: no network 'gone'"),
    ({"units": ("known:1", "gone")}, "units: no unit of known 'gone'"),
    ({"layer": "gone"}, "layer: no layer of known 'gone'"),
    ({"layers": ("known", "gone")}, "layers: no layer of known 'gone'"),
])  # fmt: skip
def test_a_mistake_names_figure_parameter_value_and_what_was_expected(given: dict, words: str) -> None:
    assert mistakes(given) == [f"sample: {words}"]


def test_a_parameter_that_is_far_from_all_names_lists_them() -> None:
    assert mistakes({"zzz": 1}, of=NEEDING)[0] == "needing: no parameter 'zzz' (it has units, seed)"


def test_what_is_required_cannot_be_left_out_or_empty() -> None:
    expected = "expected units, as mixed3b:3, mixed3b:17"
    assert mistakes({}, {"model": "known"}, of=NEEDING) == [f"needing: units: is required; {expected}"]
    for empty in ("", (), " , "):
        assert mistakes({"units": empty}, {"model": "known"}, of=NEEDING) == [
            f"needing: units: nothing given; {expected}"
        ]


def test_all_mistakes_come_at_once_but_none_about_units_of_no_network() -> None:
    wrong = mistakes({"unit": "gone", "units": "gone", "layer": "gone", "model": "gone", "seed": -1, "open": "x"})
    assert [message.split(":")[1].strip() for message in wrong] == ["model", "open", "seed"]


def test_names_are_listed_by_kind_each_once() -> None:
    values = bound({"models": "known-b, known", "model": "known", "unit": "known:1"})
    assert FIGURE.named(values, "Model", "Models") == ["known", "known-b"]
    assert FIGURE.named(values, "Unit", "Units") == ["known:1"]
    assert FIGURE.named(values, "Layer") == []


def test_values_are_written_for_json() -> None:
    assert canonical({"a": (1, (2.5,)), "b": Path("x.csv"), "c": None}) == {"a": [1, [2.5]], "b": "x.csv", "c": None}


@pytest.mark.parametrize(("text", "message"), [
    ("plain, coarsely", "'coarsely' is not one of plain, fine, coarse; did you mean 'coarse'?"),
    ("plain, fine, coarse", "3 given; expected"),
    ("", "0 given; expected"),
])  # fmt: skip
def test_several_of_a_choice_are_each_one_of_it(text: str, message: str) -> None:
    (mistake,) = mistakes({"kinds": text})
    assert message in mistake
    assert FIGURE.parameters["kinds"].describe() == "any of plain, fine, coarse, 1 to 2 of them"


@pytest.mark.parametrize(
    "given", [{"picture": "unknown"}, {"pictures": "1.png of a set, unknown", "dataset": "known:6"}]
)
def test_a_picture_that_the_data_set_has_not_is_told_at_its_parameter(given: dict[str, object]) -> None:
    _, mistakes = FIGURE.bind(given, Known())
    name = next(iter(given))
    assert [(one.parameter, one.message) for one in mistakes] == [
        (name, f"sample: {name}: known:6 has no image 'unknown'")
    ]


def test_a_file_is_a_picture_of_no_data_set() -> None:
    assert FIGURE.bind({"picture": "known.png"}, Known())[1] == []
