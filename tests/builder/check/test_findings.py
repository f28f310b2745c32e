"""What a check finds, for people and for programs."""

import json
from pathlib import Path

from builder.check.findings import Finding, Report
from builder.errors import Place, Problem

WARNING = Finding(Place(Path("a.md"), 3), "label", "never used", warning=True)
ERROR = Finding(Place(Path("b.md")), "link", "leads nowhere")


def test_only_errors_fail() -> None:
    assert not Report((), 2, 1).failed
    assert not Report((WARNING,), 2, 1).failed
    assert Report((WARNING, ERROR), 2, 1).failed


def test_the_record_is_plain_data_that_says_all_of_it() -> None:
    record = Report((WARNING, ERROR), 2, 1).record()
    assert json.loads(json.dumps(record)) == record
    assert (record["pages"], record["articles"], record["failed"]) == (2, 1, True)
    assert [(row["file"], row["line"], row["severity"]) for row in record["findings"]] == [
        ("a.md", 3, "warning"),
        ("b.md", 0, "error"),
    ]


def test_what_a_build_found_is_taken_over() -> None:
    problem = Problem(Place(Path("a.md"), 3), "wrong", warning=True)
    assert str(Finding.of(problem)) == str(problem)
    assert Finding.of(problem).kind == "build"
