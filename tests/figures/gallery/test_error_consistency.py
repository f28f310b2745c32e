"""Errors of networks on drawings, and of people and networks on pictures, are compared."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.error_consistency import error_consistency
from tests.figures import rigged_observers as rigged


@pytest.mark.slow
def test_people_stand_one_by_one_beside_a_network_shown_a_folder(tmp_path) -> None:
    folder = tmp_path / "conflicts"
    for name in ("disc1-star1", "star1-disc1", "arc1-disc2", "star2-arc1"):
        folder.mkdir(exist_ok=True)
        rigged.painted(name).resize((64, 64)).save(folder / f"{name}.png")
    people = []
    for who, answers in (("subject-01", "disc star arc star"), ("subject-02", "disc disc disc star")):
        people.append(tmp_path / f"{who}.csv")
        named = zip(("disc1-star1", "star1-disc1", "arc1-disc2", "star2-arc1"), answers.split(), strict=True)
        people[-1].write_text(rigged.table(who, list(named), rt="0.6"))
    made = error_consistency(models=("glyphs",), pictures=str(folder), responses=tuple(people))
    assert pack(made)
    assert [row[:3] for row in made.table.rows] == [
        ("glyphs", "subject-01", 4), ("glyphs", "subject-02", 4), ("subject-01", "subject-02", 4),
    ]  # fmt: skip
    assert made.table.rows[2][5:7] == (0.5, 0.5)
    assert made.values["kappa_subject-01_subject-02"] == "undefined" or made.values["kappa_people"] == pytest.approx(0)


def test_one_observer_is_too_few(tmp_path) -> None:
    file = tmp_path / "one.csv"
    file.write_text(rigged.table("net", [("cat1-dog1", "cat")]))
    with pytest.raises(ValueError, match="1 observer; expected at least 2"):
        error_consistency(models=(), responses=(file,))
