"""A static Space of Hugging Face."""

import shlex
from pathlib import Path

import pytest
import yaml

from builder.errors import UsageError
from builder.publish import space
from builder.settings import Settings


def test_its_head_says_that_it_is_static_whatever_the_title_holds(tmp_path: Path):
    text = space.readme(Settings(tmp_path, title='A: "b" # ü', description="About it.")).decode()
    _, head, words = text.split("---\n")
    known = {"title": 'A: "b" # ü', "sdk": "static", "app_file": "index.html", "pinned": False}
    assert yaml.safe_load(head) == known
    assert words.strip() == "About it."


def test_the_command_that_sends_it_is_one_that_a_shell_takes(tmp_path: Path):
    words = shlex.split(space.hint("ada/atlas", tmp_path / "a folder"))
    assert words[:5] == ["hf", "upload", "ada/atlas", str(tmp_path / "a folder"), "."]
    assert {"--repo-type=space", "--delete=*", "--exclude=.microscribe.json"} == set(words[5:])


def test_what_is_no_name_is_told():
    space.check("ada/atlas")
    with pytest.raises(UsageError, match="space 'atlas'; expected an owner and a name"):
        space.check("atlas")
