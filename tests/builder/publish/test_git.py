"""Git's plumbing, and what git says in plain words."""

import os
from pathlib import Path

import pytest

from builder.publish.git import GitError, explain


@pytest.fixture(autouse=True)
def no_settings_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a name nor a signing key nor a default branch of the machine."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("fatal: unable to access 'https://h/x/': Could not resolve host: h", "no connection to origin"),
        ("ssh: Could not resolve hostname h: Name or service not known\nfatal: Could not read", "no connection to"),
        ("git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.", "these credentials"),
        ("fatal: could not read Username for 'https://h': terminal prompts disabled", "check your SSH key or access"),
        ("remote: Repository not found.\nfatal: repository 'https://h/x/' not found", "no git repository at origin"),
        ("fatal: something new", "git push: something new"),
    ],
)
def test_what_git_says_is_explained(said: str, told: str) -> None:
    assert told in str(explain(GitError(f"git push: {said.removeprefix('fatal: ')}", said), "origin"))
