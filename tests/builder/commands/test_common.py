"""What every command shares: errors as messages and exit statuses, counts, columns."""

import errno
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from builder.commands.common import Group, count, plainly, table
from builder.errors import BuildError, Place, Problem, UsageError
from builder.store import StoreError

PROBLEM = Problem(Place(Path("a.md"), 3), "wrong")


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (UsageError("which remote?"), 2, "which remote?"),
        (BuildError([PROBLEM]), 1, "a.md:3: wrong"),
        (StoreError("the disk is full"), 1, "the disk is full"),
        (OSError(errno.EACCES, "Permission denied", "site/index.html"), 1, "site/index.html: Permission denied"),
        (KeyboardInterrupt(), 130, "what was measured is kept"),
    ],
)
def test_what_users_can_mend_is_a_message_with_its_status(error: BaseException, status: int, said: str) -> None:
    @click.command()
    @plainly
    def fail() -> None:
        raise error

    done = CliRunner().invoke(fail)
    assert done.exit_code == status
    assert said in done.output
    assert "Traceback" not in done.output


def test_a_mistake_of_ours_is_not_hidden() -> None:
    @click.command()
    @plainly
    def fail() -> None:
        raise KeyError("ours")

    assert isinstance(CliRunner().invoke(fail).exception, KeyError)


def test_a_misspelt_command_names_the_nearest() -> None:
    group = Group("tool")
    group.add_command(click.Command("build"))
    done = CliRunner().invoke(group, ["biuld"])
    assert done.exit_code == 2
    assert "no command 'biuld'; did you mean 'build'?" in done.output


@pytest.mark.parametrize(("number", "text"), [(0, "0 figures"), (1, "1 figure"), (2, "2 figures")])
def test_counts_have_their_nouns(number: int, text: str) -> None:
    assert count(number, "figure") == text


def test_columns_stand_under_each_other() -> None:
    rows = [("layer", "units", "also"), ("mixed3b", "480", "3b"), ("a", "7", "")]
    lines = list(table(rows))
    assert lines == ["layer    units  also", "mixed3b    480  3b", "a            7"]
    assert len({line.index(word) + len(word) for line, word in zip(lines, ("units", "480", "7"), strict=True)}) == 1
