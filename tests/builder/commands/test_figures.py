"""What figures there are, from the command line."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "builder"]


ROOT = Path(__file__).parents[3]


def command(root: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([*COMMAND, *arguments], cwd=root, env=environment, capture_output=True, text=True)


@pytest.mark.slow
def test_figures_are_listed_and_described(root: Path) -> None:
    assert re.search(r"^probe +Show numbers\.$", command(root, "figures").stdout, re.MULTILINE)
    shown = command(root, "figures", "probe").stdout
    assert "power  (whole number; default: 1)" in shown
    assert ":::{probe}\n:name: probe\n:units: mixed3b:163,188,96,175" in shown
