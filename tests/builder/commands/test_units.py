"""`microscribe units find` in a site with a network whose curve units are known."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.commands.units import RULES
from builder.engine import setup as engines

NETWORK = """\
import torch
from torch import nn

from figures.methods import stimuli


class Arcs(nn.Module):
    def __init__(self):
        super().__init__()
        drawn = stimuli.arcs([90.0, 200.0], 7.5, size_px=25, length_px=15, width_px=2.3, device="cpu")
        dark = drawn.mean(dim=(2, 3), keepdim=True) - drawn
        self.match = nn.Conv2d(3, 2, 25, stride=4, padding=12, bias=False)
        self.match.weight = nn.Parameter(dark / dark.flatten(1).norm(dim=1)[:, None, None, None])
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(self.match(x - 0.5).abs() - 2)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.arcs, self.head = Arcs(), nn.Linear(2, 2)

    def forward(self, x):
        return self.head(self.arcs(x).mean((2, 3)))


def build():
    torch.manual_seed(0)
    return Net()
"""
SCRIPT = """\
from figures.methods.families import family
from figures.methods.stimuli import arc


@family("crescents", second="radius", values=(0.2, 0.3, 0.4))
def crescents(outward, along, radius_px, pen):
    return arc(outward, along, 1 / radius_px, 2 * radius_px, {width} * pen.width_px)
"""
SETTINGS = """\
[tool.microscribe]
model = "mine"
dataset = "glyphs:24"

[tool.microscribe.models.mine]
factory = "arcnet:build"
weights = "none"
input_size = 48
channels = 3
aliases = { early = "arcs" }
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A site with a network of its own; one for all tests, since a module can be imported from one place only."""
    folder = tmp_path_factory.mktemp("units")
    (folder / "arcnet.py").write_text(NETWORK)
    (folder / "pyproject.toml").write_text(SETTINGS)
    (folder / "figures" / "gallery").mkdir(parents=True)
    (folder / "figures" / "gallery" / "crescents.py").write_text(SCRIPT.format(width=1.5))
    engines.forget_figures()
    yield folder
    engines.forget_figures()


@pytest.fixture
def run(root: Path):
    def command(*arguments: str, status: int = 0) -> str:
        result = CliRunner().invoke(main, ["units", "find", *arguments, "--site", str(root)])
        assert result.exit_code == status, result.output
        return result.output

    return command


@pytest.mark.slow
def test_units_are_found_once_and_then_remembered(run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = run("curves", "--layer", "early")
    assert text.splitlines()[0] == "mine, early: 2 of 2 units meet the rule 'strict'"
    rows = [line.split() for line in text.splitlines() if line.startswith("early:")]
    assert [row[0] for row in rows] == ["early:0", "early:1"]
    assert float(rows[0][1]) == pytest.approx(90, abs=8)
    assert float(rows[1][1]) == pytest.approx(200, abs=12)
    assert "units: early:0,1" in text

    from builder.engine import finding

    monkeypatch.setattr(finding, "_measured", lambda *_: pytest.fail("measured again"))
    assert run("curves", "--layer", "early") == text
    told = json.loads(run("curves", "--layer", "arcs", "--json"))
    assert (told["model"], told["layer"], told["of"], told["units"]) == ("mine", "early", 2, "early:0,1")
    assert told["rows"][0]["preferred_deg"] == pytest.approx(90, abs=8)


@pytest.mark.slow
def test_units_are_found_with_a_family_of_the_sites_own(run, root: Path) -> None:
    text = run("crescents", "--layer", "early", "--rule", "tuned")
    rows = [line.split() for line in text.splitlines() if line.startswith("early:")]
    assert [row[0] for row in rows] == ["early:0", "early:1"]
    assert [float(row[1]) for row in rows] == pytest.approx([90, 200], abs=15)
    assert "best: the second parameter" in text
    peaks = [
        row["peak"] for row in json.loads(run("crescents", "--layer", "early", "--rule", "tuned", "--json"))["rows"]
    ]
    (root / "figures" / "gallery" / "crescents.py").write_text(SCRIPT.format(width=0.5))
    engines.forget_figures()
    thin = json.loads(run("crescents", "--layer", "early", "--rule", "tuned", "--json"))["rows"]
    assert [row["peak"] for row in thin] != peaks


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("curvs", "--layer", "early"), "did you mean 'curves'?"),
        (("cresents", "--layer", "early"), "expected curves, arcs,"),
        (("cresents", "--layer", "early"), "did you mean 'crescents'?"),
        (("curves", "--layer", "erly"), "no layer 'erly'; did you mean 'early'?"),
        (("curves", "--layer", "early", "--rule", "strickt"), "did you mean 'strict'?"),
        (("curves", "--layer", "early", "--model", "glyfs"), "no network 'glyfs'; did you mean 'glyphs'?"),
        (("curves", "--layer", "early", "--dataset", "glifs:9"), "glifs"),
        (("curves", "--layer", "early", "--device", "abacus"), "no device 'abacus'"),
        (("curves",), "Missing option '--layer'"),
    ],
)
def test_mistakes_are_messages(run, arguments: tuple[str, ...], message: str) -> None:
    assert message in run(*arguments, status=2)


def test_the_rules_are_those_of_the_figures() -> None:
    from figures.methods.finding import RULES as known

    assert tuple(known) == RULES
