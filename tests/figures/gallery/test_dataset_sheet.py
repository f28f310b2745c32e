"""The sheet of a data set can be packed and says how many images there are."""

from figures.artifact import pack
from figures.gallery.dataset_sheet import draw


def test_a_data_set_is_shown_label_by_label() -> None:
    made = draw(dataset="glyphs:64", count=5, tile=32)
    assert pack(made)
    assert made.values["images"] == 64
    assert made.values["shown"] == len(made.table.rows) == 5
    [sheet] = made.parts
    assert len(sheet.tiles) == 5
