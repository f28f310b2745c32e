"""Which dialect a file is in."""

from pathlib import Path

import pytest

from builder.importers.dialects import recognized
from builder.importers.heads import OldHead


@pytest.mark.parametrize(
    ("name", "keys", "text", "dialect"),
    [
        ("a.Rmd", (), "", "R Markdown"),
        ("a.mdx", (), "", "MDX"),
        ("a.md", (), "import A from 'a'", "MDX"),
        ("a.md", (), "import {\n  A,\n} from 'a'", "MDX"),
        ("a.md", (), "```\nimport numpy as np\nimport a\n```", "Markdown"),
        ("a.qmd", (), "", "Quarto"),
        ("a.md", (), "::: {.callout-note}", "Quarto"),
        ("a.md", (), "{{< x >}}", "Hugo"),
        ("a.md", ("featuredImage",), "", "Hugo"),
        ("a.md", ("layout",), "", "Jekyll"),
        ("a.md", (), "![a](b){:.c}", "Jekyll"),
        ("a.md", (), "a [[link|to it]]", "Obsidian"),
        ("a.md", (), "[[toc]]", "Markdown"),
        ("a.md", (), "```{note}\nx\n```", "MyST"),
        ("a.md", ("kernelspec",), "", "MyST"),
        ("a.html", (), "<d-article>", "Distill"),
        ("a.md", (), "plain", "Markdown"),
    ],
)
def test_a_file_is_known_by_its_signs(name: str, keys: tuple[str, ...], text: str, dialect: str) -> None:
    assert recognized(Path(name), OldHead(dict.fromkeys(keys, "x")), text).name == dialect
