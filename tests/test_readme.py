"""What the README shows works as it stands there."""

import re
import shutil
from pathlib import Path

from builder import engine as engines
from builder import settings, site
from builder.reporter import Recorded

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    command = next(block.strip() for block in blocks("sh") if "pytest" in block)
    steps = [part.replace(".venv/bin/", "") for part in command.split(" && ")]
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    assert steps == ["pip install -e '.[test]'", "python -m pytest"]
    assert "pip install --quiet -e '.[test]' && python -m pytest" in run


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


def test_the_notebook_lines_run() -> None:
    script = next(block for block in blocks("python") if "visualize(" in block)
    room: dict[str, object] = {}
    exec(script, room)  # noqa: S102 - it is our own README
    height, width, channels = room["picture"].shape
    assert height == width > 16
    assert channels == 3
