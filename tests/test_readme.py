"""What the README shows works as it stands there."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from builder import settings, site
from builder.engine import setup as engines
from builder.reporter import Recorded

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


NOTING = """#!/bin/sh
echo "$(basename "$0") $*" >> "$NOTES"
case "$(basename "$0") $*" in
  "python3 -m venv "*) mkdir -p "$3/bin" && for tool in python pip ruff mypy; do cp "$0" "$3/bin/$tool"; done ;;
  *"$FAILING"*) exit 7 ;;
esac
"""
"""A program that notes how it was called, makes an environment of its like, and fails where it is told to."""


def ran(folder: Path, failing: str) -> tuple[int, list[str]]:
    """Run `.ci/run` with programs that only note their calls; return its status and the calls."""
    (folder / ".ci").mkdir(parents=True)
    for name in ("README.md", ".ci/run"):
        shutil.copy(ROOT / name, folder / name)
    tools = folder / "tools"
    tools.mkdir()
    for name in ("apt-get", "python3"):
        (tools / name).write_text(NOTING)
        (tools / name).chmod(0o755)
    notes = folder / "notes"
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "NOTES": str(notes), "FAILING": failing}
    done = subprocess.run(["bash", str(folder / ".ci" / "run")], env=environment, capture_output=True)
    return done.returncode, notes.read_text("utf-8").splitlines()


def test_ci_runs_the_test_command_as_it_stands_and_the_linters(tmp_path: Path) -> None:
    (command,) = [block.strip() for block in blocks("sh") if "pytest" in block]
    assert "\n" not in command
    status, calls = ran(tmp_path, "nothing fails")
    steps = [re.sub(r"\.venv/bin/|['\"]", "", step) for step in command.split(" && ")]
    assert [re.sub(r"-m venv .*", "-m venv .venv", call) for call in calls] == [
        *steps,
        "ruff check",
        "ruff format --check",
        "mypy ",
    ]
    assert status == 0


@pytest.mark.parametrize("failing", ["install -y", "install -e", "-m pytest", "check", "format", "mypy"])
def test_ci_fails_where_a_step_does_and_goes_no_further(tmp_path: Path, failing: str) -> None:
    status, calls = ran(tmp_path, failing)
    assert status == 7
    assert failing in calls[-1]


def test_the_page_for_contributors_names_files_that_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`((?:builder|figures|templates|tests|\.ci)/[\w/.]*)`", text)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.slow
def test_the_script_is_short_and_draws(tmp_path: Path) -> None:
    script = next(block for block in blocks("python") if "@figure(" in block)
    assert len(script.rstrip().splitlines()) <= 20
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\n")
    (tmp_path / "figures" / "gallery").mkdir(parents=True)
    (tmp_path / "figures" / "gallery" / "filter_norms.py").write_text(script)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "own.md").write_text("---\ntitle: Own\n---\n\n:::{filter-norms}\n\nNorms.\n:::\n")
    engines.forget_figures()
    result = site.build(settings.load(tmp_path), Recorded(), site.Options(device="cpu"))
    engines.forget_figures()
    assert [str(problem) for problem in result.problems] == []
    html = (tmp_path / "site" / "own" / "index.html").read_text("utf-8")
    assert "<svg" in html
    assert "conv1:0" in html
    shutil.rmtree(tmp_path)


@pytest.mark.slow
def test_the_notebook_lines_run() -> None:
    script = next(block for block in blocks("python") if "visualize(" in block)
    room: dict[str, object] = {}
    exec(script, room)  # noqa: S102 - it is our own README
    height, width, channels = room["picture"].shape
    assert height == width > 16
    assert channels == 3
