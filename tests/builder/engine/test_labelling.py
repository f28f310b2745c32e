"""What people are to label is drawn of a unit, and how far they agree is told."""

from pathlib import Path

import pytest

from builder import settings, site
from builder.engine import labelling
from builder.engine.labelling import Wanted
from builder.errors import BuildError, Place
from builder.plan import plan
from builder.reporter import Recorded

NAMES = ("curve", "rest")


def wanted(**more) -> Wanted:
    given = {"unit": "mixed3b:1", "names": NAMES, "count": 3, "samples": 2, "seed": 0} | more
    return Wanted("glyphs", "glyphs:4", place=Place(Path("articles/a.md"), 7), **given)


@pytest.fixture
def engine(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\n")
    report = Recorded()
    return site.open_engine(plan.open_house(settings.load(tmp_path), report), report, "cpu")


def test_a_sheet_has_crops_and_what_labels_mean_with_pictures(engine, tmp_path):
    plain = labelling.sheet(engine, wanted())
    assert len(plain.crops) == 3
    assert [one.label for one in plain.meanings] == list(NAMES)
    rubric, shown = tmp_path / "rubric.csv", next(iter(plain.crops))
    rubric.write_text(f'label,says,examples\nrest,All else.,\ncurve,An arc.,"{shown} 2@1,1"\n')
    told = labelling.sheet(engine, wanted(rubric=rubric))
    curve, rest = told.meanings
    assert (curve.says, rest.says, len(rest.examples)) == ("An arc.", "All else.", 0)
    assert curve.examples[0] == plain.crops[shown] != curve.examples[1]
    assert shown not in told.crops
    assert len(told.crops) == 3


def test_mistakes_have_their_place(engine, tmp_path):
    rubric = tmp_path / "rubric.csv"
    rubric.write_text("label,says,examples\ncurve,An arc.,9@0\nres,All else.,\n")
    with pytest.raises(BuildError) as caught:
        labelling.sheet(engine, wanted(rubric=rubric))
    assert [str(problem.place) for problem in caught.value.problems] == [
        "articles/rubric.csv:2",
        "articles/rubric.csv:3",
    ]
    with pytest.raises(BuildError, match=r"articles/a.md:7: .*mixed3b"):
        labelling.sheet(engine, wanted(unit="mixed3b:9999"))


def test_annotators_are_compared_or_it_is_said_why_not(tmp_path):
    path = tmp_path / "labels.csv"
    path.write_text('image,label,annotator\n"1@0,0",curve,ann\n"2@0,0",rest,ann\n')
    assert (
        labelling.agreed(path, NAMES).summary == "no crop has labels by two of ann; expected crops that both labelled"
    )
    path.write_text(path.read_text() + '"1@0,0",curve,bob\n"2@0,0",curve,bob\n')
    assert labelling.agreed(path, NAMES).pairs == (("ann", "bob", 2, 0.5, 0.0),)
    path.write_text('image,label,annotator\n"1@0,0",curve,ann\n"1@0,0",curve,bob\n')
    assert labelling.agreed(path, NAMES).pairs == (("ann", "bob", 1, 1.0, None),)
    path.write_text("image,label,annotator\n3,curve,ann\n")
    with pytest.raises(BuildError, match=r"a/labels.csv:2: crop id '3'"):
        labelling.check(path, NAMES, Path("a/labels.csv"))
