"""Compact scripts do what they did."""

from pathlib import Path

import pytest

from builder.press.scripts import compact

STATIC = Path(__file__).parents[3] / "templates" / "static"


def test_comments_and_indents_go_and_ends_of_lines_stay():
    assert (
        compact("// Why.\nconst a = () => {\n  // Of b.\n  return b // b\n\n};\n")
        == "const a = () => {\nreturn b // b\n};\n"
    )
    assert compact("/* A block\n// whose end is here */\nc();\n") == "/* A block\n// whose end is here */\nc();\n"


@pytest.mark.parametrize("text", ["const a = `\n  // of the text\n`;\n", 'const a = "one \\\n  // two";\n'])
def test_a_script_with_a_text_over_several_lines_stays(text: str):
    assert compact(text) == text


def test_what_every_article_loads_becomes_lighter():
    whole = (STATIC / "article.js").read_text("utf-8")
    assert len(compact(whole)) < 0.9 * len(whole)
