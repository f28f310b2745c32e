"""Each recipe of CONTRIBUTING.md is followed in a copy of the project, and what was added works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("builder", "figures", "templates")

Recipe = Callable[[Path], None]
RECIPES: dict[str, Recipe] = {}


def recipe(name: str) -> Callable[[Recipe], Recipe]:
    def enter(follow: Recipe) -> Recipe:
        RECIPES[name] = follow
        return follow

    return enter


def write(tree: Path, name: str, text: str) -> None:
    assert not (tree / name).exists()
    (tree / name).write_text(text)


def change(tree: Path, name: str, before: str, after: str) -> None:
    text = (tree / name).read_text()
    assert text.count(before) >= 1, (name, before)
    (tree / name).write_text(text.replace(before, after, 1))


def append(tree: Path, name: str, text: str) -> None:
    with (tree / name).open("a") as file:
        file.write(text)


@recipe("a measurement")
def add_measurement(tree: Path) -> None:
    write(
        tree,
        "figures/methods/letters.py",
        '''"""Letters of words."""

from dataclasses import dataclass

import numpy as np

from figures.measurement import measurement


@dataclass(frozen=True)
class Letters:
    """Counts (letter,) of each."""

    counts: np.ndarray


@measurement
def letters(text: str) -> Letters:
    """Count letters."""
    return Letters(np.array([text.count(one) for one in sorted(set(text))]))
''',
    )


@recipe("a chart")
def add_chart(tree: Path) -> None:
    write(
        tree,
        "figures/charts/letters.py",
        '''"""Letters as bars."""

import altair as alt

from figures.artifact import Chart
from figures.charts import vega


def draw(counts: list[int], *, alt_text: str) -> Chart:
    """Draw a bar for each letter."""
    rows = [{"letter": index, "count": count} for index, count in enumerate(counts)]
    bars = alt.Chart(alt.Data(values=rows)).mark_bar().encode(x="letter:O", y="count:Q")
    return vega.chart(bars, name="letters", alt=alt_text)
''',
    )


@recipe("words of a measurement")
def add_words(tree: Path) -> None:
    write(
        tree,
        "figures/words/letters.py",
        '''"""Letters in words and numbers."""

from figures.words import Words


def letters(counts: list[int]) -> Words:
    """Say how many there are."""
    return Words(f"{len(counts)} bars.", {"letters": len(counts)}, ("Counted.",))
''',
    )


@recipe("a kind of part of an artifact")
def add_part(tree: Path) -> None:
    append(
        tree,
        "figures/kept/parts.py",
        '''

@dataclass(frozen=True, kw_only=True)
class MottoPart(KeptPart, kind="motto"):
    """Words, set large."""

    words: str
''',
    )
    change(tree, "figures/artifact.py", "    MosaicPart,\n", "    MosaicPart,\n    MottoPart,\n")
    append(
        tree,
        "figures/artifact.py",
        '''

@dataclass(frozen=True)
class Motto:
    """Words, set large."""

    words: str
    name: str = "motto"
    title: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        yield from checks.words("words", self.words)

    def kept(self, keep: Keep) -> MottoPart:
        """Return it."""
        return MottoPart(name=self.name, title=self.title, shown=dict(self.shown), words=self.words)
''',
    )
    write(
        tree,
        "templates/parts/motto.html",
        '{% macro motto(part) %}<p class="motto">{{ part.words }}</p>{% endmacro %}\n',
    )
    markup = "from markupsafe import Markup\n"
    change(tree, "builder/press/kinds.py", markup, f"{markup}\nfrom figures.kept.parts import MottoPart\n")
    change(tree, "builder/press/kinds.py", "MACROS: dict[type[KeptPart], Macros] = {",
           'MACROS: dict[type[KeptPart], Macros] = {\n    MottoPart: Macros("motto", "motto"),')  # fmt: skip


@recipe("a figure")
def add_figure(tree: Path) -> None:
    write(
        tree,
        "figures/gallery/letters.py",
        '''"""Which letters has a text?"""

from figures.artifact import Artifact, Motto, Table
from figures.charts import letters as charts
from figures.methods.letters import letters as counted
from figures.registry import figure
from figures.words import letters as words


@figure("letters")
def letters(*, text: str = "hello") -> Artifact:
    """Draw how often each letter stands in a text.

    text: what is counted
    """
    counts = counted(text).counts.tolist()
    said = words.letters(counts)
    return said.artifact([charts.draw(counts, alt_text=said.alt), Motto(text)], Table.of({"count": counts}))
''',
    )


@recipe("a family of stimuli")
def add_family(tree: Path) -> None:
    append(
        tree,
        "figures/methods/families.py",
        '''

@family("blots", second="radius", values=(0.1, 0.2))
def blots(outward: torch.Tensor, along: torch.Tensor, radius_px: torch.Tensor, pen: Pen) -> torch.Tensor:
    """Discs."""
    return (radius_px - torch.hypot(outward, along)).clamp(0, 1)
''',
    )


@recipe("a rule of Markdown")
def add_rule(tree: Path) -> None:
    write(
        tree,
        "builder/read/markdown/highlights.py",
        '''"""Marked words: `==so==`."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from builder.read.markdown.explained import Explained

EXPLAINED = Explained(title="Marked words", text="As with a pen.", example="This ==matters==.")


def install(md: MarkdownIt) -> None:
    """Read what stands between two signs."""
    md.inline.ruler.before("emphasis", "highlight", mark)


def mark(state: StateInline, silent: bool) -> bool:
    """Read one."""
    end = state.src.find("==", state.pos + 2)
    if not state.src.startswith("==", state.pos) or end < 0:
        return False
    if not silent:
        state.push("mark_open", "mark", 1)
        state.push("text", "", 0).content = state.src[state.pos + 2 : end]
        state.push("mark_close", "mark", -1)
    state.pos = end + 2
    return True
''',
    )
    change(tree, "builder/read/markdown/document.py", "RULES = (\n", "RULES = (\n    highlights,\n")
    change(tree, "builder/read/markdown/document.py", "    headings,\n", "    headings,\n    highlights,\n")
    change(tree, "builder/syntax.py", "PIECES = (\n", 'PIECES = (\n    "highlights",\n')


@recipe("a directive or an option of one")
def add_option(tree: Path) -> None:
    change(
        tree, "builder/read/markdown/directives.py", '"details": BOX | {"open"}', '"details": BOX | {"open", "aside"}'
    )
    change(tree, "builder/read/markdown/directives.py", "OPTIONS: dict[str, str] = {\n",
           'OPTIONS: dict[str, str] = {\n    "aside": "lay it aside",\n')  # fmt: skip


@recipe("a role")
def add_role(tree: Path) -> None:
    change(
        tree,
        "builder/read/markdown/roles.py",
        "ROLES: dict",
        '''def shouted(state: StateInline, content: str, line: int) -> None:
    """Set text in capitals."""
    state.push("text", "", 0).content = content.upper()


ROLES: dict''',
    )
    change(
        tree,
        "builder/read/markdown/roles.py",
        '    "sc": small_capitals,\n',
        '    "sc": small_capitals,\n    "shout": shouted,\n',
    )


@recipe("a command or an option of one")
def add_command(tree: Path) -> None:
    write(
        tree,
        "builder/commands/wave.py",
        '''"""Wave."""

import click


@click.command()
def wave() -> None:
    """Wave to whoever is there."""
    click.echo("o/")
''',
    )
    change(tree, "builder/cli.py", "COMMANDS = (\n", "COMMANDS = (\n    wave,\n")
    change(tree, "builder/cli.py", "from builder.commands.why import why\n",
           "from builder.commands.wave import wave\nfrom builder.commands.why import why\n")  # fmt: skip


@recipe("a publish target")
def add_target(tree: Path) -> None:
    change(
        tree,
        "builder/publish/__init__.py",
        "TARGETS: Mapping",
        """def _drawer(settings: Settings, chosen: Options) -> Begin:
    return lambda examined, look: folder.prepare(settings.root / "drawer", examined.items)


TARGETS: Mapping""",
    )
    change(
        tree,
        "builder/publish/__init__.py",
        '    "folder": _folder,\n',
        '    "folder": _folder,\n    "drawer": _drawer,\n',
    )


@recipe("a source of networks")
def add_source(tree: Path) -> None:
    write(
        tree,
        "figures/methods/networks/pinhole.py",
        '''"""A network of one convolution."""

from figures.methods.assembly.blueprint import Blueprint, Source

NAME = "pinhole"


def names(_site=None):
    """List it."""
    return (NAME,)


def read(base):
    """Return its name."""
    return base if base == NAME else ""


def blueprint(spec):
    """Return how it is made."""
    return Blueprint(_built, 16, 3, (0.0,) * 3, (1.0,) * 3)


def _built():
    from torch import nn

    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU())


SOURCE = Source("networks of one convolution", read, blueprint, names)
''',
    )


@recipe("a setting or a key of articles")
def add_setting(tree: Path) -> None:
    change(
        tree,
        "builder/settings.py",
        '    title: str = "Microscribe"\n',
        '    title: str = "Microscribe"\n    motto: str = ""\n',
    )
    change(
        tree,
        "builder/keys.py",
        "SITE: Mapping[str, Key] = {\n",
        'SITE: Mapping[str, Key] = {\n    "motto": Key("what the site lives by", \'"Look closer"\'),\n',
    )


ARTICLE = """---
title: What was added
date: 2026-01-01
---

This ==matters== and {shout}`it is said`.

:::{letters}
:text: abba
:name: fig-letters

Letters.
:::

There are {value}`fig-letters.letters` of them.

:::{details} More
:aside: yes

Words.
:::
"""


def rows() -> list[str]:
    """List what the table of recipes says how to add."""
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("| to add | write |")[1].split("\n\n")[0]
    return re.findall(r"^\| ([^|`-][^|]*) \|", table, re.MULTILINE)


def test_every_recipe_is_followed_here() -> None:
    assert sorted(rows()) == sorted(RECIPES)


@pytest.mark.slow
def test_what_the_recipes_add_works(tmp_path: Path) -> None:
    tree, site = tmp_path / "tree", tmp_path / "site"
    for room in ROOMS:
        shutil.copytree(ROOT / room, tree / room, ignore=shutil.ignore_patterns("__pycache__"))
    for follow in RECIPES.values():
        follow(tree)
    (site / "articles" / "added").mkdir(parents=True)
    (site / "articles" / "added" / "index.md").write_text(ARTICLE)
    (site / "pyproject.toml").write_text('[tool.microscribe]\nmotto = "Look closer"\n')

    def run(*words: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(tree)}
        command = [sys.executable, *words]
        done = subprocess.run(command, env=environment, cwd=site, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("-m", "builder", "build")
    page = (site / "site" / "added" / "index.html").read_text()
    for piece in ("<mark>matters</mark>", "IT IS SAID", '<p class="motto">abba</p>', "<summary>More"):
        assert piece in page
    assert re.search(r"There are .*2.* of them", page)
    reference = run(
        "-c", "from builder import keys, syntax; print(keys.sections(), syntax.pieces(), syntax.commands())"
    )
    for piece in ("what the site lives by", "lay it aside", "microscribe wave", "This ==matters==."):
        assert piece in reference
    assert "what is counted" in run("-m", "builder", "figures", "letters")
    assert run("-m", "builder", "wave") == "o/\n"
    run("-m", "builder", "publish", "drawer", "--yes")
    assert (site / "drawer" / "added" / "index.html").is_file()
    assert "pinhole" in run("-m", "builder", "models", "show", "pinhole@none")
    assert run("-c", "from figures.methods import families; print(families.find('blots').second)") == "radius\n"
