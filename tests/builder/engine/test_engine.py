from pathlib import Path

import pytest

from builder import settings, site
from builder.engine import setup as engines
from builder.errors import Place
from builder.plan import plan
from builder.plan.request import Asked
from builder.reporter import Recorded


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.txt"


@pytest.fixture
def resolve(root: Path, log: Path):
    """Resolve probes, given as option mappings, in a fresh engine."""

    def run(*options: dict[str, str], **kwargs):
        engines.forget_figures()
        house = plan.open_house(settings.load(root), Recorded())
        place = Place(Path("articles/a.md"), 7)
        requests = [
            house.binder.bind(Asked("probe", {"log": str(log), **o}, {}, place, root), {"seed": 0})[0] for o in options
        ]
        resolved = site.open_engine(house, Recorded(), "cpu").resolve(requests, **kwargs)
        return resolved, [resolved.entries.get(request.key) for request in requests]

    yield run
    engines.forget_figures()


def sums(entries) -> list[float]:
    return [entry.meta["artifact"]["values"]["sum"] for entry in entries]


def test_missing_units_of_all_figures_are_measured_in_one_batch(resolve, log: Path) -> None:
    resolved, entries = resolve({"units": "mixed3b:1,2"}, {"units": "mixed3b:2,5"}, {"units": "mixed3b:9"})
    assert log.read_text() == "mixed3b:1,mixed3b:2,mixed3b:5,mixed3b:9\n"
    assert sums(entries) == [6.0, 14.0, 18.0]
    assert resolved.measured == 3


def test_what_is_in_the_store_is_found(resolve, log: Path) -> None:
    resolve({"units": "mixed3b:1,2"})
    resolved, entries = resolve({"units": "mixed3b:1,2"})
    assert resolved.measured == 0
    assert sums(entries) == [6.0]
    assert len(log.read_text().splitlines()) == 1


def test_one_unit_more_measures_one(resolve, log: Path) -> None:
    resolve({"units": "mixed3b:1,2"})
    resolve({"units": "mixed3b:1,2,3"})
    assert log.read_text().splitlines()[1:] == ["mixed3b:3"]


def test_a_changed_drawing_does_not_measure(resolve, root: Path, log: Path) -> None:
    resolve({"units": "mixed3b:1,2"})
    script = root / "figures" / "gallery" / "zz_probe.py"
    script.write_text(script.read_text().replace('Artifact("Numbers."', 'Artifact("More numbers."'))
    resolved, entries = resolve({"units": "mixed3b:1,2"})
    assert resolved.measured == 1
    assert entries[0].meta["artifact"]["alt"] == "More numbers."
    assert len(log.read_text().splitlines()) == 1


def test_force_measures_again(resolve, log: Path) -> None:
    resolved, _ = resolve({"units": "mixed3b:1"})
    resolve({"units": "mixed3b:1"}, force=resolved.entries.keys())
    assert len(log.read_text().splitlines()) == 2


def test_a_failing_figure_is_a_problem_at_its_directive_and_stops_no_other(resolve) -> None:
    resolved, entries = resolve({"units": "mixed3b:1", "power": "6"}, {"units": "mixed3b:1"})
    assert entries[0] is None
    assert sums(entries[1:]) == [2.0]
    assert str(resolved.problems[0]).startswith("articles/a.md:7: probe: power 6 is too high; expected at most 5 (")
    assert "zz_probe.py:" in str(resolved.problems[0])


def test_a_failing_measurement_fails_every_figure_that_needs_it(resolve, tmp_path: Path) -> None:
    bad = {"log": str(tmp_path / "no" / "such" / "folder")}
    resolved, entries = resolve({"units": "mixed3b:1", **bad}, {"units": "mixed3b:2", **bad}, {"units": "mixed3b:1"})
    assert [entry is None for entry in entries] == [True, True, False]
    assert "FileNotFoundError" in str(resolved.problems[0])


@pytest.mark.slow
def test_offline_lists_every_missing_figure(resolve, log: Path) -> None:
    resolved, _ = resolve({"units": "mixed3b:1"}, {"units": "mixed3b:2"}, offline=True)
    assert [str(p) for p in resolved.problems] == [
        "articles/a.md:7: probe is not in the store, and this build may not measure"
    ] * 2
    assert not log.exists()


def test_a_damaged_measurement_is_measured_again(resolve, root: Path, log: Path) -> None:
    resolve({"units": "mixed3b:1"})
    for path in (root / ".microscribe" / "objects").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-3])
    _, entries = resolve({"units": "mixed3b:1"})
    assert sums(entries) == [2.0]
    assert len(log.read_text().splitlines()) == 2


def test_provenance_tells_what_was_measured(resolve) -> None:
    _, entries = resolve({"units": "mixed3b:1"})
    made = entries[0].meta["provenance"]
    assert made["figure"] == "probe"
    assert made["device"] == "cpu"
    assert [m["name"] for m in made["measurements"]] == ["figures.gallery.zz_probe.probe"]
    assert made["versions"]["torch"]
