"""One figure outside any article, from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.commands.figure import figure
from builder.engine import setup as engines
from tests.builder import workshop

TUNING = ["run", "radial-tuning", "-p", "units=conv1:3", "-p", "radii_px=6, 12", "--device", "cpu"]


@pytest.fixture(autouse=True)
def _fresh():
    engines.forget_figures()
    yield
    engines.forget_figures()


def command(which, *arguments: object):
    return CliRunner().invoke(which, [str(one) for one in arguments])


@pytest.mark.slow
def test_a_figure_outside_any_article_writes_what_python_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = command(figure, *TUNING, "--out", tmp_path / "a")
    assert done.exit_code == 0, done.output
    files = sorted(Path(line).name for line in done.output.splitlines() if "/a/" in line)
    assert {"alt.txt", "provenance.json", "table.csv", "table.json"} < set(files)
    assert any(name.endswith(".svg") for name in files)
    assert any(name.endswith(".vega.json") for name in files)
    assert not (tmp_path / ".microscribe").exists()
    engines.forget_figures()
    from figures import run

    artifact = run.figure("radial-tuning", units=("conv1:3",), radii_px=(6.0, 12.0), device="cpu")
    assert sorted(path.name for path in artifact.save(tmp_path / "b")) == files
    for name in set(files) - {"provenance.json"}:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
    one, other = (json.loads((tmp_path / folder / "provenance.json").read_text()) for folder in "ab")
    assert one.keys() == other.keys()
    for key in ("figure", "parameters", "device", "precision", "seed", "versions"):
        assert one[key] == other[key], key
    assert [m["name"] for m in one["measurements"]] == [m["name"] for m in other["measurements"]]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["radial-tunin"], "no figure 'radial-tunin'; did you mean 'radial-tuning'?"),
        (
            ["radial-tuning", "-p", "units=conv1:3", "-p", "radii_p=3"],
            "no parameter 'radii_p'; did you mean 'radii_px'?",
        ),
        (["radial-tuning", "-p", "units=conv9:3"], "no layer 'conv9'"),
        (["radial-tuning"], "units: is required"),
        (["radial-tuning", "-p", "units=conv1:3", "--seed", "x"], "radial-tuning: seed: 'x' is not a whole number"),
        (["radial-tuning", "-p", "units=conv1:3", "-p", "size=9999"], "radial-tuning: size: 9999; expected 8 to 2000"),
        (["radial-tuning", "-p", "units"], "--param 'units'; expected KEY=VALUE"),
        (
            ["radial-tuning", "-p", "units=conv1:3", "--device", "gpu"],
            "no device 'gpu' (expected cpu, cuda, cuda:1 or mps)",
        ),
        (["radial-tuning", "-p", "units=conv1:3", "--device", "cuda:7"], "no device 'cuda:7' on this machine"),
    ],
)
def test_mistakes_are_told_with_the_nearest_name(tmp_path: Path, arguments: list[str], told: str) -> None:
    done = command(figure, "run", *arguments, "--site", tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert told in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "out").exists()


def test_a_figure_that_fails_is_a_message(tmp_path: Path) -> None:
    root = workshop.make(tmp_path)
    asked = ["-p", "names=1", "-p", "fail=error", "-p", f"log={tmp_path / 'log.txt'}", "--device", "cpu"]
    done = command(figure, "run", "workshop", "--site", root, *asked, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "workshop: KeyError: 'nothing is known about 1' (figures/gallery/zz_workshop.py:" in done.output
    assert "Traceback" not in done.output
