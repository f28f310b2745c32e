"""One figure in a notebook: text and values, cells, files of the folder, the record of how it was made."""

from pathlib import Path

import pytest

from figures import registry, run
from figures.artifact import Artifact, Table
from figures.parameters import Model, Units
from figures.registry import figure
from figures.run import Library


@pytest.fixture(autouse=True)
def own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    names: dict = {}
    monkeypatch.setattr(registry, "FIGURES", names)
    monkeypatch.setattr(run, "FIGURES", names)

    @figure("cell", control=True)
    def cell(
        *, units: Units, model: Model = "glyphs", file: Path | None = None, shares: tuple[float, ...] = ()
    ) -> Artifact:
        """Show what was given."""
        return Artifact(repr((units, model, file, shares)), (), Table(("unit",), tuple((unit,) for unit in units)))


def test_text_and_values_give_the_same_figure() -> None:
    written = run.figure("cell", units="mixed3b:3,17, conv1:0..1", shares="1, 2.5", device="cpu")
    given = run.figure("cell", units=("mixed3b:3", "mixed3b:17", "conv1:0", "conv1:1"), shares=[1, 2.5], device="cpu")
    assert written.alt == given.alt == "(('mixed3b:3', 'mixed3b:17', 'conv1:0', 'conv1:1'), 'glyphs', None, (1.0, 2.5))"
    assert written.provenance["parameters"] == given.provenance["parameters"]
    assert written.provenance["parameters"]["units"] == ["mixed3b:3", "mixed3b:17", "conv1:0", "conv1:1"]
    assert list(written.provenance["models"]) == ["glyphs"]


def test_a_file_is_found_here_and_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "labels.csv").touch()
    for given in ("labels.csv", Path("labels.csv"), tmp_path / "labels.csv"):
        artifact = run.figure("cell", units="conv1:0", file=given, device="cpu")
        assert repr(tmp_path / "labels.csv") in artifact.alt
        assert "file" not in artifact.provenance["parameters"]


def test_the_decorators_control_is_a_parameter() -> None:
    assert run.figure("cell", units="conv1:0", control="yes", device="cpu").table.columns == ("shown", "unit")
    with pytest.raises(ValueError, match="cell: control: '2' is neither true nor false"):
        run.figure("cell", units="conv1:0", control=2, device="cpu")


def test_a_network_is_looked_up_once() -> None:
    names = Library()
    assert names.units("glyphs", "mixed3b:3, mixed3b:3") == ("mixed3b:3",)
    assert names.unit("glyphs", "mixed3b:4") == "mixed3b:4"
    assert list(names.networks) == ["glyphs"]
