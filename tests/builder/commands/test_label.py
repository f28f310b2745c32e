"""`microscribe label`: what it says, and that whoever comes back goes on."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.serve.local import Server

ARTICLE = "---\ntitle: A\ndataset: glyphs:4\n---\n\n:::{label-stackplot}\n:name: stack\n:unit: mixed3b:1\n:::\n"


@pytest.fixture
def article(root: Path) -> Path:
    path = root / "articles" / "a.md"
    path.write_text(ARTICLE)
    return path


def test_mistakes_are_told_before_anything_is_measured(root: Path, article: Path) -> None:
    def said(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["label", "--site", str(root), *arguments])
        assert result.exit_code == 2
        return result.output

    assert "a has no figure 'fig-stak'; did you mean 'fig-stack'?" in said("a", "stak")
    assert "--annotator 'rubric'; expected another name" in said("a", "stack", "--annotator", "rubric")
    assert "Invalid value for '--crops'" in said("a", "stack", "--crops", "0")


def test_whoever_comes_back_goes_on(root: Path, article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def serve(server: Server) -> None:
        session = server.RequestHandlerClass.desk.session
        session.label("ann", session.state("ann").number, "curve")
        raise KeyboardInterrupt

    monkeypatch.setattr(Server, "serve_forever", serve)
    arguments = ["label", "--site", str(root), "a", "stack", "--crops", "3", "--device", "cpu"]
    for done in (1, 2):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        assert "names no labels; write `:labels: a-labels.csv` into it to show these" in result.output
        assert f"ann: {done} of 3 crops labelled" in result.output
        assert (root / "articles" / "a-labels.csv").read_text().count(",curve,ann\n") == done
