"""What a figure's script did wrong, at the place that its author can mend."""

from pathlib import Path

import pytest

from builder import settings, site
from builder.engine import setup as engines
from builder.engine.problems import problems_of
from builder.errors import MOST_SIGNS, Place
from builder.plan.request import Request
from builder.reporter import Recorded


@pytest.fixture
def request_() -> Request:
    return Request("f", "m", "g", {}, {}, {}, "k", Place(Path("articles/a.md"), 3), "")


def test_an_error_in_the_library_names_its_innermost_line_there(request_, tmp_path: Path) -> None:
    from figures.rows import rows

    with pytest.raises(ValueError, match="no column") as caught:
        list(rows("a\n1\n", ["b"], file="x.csv"))
    [problem] = problems_of(caught.value, request_, tmp_path)
    assert str(problem).startswith("articles/a.md:3: f: no column 'b' in a")
    assert "(figures/rows.py:" in str(problem)


def test_an_error_without_text_is_its_name(request_, tmp_path: Path) -> None:
    [problem] = problems_of(StopIteration(), request_, tmp_path)
    assert str(problem) == "articles/a.md:3: f: StopIteration"


@pytest.mark.slow
def test_mistakes_in_a_file_beside_the_article_have_their_own_lines(root: Path) -> None:
    (root / "articles" / "a").mkdir()
    (root / "articles" / "a" / "labels.csv").write_text("image,label,annotator\n1@2,curve,me\n3@4,5,curv,me\n")
    article = (
        "---\ntitle: A\n---\n\n:::{label-stackplot}\n:unit: mixed3b:1\n:dataset: glyphs:8\n:labels: labels.csv\n:::\n"
    )
    (root / "articles" / "a" / "index.md").write_text(article)
    engines.forget_figures()
    result = site.build(settings.load(root), Recorded(), site.Options(device="cpu"))
    engines.forget_figures()
    lines = [str(problem) for problem in result.problems]
    assert lines
    assert all(line.startswith("articles/a/labels.csv:") for line in lines), lines
    assert not any("Traceback" in line for line in lines)


def test_a_file_of_several_is_told_apart_by_its_path(tmp_path: Path) -> None:
    from figures.rows import RowsError

    files = tuple(tmp_path / who / "x.csv" for who in ("one", "two"))
    request = Request("f", "m", "g", {}, {"tables": files}, {}, "k", Place(Path("articles/a.md"), 3), "")
    [problem] = problems_of(RowsError(str(files[1]), [(4, "wrong")]), request, tmp_path)
    assert str(problem) == f"{files[1]}:4: f: wrong"


def test_an_error_that_says_nothing_or_too_much_is_told_all_the_same(request_, tmp_path: Path) -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    for error, told in (
        (Mute(), "f: Mute: it cannot say what is wrong"),
        (ValueError("x" * 10_000), f"f: {'x' * (MOST_SIGNS - 1)}…"),
        (RuntimeError("no token\n\nStack backtrace:\n   0: <unknown>"), "f: RuntimeError: no token"),
    ):
        [problem] = problems_of(error, request_, tmp_path)
        assert problem.message == told
