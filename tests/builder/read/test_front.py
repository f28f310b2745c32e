"""What an article says of itself can be named without reading it."""

import subprocess
import sys


def test_a_remembered_article_needs_no_parser() -> None:
    code = (
        "import sys, builder.read.front, builder.read.remembered, builder.plan.remembered, builder.press.standing\n"
        "print([name for name in ('yaml', 'markdown_it', 'jinja2', 'pygments', 'PIL') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
