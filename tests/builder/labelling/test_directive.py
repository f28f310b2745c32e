"""What a directive asks people to label is read without the labels that are not there yet."""

import pytest

from builder.errors import BuildError, UsageError
from builder.labelling import directive

ARTICLE = """\
---
title: Labels
dataset: glyphs:8
---

:::{{label-stackplot}}
:name: stack
:unit: mixed3b:1
{more}
:::

:::{{label-agreement}}
:name: agreement
:labels: labels.csv
:::

:::{{probe}}
:name: probe
:units: mixed3b:1
:log: log
:::
"""
RUBRIC = "label,says,examples\ncurve,An arc.,\nrest,All else.,\n"


@pytest.fixture
def task(root, house):
    """Write an article with options, and read what its figure asks for."""

    def read(figure: str = "stack", *more: str, path: str = "a/index.md"):
        file = root / "articles" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(ARTICLE.format(more="\n".join(more)))
        (file.parent / "rubric.csv").write_text(RUBRIC)
        return directive.task(house, "a", figure, 12)

    return read


def test_a_stackplot_without_labels_says_what_to_write(task, root):
    asked = task("fig-stack", ":order: curve, rest", ":rubric: rubric.csv", ":seed: 3", ":show: probability")
    wanted = asked.wanted
    assert asked.missing == ":labels: labels.csv"
    assert asked.file == root / "articles" / "a" / "labels.csv"
    assert (wanted.model, wanted.dataset, wanted.unit, wanted.seed) == ("glyphs", "glyphs:8", "mixed3b:1", 3)
    assert (wanted.names, wanted.count, wanted.samples) == (("curve", "rest"), 12, 16)
    assert wanted.rubric == root / "articles" / "a" / "rubric.csv"


def test_labels_that_are_not_there_yet_are_no_mistake(task, root):
    asked = task("stack", ":labels: mine.csv")
    assert (asked.missing, asked.file) == ("", root / "articles" / "a" / "mine.csv")


def test_articles_that_share_a_folder_do_not_share_labels(task, root):
    assert task(path="a.md").file == root / "articles" / "a-labels.csv"


def test_what_cannot_be_labelled_is_told(task, house):
    with pytest.raises(UsageError, match="no figure 'fig-stak'; did you mean 'fig-stack'"):
        task("stak")
    with pytest.raises(UsageError, match="index.md:17: probe shows no labels; expected label-stackplot or"):
        task("probe")
    with pytest.raises(UsageError, match="index.md:12: no unit to draw crops for"):
        task("agreement")
    with pytest.raises(BuildError, match=r"index.md:9: labels '\.\./labels.csv'; expected a CSV file beside"):
        task("stack", ":labels: ../labels.csv")
    with pytest.raises(BuildError, match=r"index.md:9: .*samples"):
        task("stack", ":samples: 0")
    with pytest.raises(UsageError, match="no article 'b'"):
        directive.task(house, "b", "stack", 1)
