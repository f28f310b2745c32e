"""Published answers are counted by observer and condition."""

from __future__ import annotations

import pytest

from figures.methods.cues import published
from figures.methods.responses import ResponsesError

HEADER = "subj,session,trial,rt,object_response,category,condition,imagename\n"


def line(subject: str, answer: str, category: str, condition: str, *, rt: str = "0.8", experiment: str = "x") -> str:
    return f"{subject},1,1,{rt},{answer},{category},{condition},0001_{experiment}_s01_0_{category}_00_{category}1.png\n"


def read(*lines: str, taken: tuple[str, ...] = ()) -> dict[tuple[str, str], tuple[int, int]]:
    rows = published.read(HEADER + "".join(lines), taken, file="answers.csv")
    return {(row.observer, row.condition): (row.hits, row.trials) for row in rows}


def test_people_are_one_observer_and_no_answer_is_wrong():
    counts = read(
        line("subject-01", "cat", "cat", "edges"), line("subject-02", "na", "dog", "edges", rt="NaN"),
        line("subject-02", "dog", "dog", "greyscale"), line("resnet50", "dog", "cat", "edges", rt="NaN"),
    )  # fmt: skip
    assert counts == {("humans", "edges"): (1, 2), ("humans", "grey"): (1, 1), ("resnet50", "edges"): (0, 1)}


def test_a_column_of_zeros_leaves_it_to_the_name_of_the_image():
    counts = read(
        line("a", "cat", "cat", "0", experiment="silhouettes"), line("a", "cat", "cat", "0", experiment="cue-conflict"),
        line("a", "cat", "cat", "0", experiment="eid"), line("a", "cat", "cat", "low-pass", experiment="eid"),
    )  # fmt: skip
    assert [condition for _, condition in counts] == ["silhouette", "conflict", "eid", "low pass"]


def test_chance_is_one_in_the_categories():
    rows = published.read(
        HEADER + "".join(line("a", "cat", name, "edges") for name in ("cat", "dog", "owl")), (), file="f"
    )
    assert rows[0].chance == pytest.approx(1 / 3)


def test_mistakes_have_their_line():
    with pytest.raises(ResponsesError) as error:
        read(line("a", "cat", "cat", "edges"), line("a", "cat", "cat", "edges", rt="soon"))
    assert error.value.problems == ((3, "rt 'soon' is not a number of seconds or NaN"),)
    with pytest.raises(ResponsesError, match="no response below the header"):
        read()
    with pytest.raises(ResponsesError, match="no column 'condition'"):
        published.read(HEADER.replace("condition", "state"), (), file="f")
    with pytest.raises(ValueError, match="observer 'glyphs' is measured here too"):
        read(line("glyphs", "cat", "cat", "edges", rt="NaN"), taken=("glyphs",))


def test_files_are_counted_together(tmp_path):
    for place, answer in enumerate(("cat", "dog")):
        (tmp_path / f"{place}.csv").write_text(HEADER + line("a", answer, "cat", "edges"))
    (row,) = published.read_files(sorted(tmp_path.iterdir()), ())
    assert (row.observer, row.hits, row.trials) == ("humans", 1, 2)
    assert published.read_files((), ()) == []


@pytest.mark.parametrize("rt", ["NaN", "nan", "na", ""])
def test_a_time_that_was_not_taken_is_written_in_several_ways(rt: str) -> None:
    [counted] = published.read(HEADER + line("resnet50", "cat", "cat", "edges", rt=rt), [], file="a.csv")
    assert (counted.observer, counted.kind, counted.hits) == ("resnet50", "network", 1)
