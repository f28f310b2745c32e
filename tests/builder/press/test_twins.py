"""The Markdown twin of an article."""

from pathlib import Path

from builder.press.twins import Twin
from builder.press.views import Frame, ImageView
from tests.builder.pages import HEAD, SITE, sprite, view, write

TEXT = """\
The sum of @fig-one is {value}`one.sum:.1f`, and {unit}`mixed3b:3` has [a file](data.csv); see [more](other.md#part).

```
{value}`one.sum` stays
```

:::{tuning}
:name: one
:units: mixed3b:1

What to *see*.
:::

After it.
"""


def twin(tmp_path: Path, **given) -> str:
    (tmp_path / "data.csv").write_text("a\n1\n")
    article = write(tmp_path, HEAD + TEXT)
    made = Twin(article, Frame(SITE, "curves/index.html"), given, {"data.csv": ImageView("assets/data.csv")})
    return made.written(HEAD + TEXT).decode()


def test_what_was_measured_is_written_in(tmp_path: Path):
    text = twin(tmp_path, **{"fig-one": view(sprite(), values={"sum": 2.04}, notes=("A note.",))})
    assert text.startswith(
        "# Curves <and> lines\n\nAbout & around\n\nAda Ütt. 21 November 2026\n\n<https://example.org/"
    )
    assert "The sum of Figure 1 is 2.0, and `mixed3b:3` has [a file](../assets/data.csv)" in text
    assert "see [more](../other/index.md#part)." in text
    assert "```\n{value}`one.sum` stays\n```" in text
    assert (
        "**Figure 1.** What to *see*.\n\n> words\n> A note.\n\n| a_b | c |\n| --- | --- |\n| 1 | <x> |\n|  | 2.5 |"
        in text
    )
    assert "The first 2 of 50 rows: [all of them](../assets/t.csv).\n\nAfter it.\n" in text
    assert ":name:" not in text


def test_a_figure_that_is_not_measured_keeps_its_caption(tmp_path: Path):
    text = twin(tmp_path)
    assert "{value}`one.sum:.1f`" in text
    assert "**Figure 1.** What to *see*.\n\nAfter it." in text


def test_what_comes_from_files_is_written_in(tmp_path: Path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "part.md").write_text("---\ntitle: P\n---\nOf {{ network }}.\n\n:::{code} ../a.py\n:::\n")
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "data.csv").write_text("a,b\n1,x\n")
    head = HEAD.replace("---\n", "---\nvariables: {network: GoogLeNet}\n", 1)
    body = ":::{include} parts/part.md\n:::\n\n:::{csv-table} data.csv\n:formats: .1f\n\nWhat *it* is.\n:::\n"
    article = write(tmp_path, head + body)
    text = Twin(article, Frame(SITE, "curves/index.html"), {}, {}).written(head + body).decode()
    assert article.problems == ()
    assert "Of GoogLeNet.\n\n`````python\nx = 1\n`````\n" in text
    assert "What *it* is.\n\n| a | b |\n| --- | --- |\n| 1.0 | x |\n" in text
