"""Checking from the command line."""

import json

from click.testing import CliRunner


def write(root, slug: str, body: str, head: str = "description: D.\ndate: 2026-01-02\n") -> None:
    (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: {slug.title()}\n{head}---\n\n{body}\n")


def test_the_command_prints_json_and_fails_where_something_is_wrong(root) -> None:
    from builder.cli import main

    write(root, "art", "[x](nowhere.html)")
    done = CliRunner().invoke(main, ["check", "--site", str(root), "--json"])
    assert done.exit_code == 1
    record = json.loads(done.stdout)
    assert record["findings"][0] | {"message": ""} == {
        "file": "articles/art.md", "line": 7, "kind": "link", "severity": "error", "message": "",
    }  # fmt: skip
    write(root, "art", "Text.")
    done = CliRunner().invoke(main, ["check", "--site", str(root)])
    assert done.exit_code == 0
    assert "0 errors, 0 warnings" in done.stdout
