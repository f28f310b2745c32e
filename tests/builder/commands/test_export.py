from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.commands.export import export


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\n")
    (tmp_path / "site" / "curves").mkdir(parents=True)
    (tmp_path / "site" / "curves" / "index.html").write_text("<!doctype html><p>Curves.</p>")
    return tmp_path


def test_an_article_becomes_one_file(site: Path):
    done = CliRunner().invoke(export, ["html", "curves", "--site", str(site), "--out", str(site / "out" / "c.html")])
    assert done.exit_code == 0, done.output
    assert "<p>Curves.</p>" in (site / "out" / "c.html").read_text()


@pytest.mark.parametrize("slug", ["curve", "../site/curves"])
def test_one_that_is_not_there_is_told(site: Path, slug: str):
    done = CliRunner().invoke(export, ["html", slug, "--site", str(site)])
    assert done.exit_code == 2
    assert f"no page of an article '{slug}'" in done.output
    assert "build the site first" in done.output
