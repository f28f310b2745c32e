"""Every piece of the dialect and every command is explained, with an example that builds."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from builder import cli, settings, syntax
from builder.plan import plan
from builder.read import article as articles
from builder.read.markdown import document
from builder.read.markdown.directives import OPTIONS, PLAIN, SYNONYMS
from builder.read.markdown.explained import Explained
from builder.read.markdown.roles import ROLES
from builder.reporter import Recorded
from tests.builder.read.markdown.conftest import Plain, draw  # noqa: F401 - a fixture

MARKDOWN = Path(document.__file__).parent
EXPLAINED = list(syntax.explained())
TEXT = syntax.pieces() + syntax.commands()


def test_every_module_that_explains_itself_is_in_the_reference() -> None:
    modules = {path.stem for path in MARKDOWN.glob("*.py") if "EXPLAINED = " in path.read_text("utf-8")}
    assert set(syntax.PIECES) == modules


def test_every_rule_that_an_author_meets_explains_itself() -> None:
    within = {"beginnings", "directives", "lines", "fences", "elsewhere", "latex", "tex"}
    """What other pieces are made of, and what only tells of mistakes or of ways to write them that come from elsewhere."""
    assert {rule.__name__.rpartition(".")[2] for rule in document.RULES} - within <= set(syntax.PIECES)


def test_every_directive_with_every_option_and_every_role_is_told_once() -> None:
    directives = [name for one in EXPLAINED for name in one.directives]
    assert sorted(directives) == sorted(PLAIN)
    assert set(OPTIONS) == {option for options in PLAIN.values() for option in options}
    assert sorted(name for one in EXPLAINED for name in one.roles) == sorted(ROLES)
    for name in (*PLAIN, *SYNONYMS, *OPTIONS):
        assert f"`{name}`" in TEXT
    for one in EXPLAINED:
        assert all(f"{{{role}}}`" in one.example for role in one.roles), one.title


@pytest.fixture
def house(tmp_path: Path) -> plan.House:
    return plan.open_house(settings.Settings(tmp_path), Recorded(), offline=True)


@pytest.mark.parametrize("piece", EXPLAINED, ids=lambda piece: piece.title)
def test_every_example_is_read_and_drawn_without_a_word(
    draw,  # noqa: F811
    house: plan.House,
    tmp_path: Path,
    piece: Explained,
) -> None:
    assert piece.example in TEXT
    draw(piece.example)
    article = articles.read(tmp_path / "articles" / "case" / "index.md", tmp_path)
    assert list(map(str, plan.plan_article(house, article).problems)) == []
    assert document.render(article, Plain()).html


def test_examples_that_stand_alone_can_stand_together(draw, house: plan.House, tmp_path: Path) -> None:  # noqa: F811
    draw("\n\n".join(one.example for one in EXPLAINED if one.alone))
    article = articles.read(tmp_path / "articles" / "case" / "index.md", tmp_path)
    assert plan.plan_article(house, article).problems == ()


def commands(name: str, command: click.Command):
    yield name, command
    for inner, one in getattr(command, "commands", {}).items():
        yield from commands(f"{name} {inner}", one)


@pytest.mark.parametrize(("name", "command"), [pair for one in cli.COMMANDS for pair in commands(one.name, one)])
def test_every_command_is_told_with_its_options(name: str, command: click.Command) -> None:
    (section,) = re.findall(rf"^## `microscribe {name}(?: [^a-z`][^`]*)?`\n(.*?)(?=^##|\Z)", TEXT, re.M | re.S)
    assert section.strip()
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert f"| `{', '.join(option.opts)}" in section
