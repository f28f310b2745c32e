"""What is said of a map is what was measured of it, of the control too."""

from __future__ import annotations

import math

import pytest

from figures.methods.embedding.attributes import Attribute
from figures.methods.embedding.embedded import Recipe
from figures.methods.embedding.worth import Worth
from figures.words import embedding as words
from tests.figures.embedded_records import embedded


def test_trust_and_purity_are_quoted_beside_those_of_the_control() -> None:
    values = words.embedding(embedded()).values
    assert (values["trustworthiness"], values["control_trustworthiness"]) == (0.9, 0.6)
    assert (values["purity"], values["control_purity"], values["chance"]) == (0.7, 0.35, 0.3)
    notes = " ".join(words.embedding(embedded()).notes)
    assert "0.900, 0.800 on the grid; of the network before training, laid out alike, 0.600" in notes
    assert "70% are of the same label, of the network before training 35%; by chance it would be 30%" in notes


def test_without_labels_and_control_nothing_is_said_of_them() -> None:
    bare = embedded(
        attribute=Attribute("label", ("",) * 14, ()), control=None, chance=math.nan, trained=Worth(0.9, math.nan, math.nan),
        recipe=Recipe(grid=False),
    )  # fmt: skip
    said = words.embedding(bare)
    assert "before training" not in " ".join(said.notes)
    assert set(said.values) == {"images", "numbers", "groups", "trustworthiness"}


@pytest.mark.parametrize(("method", "named"), [("tsne", "t-SNE"), ("pca", "principal components"), ("umap", "UMAP")])
def test_the_method_is_named_and_what_t_sne_does_not_mean(method, named) -> None:
    said = words.embedding(embedded(recipe=Recipe(method=method)))
    assert named in said.alt
    assert any("means nothing" in note for note in said.notes) == (method == "tsne")
