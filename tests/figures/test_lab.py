"""A lab counts what is used and spent, and is the current one only for a while."""

from dataclasses import dataclass, field

import pytest

from figures import lab as labs
from figures.lab import Lab, Trace

ONE, OTHER = Trace("scan", "k1", 2.0, False), Trace("tuning", "k2", 1.0, True)


@dataclass
class Line:
    """A progress line that remembers what it was told."""

    told: list[tuple[object, ...]] = field(default_factory=list)

    def begin(self, description: str, total: int | None) -> str:
        self.told.append(("begin", description, total))
        return description

    def advance(self, task: object, steps: int) -> None:
        self.told.append(("advance", task, steps))

    def end(self, task: object) -> None:
        self.told.append(("end", task))


def test_a_lab_is_current_until_its_end_whatever_happens() -> None:
    before = labs.current()
    with labs.using(Lab(device="cuda:1")) as here:
        assert labs.current() is here
        assert labs.device() == "cuda:1"
    assert labs.current() is before
    with pytest.raises(KeyError), labs.using(Lab()):
        raise KeyError
    assert labs.current() is before


def test_what_a_figure_used_is_handed_over_once() -> None:
    lab = Lab()
    lab.trace(ONE)
    lab.trace(OTHER)
    assert lab.take_traces() == [ONE, OTHER]
    assert lab.take_traces() == []


def test_what_a_measurement_uses_is_no_use_of_the_figure_and_counts_for_it_alone() -> None:
    lab = Lab(device="cpu")
    lab.trace(ONE)
    with lab.working() as outer:
        lab.trace(OTHER)
        with lab.working() as inner:
            lab.asked(3.0, 1.0)
            lab.note(precision="bfloat16")
        lab.asked(0.5, 0.25)
    lab.asked(9.0, 9.0)
    lab.note(precision="lost")
    assert (inner.asked_s, inner.waited_s, outer.asked_s, outer.waited_s) == (3.0, 1.0, 0.5, 0.25)
    assert inner.where == {"device": "cpu", "precision": "bfloat16"}
    assert outer.where == {"device": "cpu", "precision": "float32"}
    assert lab.take_traces() == [ONE]


def test_a_lab_without_a_store_says_so() -> None:
    with pytest.raises(ValueError, match="this lab keeps nothing; expected one with a store"):
        _ = Lab().kept_in


def test_progress_is_told_for_each_item_and_ends_whatever_happens() -> None:
    line = Line()
    with labs.using(Lab(progress=line)):
        assert list(labs.track([7, 8], "counting", steps=3)) == [7, 8]
        with pytest.raises(ZeroDivisionError):
            list(labs.track((1 / number for number in [0]), "dividing"))
    advance = ("advance", "counting", 3)
    assert line.told[:4] == [("begin", "counting", 6), advance, advance, ("end", "counting")]
    assert line.told[4:] == [("begin", "dividing", None), ("end", "dividing")]


def test_only_devices_of_this_machine_are_taken() -> None:
    assert labs.checked_device("cpu") == "cpu"
    assert labs.checked_device("") == labs.best_device()
    with pytest.raises(ValueError, match=r"no device 'cuda:99' on this machine.*\(there are: cpu"):
        labs.checked_device("cuda:99")
