"""Two measurements are made at once where there are workers, and as always where there are none."""

import numpy as np
import pytest

from figures import lab as labs
from figures.methods import datasets
from figures.methods.scan.colours import colour_covariance
from figures.together import Ask, together
from tests.figures.inline_workers import library, put_back, with_workers

LIBRARY = library()
FEW, MORE = (Ask(colour_covariance, {"dataset": datasets.load(name)}) for name in ("glyphs:4", "glyphs:6"))


@pytest.fixture(autouse=True)
def _one_library(monkeypatch: pytest.MonkeyPatch) -> None:
    put_back(LIBRARY, monkeypatch)


def test_workers_get_both_at_once_and_only_what_is_missing() -> None:
    with labs.using(with_workers()) as lab:
        given = []
        measure = lab.workers.measure
        object.__setattr__(lab.workers, "measure", lambda lab, calls: given.append(len(calls)) or measure(lab, calls))
        first, second = together(FEW, MORE)
        together(FEW, MORE)
        assert given == [2, 0]
        assert lab.workers.pool.outcomes == ["Done", "Done"]
        assert not np.array_equal(first["covariance"], second["covariance"])


def test_the_answers_are_those_that_come_one_after_the_other() -> None:
    with labs.using(labs.Lab()):
        alone = together(FEW, MORE)
    with labs.using(with_workers()):
        shared = together(FEW, MORE)
    assert all(np.array_equal(a["covariance"], b["covariance"]) for a, b in zip(alone, shared, strict=True))


def test_what_goes_wrong_on_a_worker_goes_wrong_here() -> None:
    wrong = Ask(colour_covariance, {"dataset": "glyphs:4"})
    with labs.using(with_workers()), pytest.raises(Exception, match="attribute"):
        together(FEW, wrong)
