"""Every file of a folder is a source of networks, and nothing else knows it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch

import figures
from builder.plan.closure import Sources
from figures import lab
from figures.methods import activations, models, networks
from figures.methods.assembly.blueprint import MissingWeights
from figures.specs import Site
from tests.sources_of_networks import added

PACKAGE = Path(figures.__file__).parent
NAMES = ("glyphs", "inceptionv1@none", "torchvision/resnet18@none", "timm/resnet18@none")


def test_sources_are_read_without_numerics() -> None:
    code = (
        "import sys\n"
        "for name in ('torch', 'torchvision', 'numpy', 'PIL', 'timm', 'safetensors'): sys.modules[name] = None\n"
        "from figures.methods import networks\n"
        "for name in networks.sources(): networks.read(networks.names()[0])\n"
        "print(networks.known(networks.read('glyphs')).layers['mixed3b'].height, len(networks.sources()))"
    )
    answer = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=PACKAGE.parent).split()
    assert answer == ["16", str(len(networks.sources()))]


@pytest.mark.parametrize("name", ["glyphs", "torchvision/resnet18", "torchvision/resnet18@V1", "inceptionv1@a/b.pth"])
def test_the_name_of_the_untrained_network_asks_for_random_weights(name: str) -> None:
    trained, control = networks.read(name), networks.read(networks.untrained(name))
    assert (trained.random, control.random) == (False, True)
    assert (trained.source, trained.factory) == (control.source, control.factory)


class TestOneFile:
    """A source that lies in one file of a folder of its own."""

    @pytest.fixture(autouse=True)
    def _source(self, tmp_path: Path):
        with added(tmp_path, "toynet"):
            yield

    def test_its_networks_are_loaded_and_read(self) -> None:
        model = models.load("toynet@none")
        assert (model.input_size, model.layers["0"], model.heads) == (32, 8, {"logits": ("one", "two")})
        maps = activations.read(model, torch.rand(1, 3, 32, 32), ["1"])["1"]
        assert maps.shape == (1, 8, 32, 32)
        assert models.untrained(model, 1).digest != model.digest == models.load("toynet-untrained").digest

    def test_its_names_are_among_those_that_a_wrong_one_is_compared_with(self) -> None:
        with pytest.raises(ValueError, match=r"no network 'toynett'; did you mean 'toynet'\? \(there are: .*toynet"):
            models.load("toynett")

    def test_its_weights_are_asked_for_as_any(self) -> None:
        with pytest.raises(MissingWeights, match="run `microscribe models pull toynet`"):
            models.load("toynet")

    def test_a_table_of_a_site_may_build_on_it(self, tmp_path: Path) -> None:
        table = {"mine": {"factory": "toynet", "weights": "none", "aliases": {"edges": "1"}}}
        with lab.using(lab.Lab(site=Site(tmp_path, table))):
            assert models.load("mine").unit("1:3") == models.load("mine").unit("edges:3")
        with pytest.raises(ValueError, match="expected module:function of the site, .* or toynet"):
            networks.read("mine", Site(tmp_path, {"mine": {"factory": "toynett"}}))


def digests(folder: Path) -> dict[str, list[str]]:
    """Digest the code that makes some networks, where the sources lie in another folder."""
    sources = Sources({"figures": PACKAGE, "figures.methods.networks": [folder]})
    return {name: [sources.digest(*place) for place in networks.code_of(networks.read(name))] for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_code_of_a_source_counts_for_its_own_networks_only(tmp_path: Path, name: str) -> None:
    source = networks.read(name).source
    folder = Path(shutil.copytree(PACKAGE / "methods" / "networks", tmp_path / "networks"))
    before = digests(folder)
    text = (folder / f"{source}.py").read_text()
    assert "    return Blueprint(\n" in text
    (folder / f"{source}.py").write_text(
        text.replace("    return Blueprint(\n", "    spec.name\n    return Blueprint(\n")
    )
    after = digests(folder)
    assert {other for other in NAMES if before[other] != after[other]} == {name}


def test_what_makes_an_embedded_network_is_found_behind_imports_inside_functions() -> None:
    [place] = networks.code_of(networks.read("glyphs"))
    reached = Sources({"figures": PACKAGE}).parts(*place)
    assert {"figures.glyphs.network:Mixed", "figures.glyphs.storage:load", "figures.glyphs.network:fold"} <= set(
        reached
    )


@pytest.mark.slow
def test_what_a_figure_reaches_holds_no_source_of_networks() -> None:
    """Their code counts with the network that a figure is asked for."""
    reached = Sources({"figures": PACKAGE}).parts("figures.methods.models", "load")
    assert any(name.startswith("figures.methods.assembly.build:") for name in reached)
    own = [f"figures.methods.networks.{name}:" for name in networks.sources()]
    assert [name for name in reached if name.startswith(tuple(own))] == []
