"""What a pickle names is stood in for, and none of it is run."""

from __future__ import annotations

import argparse
import collections
from pathlib import Path

import pytest
import torch

from figures.methods.assembly import stand_ins

ran: list[str] = []


class Settings(argparse.Namespace):
    def __setstate__(self, state: object) -> None:
        ran.append("setstate")


class Called:
    def __reduce__(self):
        return record, ("reduce",), {"state": 1}


def record(*what: object) -> list[object]:
    ran.append("called")
    return [*what]


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("thing", [
    Settings(a=1), Called(), Path("x"), collections.defaultdict(list, a=[1]), collections.deque([1]), torch.device,
    Path("x").exists, {Path("x"): 1}, range(3), complex(1, 2), slice(1),
])  # fmt: skip
def test_nothing_of_what_is_named_runs(tmp_path, thing, zipped):
    ran.clear()
    torch.save({"thing": thing, "a": torch.ones(1)}, tmp_path / "x.pt", _use_new_zipfile_serialization=zipped)
    loaded = stand_ins.load(tmp_path / "x.pt")
    assert loaded["a"].item() == 1
    assert not ran


def test_a_stand_in_keeps_what_it_is_given_by_name(tmp_path):
    torch.save(argparse.Namespace(weights=torch.ones(2)), tmp_path / "x.pt")
    assert stand_ins.load(tmp_path / "x.pt")["weights"].tolist() == [1, 1]


def test_outside_torch_allows_no_more_than_before(tmp_path):
    torch.save(Settings(), tmp_path / "x.pt")
    before = torch.serialization.get_safe_globals()
    stand_ins.load(tmp_path / "x.pt")
    assert set(torch.serialization.get_safe_globals()) == set(before)
