from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.commands.figure import figure
from builder.engine import setup as engines
from tests.builder import workshop


@pytest.fixture(autouse=True)
def _fresh():
    engines.forget_figures()
    yield
    engines.forget_figures()


def command(which, *arguments: object):
    return CliRunner().invoke(which, [str(one) for one in arguments])


@pytest.mark.slow
def test_what_is_in_the_sites_store_is_not_measured_again(tmp_path: Path) -> None:
    root, log = workshop.make(tmp_path), tmp_path / "log.txt"
    asked = ["run", "workshop", "--site", root, "-p", "names=1, 2", "-p", f"log={log}", "--device", "cpu"]
    for folder in ("a", "b"):
        done = command(figure, *asked, "--out", tmp_path / folder)
        assert done.exit_code == 0, done.output
    assert workshop.lines(log).count(["probed", "1", "2"]) == 1
    assert (tmp_path / "b" / "table.csv").read_text() == "name,value\n1,101.0\n2,102.0\n"


@pytest.mark.slow
def test_python_names_the_nearest_too() -> None:
    from figures import run

    with pytest.raises(ValueError, match="no figure 'radial-tunin'; did you mean 'radial-tuning'"):
        run.figure("radial-tunin")
    with pytest.raises(ValueError, match="no parameter 'radii_p'; did you mean 'radii_px'"):
        run.figure("radial-tuning", units=("conv1:3",), radii_p=(3,))
    with pytest.raises(ValueError, match="radial-tuning: units: is required; expected units"):
        run.figure("radial-tuning")
