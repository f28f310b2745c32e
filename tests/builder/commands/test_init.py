from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from builder import __version__, lean, settings
from builder.commands.init import init


def run(folder: Path, status: int = 0) -> str:
    result = CliRunner().invoke(init, [str(folder)])
    assert result.exit_code == status, result.output
    return result.output


FILES = {
    ".github/workflows/site.yml", ".gitignore", "articles/first-look/index.md", "figures/field_of_view.py",
    "pyproject.toml", "requirements-site.txt", "templates/.gitkeep",
}  # fmt: skip


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_site_is_written_and_what_to_do_next_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = run(Path("my-site"))
    assert files(tmp_path / "my-site") == FILES
    assert {line.removeprefix("wrote my-site/") for line in text.splitlines() if line.startswith("wrote")} == FILES
    assert text.endswith("Now:\n  cd my-site\n  microscribe build --open\n")
    assert settings.load(tmp_path / "my-site").title == "My site"


def test_its_workflow_installs_no_torch_and_builds_offline(tmp_path: Path) -> None:
    run(tmp_path)
    workflow = yaml.safe_load((tmp_path / ".github/workflows/site.yml").read_text())
    steps = workflow["jobs"]["site"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert f'pip install --no-deps "microscribe=={__version__}"' in commands[0]
    assert commands[1:] == ["microscribe store pull", "microscribe build --offline"]
    assert steps[-1]["uses"].startswith("actions/deploy-pages@")
    assert workflow["jobs"]["site"]["env"]["AWS_ACCESS_KEY_ID"] == "${{ secrets.AWS_ACCESS_KEY_ID }}"
    wanted = (tmp_path / "requirements-site.txt").read_text().splitlines()
    assert wanted == lean.requirements()
    assert not {"torch", "numpy", "altair"} & set(map(lean.name_of, wanted))


def test_it_is_never_written_over_a_site(tmp_path: Path) -> None:
    run(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in files(tmp_path)}
    assert "there is a site already" in run(tmp_path, status=2)
    assert {name: (tmp_path / name).read_bytes() for name in files(tmp_path)} == before
