import os

import pytest

from tests.builder import workshop

FIGURES = (
    {"names": "1,2,3,4", "pause": "0.1"},
    {"names": "7,8", "fail": "die-once"},
    {"names": "1", "fail": "error"},
    {"names": "1", "fail": "die"},
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory):
    """Resolve all figures once: what was resolved, the entries, and what the workers noted."""
    root = workshop.make(tmp_path_factory.mktemp("site"), engine="processes", workers=2)
    return *workshop.resolve(root, root / "log.txt", *FIGURES), root / "log.txt"


@pytest.mark.slow
def test_units_and_shards_are_measured_in_other_processes(run) -> None:
    _, entries, log = run
    assert entries[0].meta["artifact"]["values"] == {"sum": 410.0, "total": 2 * 780.0 + 12}
    noted = workshop.lines(log)
    assert ["probed", "1", "2"] in noted
    assert ["probed", "3", "4"] in noted
    shards = [line.split() for line in log.read_text().splitlines() if " shard " in line]
    assert sorted(int(start) for _, _, start in shards)[:4] == [0, 0, 10, 10]
    assert len({process for process, *_ in shards} - {str(os.getpid())}) >= 2


def test_a_measurement_over_many_gathers_in_this_process(run) -> None:
    log = run[2].read_text().splitlines()
    assert {line.split()[0] for line in log if "gathered" in line} == {str(os.getpid())}
    assert str(os.getpid()) not in {line.split()[0] for line in log if "gathered" not in line}


def test_a_nested_measurement_is_made_once_for_all(run) -> None:
    assert workshop.lines(run[2]).count(["base"]) == 1


def test_provenance_tells_the_device_and_the_precision(run) -> None:
    made = run[1][0].meta["provenance"]
    assert (made["device"], made["precision"]) == ("cpu", "float32")
    assert [one["name"].rpartition(".")[2] for one in made["measurements"]] == ["probed"] * 4 + ["gathered"] * 2
    gathered = made["measurements"][-1]
    assert gathered["seconds"] >= 4 * 0.1 / 2


def test_a_worker_that_dies_costs_its_task_only(run) -> None:
    assert run[1][1].meta["artifact"]["values"]["sum"] == 215.0


def test_an_error_on_a_worker_names_the_lines_of_the_author(run) -> None:
    resolved, entries, _ = run
    assert [entry is None for entry in entries] == [False, False, True, True]
    script = workshop.SCRIPT.splitlines()
    inner = next(n for n, line in enumerate(script, 1) if "raise KeyError" in line)
    outer = next(n for n, line in enumerate(script, 1) if line.strip() == "broken(names)")
    asked = next(n for n, line in enumerate(script, 1) if "values = probed(" in line)
    told = next(str(problem) for problem in resolved.problems if "KeyError" in problem.message)
    file = "figures/gallery/zz_workshop.py"
    assert told == (
        "articles/a.md:7: workshop: KeyError: 'nothing is known about 1' "
        f"({file}:{inner} in broken, called at {file}:{outer} in probed, called at {file}:{asked} in workshop)"
    )


def test_a_task_that_kills_every_worker_is_given_up(run) -> None:
    [told] = [problem.message for problem in run[0].problems if "died" in problem.message]
    assert told.startswith(
        "workshop: the worker died 3 times while it measured this (exit 9); "
        "perhaps memory did not suffice: fewer `workers` need less"
    )
