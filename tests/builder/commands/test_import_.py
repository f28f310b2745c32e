"""`microscribe import`."""

from pathlib import Path

from click.testing import CliRunner

from builder.cli import main


def test_it_tells_what_it_wrote_and_what_it_could_not_keep(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\n")
    old = tmp_path / "2020-01-02-dots.md"
    old.write_text("---\nlayout: post\ntitle: Dots\n---\nA dot.\n")
    ask = ["import", "--site", str(tmp_path), str(old)]
    first, second = CliRunner().invoke(main, ask), CliRunner().invoke(main, ask)
    article = tmp_path / "articles" / "dots" / "index.md"
    told = f"{old}:2: no key 'layout' here; it is kept under 'imported'\n"
    assert first.output == f"{told}wrote {article} (Jekyll, 1 remark)\n"
    assert second.output == f"{told}unchanged {article} (Jekyll, 1 remark)\n"
    article.write_text("mine")
    assert "was edited since" in CliRunner().invoke(main, ask).output
    assert article.read_text() == "mine"
