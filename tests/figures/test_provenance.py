"""What a figure came from is told once each, with what it cost."""

import datetime
import importlib.util
import json
import subprocess

from figures import provenance
from figures.lab import Trace

CPU, GPU = {"device": "cpu", "precision": "float32"}, {"device": "cuda", "precision": "bfloat16"}
ONE, OTHER = Trace("scan", "k1", 2.0, False, GPU), Trace("tuning", "k2", 0.5, True, CPU)


def recorded(*traces: Trace, **changes: object) -> dict[str, object]:
    given = {"figure": "sample", "parameters": {"seed": 7}, "models": {"net": "d1"}, "datasets": {}, "traces": traces}
    return provenance.record(**{**given, "drawing_seconds": 0.25, "device": "mps", **changes})


def test_a_measurement_that_was_used_twice_counts_once() -> None:
    record = recorded(ONE, OTHER, ONE)
    assert [one["name"] for one in record["measurements"]] == ["scan", "tuning"]
    assert record["seconds"] == 2.5
    assert record["drawing_seconds"] == 0.25


def test_devices_are_those_of_measuring_and_else_that_of_drawing() -> None:
    assert recorded(ONE, OTHER, ONE)["device"] == "cpu, cuda"
    assert recorded(ONE, OTHER)["precision"] == "bfloat16, float32"
    alone = recorded()
    assert (alone["device"], alone["precision"], alone["seconds"]) == ("mps", "", 0)


def test_the_seed_is_that_of_the_parameters() -> None:
    assert recorded()["seed"] == 7
    assert recorded(parameters={})["seed"] is None


def test_versions_are_of_every_package_and_empty_for_one_that_is_not_installed(monkeypatch) -> None:
    monkeypatch.setattr(provenance, "PACKAGES", ("numpy", "no-such-package-of-anyone"))
    versions = recorded()["versions"]
    assert set(versions) == {"python", "numpy", "no-such-package-of-anyone"}
    assert versions["numpy"]
    assert versions["no-such-package-of-anyone"] == ""


def test_it_is_plain_json_with_a_date_that_knows_its_zone() -> None:
    record = json.loads(json.dumps(recorded(ONE, random=("net",))))
    assert record["random"] == ["net"]
    assert datetime.datetime.fromisoformat(record["date"]).tzinfo is not None


def test_the_script_is_named_with_the_commit_that_has_it(tmp_path) -> None:
    script = tmp_path / "figures" / "gallery" / "own.py"
    script.parent.mkdir(parents=True)
    script.write_text("def draw(): ...\n")
    spec = importlib.util.spec_from_file_location("own", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert provenance.source(module.draw) == {"file": "figures/gallery/own.py", "commit": ""}
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "figures/gallery/own.py"], ["commit", "-qm", "It is there"]):
        subprocess.run([*git, *words], check=True)
    commit = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    assert provenance.source(module.draw) == {"file": "figures/gallery/own.py", "commit": commit}
    script.write_text("def draw(): return 1\n")
    assert provenance.source(module.draw)["commit"] == ""
