"""Classes of networks are found for the categories that pictures are named by."""

from __future__ import annotations

import json

import pytest

from figures.cards import Input, NetworkCard, Weights
from figures.methods.observers import categories
from figures.methods.observers.entry_level import ENTRY_LEVEL

THOUSAND = tuple(f"class {number}" for number in range(1000))


def network(**heads):
    """A network by its card: answering is not asked of it."""
    return NetworkCard("net", "", Weights("none"), Input(8, 3, (0.0,) * 3, (1.0,) * 3), {}, heads)


def test_a_network_whose_classes_are_the_categories_needs_no_mapping() -> None:
    found = categories.of(network(texture=("wool",), shape=("car", "cat", "dog")), ("cat", "dog"))
    assert (found.head, found.names, found.members) == ("shape", ("car", "cat", "dog"), ((0,), (1,), (2,)))
    assert not found.is_coarse


def test_a_thousand_classes_are_imagenets() -> None:
    found = categories.of(network(logits=THOUSAND), ("cat", "truck"))
    assert found.is_coarse
    assert dict(zip(found.names, found.members, strict=True)) == dict(ENTRY_LEVEL)


def test_an_author_may_group_classes_by_number_and_by_name() -> None:
    own = {"cat": [2, "dog"], "dog": ["cat"]}
    found = categories.of(network(logits=("dog", "cat", "lynx")), ("cat",), own=own)
    assert (found.names, found.members) == (("cat", "dog"), ((2, 0), (1,)))


@pytest.mark.parametrize(("heads", "wanted", "more", "what"), [
    ({"logits": THOUSAND}, ("cat", "trucks"), {}, "no category 'trucks'; did you mean 'truck'"),
    ({"logits": ("a", "b")}, ("cat", "dog"), {}, "net names neither cat, dog nor the 1000 classes of ImageNet; expected"),
    ({"logits": ("a",)}, ("a",), {"head": "logit"}, "net has no head 'logit'; did you mean 'logits'"),
    ({"logits": ("cat",)}, ("x",), {"own": {"x": ["cats"]}}, "category 'x': no class 'cats'; did you mean 'cat'"),
    ({"logits": ("cat",)}, ("x",), {"own": {"x": [1]}}, "category 'x': no class 1; expected 0 to 0"),
    ({"logits": ("cat",)}, ("y",), {"own": {"x": [0]}}, "no category 'y' .there are: x"),
])  # fmt: skip
def test_what_does_not_fit_is_told_with_what_would(heads, wanted, more, what) -> None:
    with pytest.raises(ValueError, match=what):
        categories.of(network(**heads), wanted, **more)


def test_a_file_of_categories_is_read(tmp_path) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps({"cat": [281, "tabby"]}))
    assert categories.read(file) == {"cat": [281, "tabby"]}


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"cat": []}', '{"cat": [true]}', '{"cat": 281}'])
def test_a_file_of_something_else_is_refused(tmp_path, text: str) -> None:
    file = tmp_path / "mine.json"
    file.write_text(text)
    with pytest.raises(ValueError, match="mine.json: expected JSON such as"):
        categories.read(file)
