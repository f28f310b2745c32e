"""A new site, and a new article."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import scaffold, settings, site
from builder.commands.init import init
from builder.engine import setup as engines
from builder.errors import UsageError
from builder.reporter import Recorded


def run(folder: Path, status: int = 0) -> str:
    result = CliRunner().invoke(init, [str(folder)])
    assert result.exit_code == status, result.output
    return result.output


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_a_project_has_already_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"')
    (tmp_path / ".gitignore").write_text("site/\nmine")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "field_of_view.py").write_text("# mine\n")
    text = run(tmp_path)
    assert "field_of_view" not in text
    assert (tmp_path / "figures" / "field_of_view.py").read_text() == "# mine\n"
    assert (tmp_path / "pyproject.toml").read_text().startswith('[project]\nname = "other"\n\n[tool.microscribe]\n')
    assert (tmp_path / ".gitignore").read_text() == "site/\nmine\n.microscribe/\n.venv/\n__pycache__/\n"
    assert settings.load(tmp_path).gallery == "figures"


@pytest.mark.parametrize("text", ["[tool.microscribe", "x = \xff"])
def test_a_project_file_that_cannot_be_read_is_a_message(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(text.encode("latin-1"))
    assert "pyproject.toml: " in run(tmp_path, status=2)
    assert files(tmp_path) == {"pyproject.toml"}


@pytest.mark.parametrize("name", ['it\'s "quoted"', "übung", "a\\b", "$x {y}"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    run(tmp_path / name)
    assert settings.load(tmp_path / name).title


@pytest.mark.slow
def test_it_builds_at_once_with_every_figure(tmp_path: Path, cut: Path) -> None:
    """With two hundred images, one unit less, and the fonts and the chart runtime at hand, so that it is quick."""
    run(tmp_path)
    shutil.copytree(cut, tmp_path / ".microscribe", ignore=shutil.ignore_patterns("output.json"))
    table = tmp_path / "pyproject.toml"
    table.write_text(re.sub(r"^dataset = .*", 'dataset = "glyphs:200"', table.read_text(), flags=re.MULTILINE))
    article = tmp_path / "articles/first-look/index.md"
    article.write_text(article.read_text().replace(":units: mixed3b:68,188", ":units: mixed3b:188"))
    engines.forget_figures()
    result = site.build(settings.load(tmp_path), Recorded(), site.Options(device="cpu"))
    engines.forget_figures()
    assert [str(problem) for problem in result.problems] == []
    html = (tmp_path / "site/first-look/index.html").read_text()
    assert result.figures == html.count('data-figure="') == 2
    assert "figure-missing" not in html
    assert re.search(r"mixed4b.*?114.*?pixels, where an image is.*?64", html, re.DOTALL)
    pages = {path.name for path in (tmp_path / "site/units/glyphs").iterdir()}
    assert pages == {"index.html", "mixed3b-188.html"}
    assert scaffold.article(settings.load(tmp_path), "second").is_file()


@pytest.mark.parametrize("slug", ["tags", "assets", "a" * 121, "taken", "lost", "../x", ""])
def test_an_article_that_could_not_be_built_is_not_begun(tmp_path: Path, slug: str) -> None:
    run(tmp_path)
    (tmp_path / "articles" / "taken.md").write_text("")
    (tmp_path / "articles" / "lost.md").symlink_to("nowhere")
    before = files(tmp_path)
    with pytest.raises(UsageError):
        scaffold.article(settings.load(tmp_path), slug)
    assert files(tmp_path) == before
