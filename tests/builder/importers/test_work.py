"""One import under way."""

from pathlib import Path

import pytest

from builder import settings
from builder.importers.draft import Draft
from builder.importers.files import Files
from builder.importers.work import Site, Work
from builder.plan.plan import open_house
from builder.reporter import Recorded
from builder.settings import Settings


def test_names_are_given_once() -> None:
    work = Work(Draft.of(""), Files(Path("a.md")), None)
    assert [work.name("A dot of many colours"), work.name("a_dot-of.many"), work.name("3")] == [
        "a-dot-of-many",
        "a-dot-of-many-2",
        "figure-3",
    ]


@pytest.mark.slow
def test_a_site_knows_its_units_and_figures(tmp_path: Path) -> None:
    house = open_house(
        Settings(root=tmp_path, gallery=str(settings.own_templates().parent / "figures/gallery")),
        Recorded(),
        offline=True,
    )
    site = Site(house, "glyphs")
    assert site.unit("mixed3b:17") == ""
    assert "256" in site.unit("mixed3b:9999") or "255" in site.unit("mixed3b:9999")
    assert site.has_figure("radial-tuning")
    assert "units" in site.needs("radial-tuning")
    assert "units" in site.figure("radial-tuning", {}, tmp_path)
    assert site.figure("radial-tuning", {"units": "mixed3b:17"}, tmp_path) == ""
    assert "no parameter" in site.figure("radial-tuning", {"units": "mixed3b:17", "odd": "1"}, tmp_path)


def test_a_network_that_was_named_and_is_not_known_here_is_taken_at_its_word(tmp_path: Path) -> None:
    house = open_house(Settings(root=tmp_path), Recorded(), offline=True)
    named = Site(house, "inceptionv1", asked=True)
    assert named.unit("mixed3b:379") == ""
    assert Site(house, "inceptionv1").unit("mixed3b:379")
