"""What is written of an artifact is read again, typed; of another version it is not read."""

import json
from dataclasses import dataclass, replace

import pytest

from figures.artifact import Artifact, Chart, pack
from figures.kept import record as records
from figures.kept.parts import ChartPart, ImagePart, KeptPart, SpritePart
from tests.figures.kept.test_checks import CHART, GOOD, IMAGE, PAGES, SPRITE


def through_json(artifact: Artifact) -> records.FigureRecord:
    return records.read(json.loads(json.dumps(pack(artifact)[0])))


def test_what_was_packed_is_read_with_its_types() -> None:
    sprite = replace(
        SPRITE,
        columns_titles=("a", "b"),
        brackets=((0, 2, "both"),),
        rule_before=1,
        per_row=2,
        block=4,
        twins=True,
        shown={"page": "2"},
        title="T",
    )
    record = through_json(replace(GOOD, parts=(CHART, IMAGE, sprite)))
    chart, image, tiles = record.parts
    assert isinstance(chart, ChartPart)
    assert isinstance(image, ImagePart)
    assert isinstance(tiles, SpritePart)
    assert (chart.name, chart.alt, chart.width, chart.height) == ("bars", "Bars.", 40, 20)
    assert (image.media_type, image.width, image.display_px) == ("image/png", 40, None)
    assert tiles.tiles == sprite.tiles
    assert (tiles.columns_titles, tiles.brackets) == (sprite.columns_titles, sprite.brackets)
    assert (tiles.block, tiles.twins) == (4, True)
    assert (tiles.shown, tiles.title, tiles.image.object) == ({"page": "2"}, "T", image.object)
    assert (record.alt, record.notes, record.controls) == (GOOD.alt, GOOD.notes, (PAGES,))
    assert record.values == GOOD.values
    assert record.table.rows == GOOD.table.rows


def test_what_was_read_is_written_as_it_was() -> None:
    plain = pack(GOOD)[0]
    assert records.read(plain).plain() == plain


def test_every_digest_that_a_record_names_is_among_the_bytes() -> None:
    plain, objects = pack(GOOD)
    record = records.read(plain)
    named = {digest for part in record.parts for _, digest in part.files} | {digest for _, digest in record.table.files}
    assert named == set(objects)


@pytest.mark.parametrize("version", [None, 1, records.VERSION + 1, str(records.VERSION)])
def test_a_record_of_another_version_is_not_read(version: object) -> None:
    plain = pack(GOOD)[0] | {"version": version}
    with pytest.raises(ValueError, match=f"expected version {records.VERSION}"):
        records.read(plain)


@pytest.mark.parametrize("spoil", [
    lambda plain: plain.pop("alt"), lambda plain: plain.update(parts=None), lambda plain: plain.update(parts=[{}]),
    lambda plain: plain["parts"][0].update(kind="film"), lambda plain: plain["parts"][0].pop("svg"),
    lambda plain: plain["parts"][0].update(more=1), lambda plain: plain.update(table={}),
    lambda plain: plain.update(controls=[{"name": "a"}]), lambda plain: plain["parts"][2].update(tiles=[1]),
    lambda plain: plain["parts"][2].update(brackets=[[1]]),
])  # fmt: skip
def test_what_is_no_record_is_said_to_be_none(spoil) -> None:
    plain = json.loads(json.dumps(pack(GOOD)[0]))
    spoil(plain)
    with pytest.raises(ValueError, match="."):
        records.read(plain)


@pytest.mark.parametrize("plain", [None, [], "text", {}])
def test_other_things_are_no_records(plain: object) -> None:
    with pytest.raises(ValueError, match="a record of version none"):
        records.read(plain)


def test_a_figure_is_written_to_a_folder_file_by_file(tmp_path) -> None:
    twice = replace(GOOD, parts=(CHART, CHART, replace(CHART, name="bars-2"), replace(SPRITE, name="s")))
    files = twice.save(tmp_path / "new")
    charts = [f"{name}.{end}" for name in ("bars", "bars-2", "bars-2-2") for end in ("svg", "vega.json")]
    words = ["table.csv", "table.json", "alt.txt", "provenance.json"]
    drawn = [f"{name}.png" for name in ("bars", "bars-2", "bars-2-2")]
    assert [path.name for path in files] == [*charts, "s.png", *drawn, *words]
    assert (tmp_path / "new" / "s.png").read_bytes() == IMAGE.data
    assert json.loads((tmp_path / "new" / "table.json").read_text()) == [{"a": 1, "b": "x"}, {"a": None, "b": 2.5}]
    assert (tmp_path / "new" / "alt.txt").read_text() == "Words.\nA fact.\n"


def test_a_new_kind_of_part_is_read_as_soon_as_its_class_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KeptPart, "kinds", dict(KeptPart.kinds))

    @dataclass(frozen=True, kw_only=True)
    class NotePart(KeptPart, kind="note"):
        words: str

    plain = pack(GOOD)[0]
    plain["parts"].append({"kind": "note", "name": "n", "words": "Read me.", "title": "", "shown": {}})
    assert records.read(plain).parts[-1] == NotePart(name="n", words="Read me.")


def test_a_chart_that_is_no_json_is_an_error_of_its_own() -> None:
    with pytest.raises(ValueError, match="spec is no JSON: a object is neither a number nor text"):
        pack(replace(GOOD, parts=(Chart({"a": object()}, CHART.svg, 1, 1),)))
