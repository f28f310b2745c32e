"""The script of a figure is linked at its commit, where the site's repository has it."""

import pytest

from builder.press import sources
from builder.settings import Settings

GITHUB = "https://github.com/ada/atlas"
MADE = {"source": {"file": "figures/a b.py", "commit": "c0ffee"}}


@pytest.fixture
def root(tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a b.py").touch()
    return tmp_path


@pytest.mark.parametrize(("repository", "address"), [
    (GITHUB, f"{GITHUB}/blob/c0ffee/figures/a%20b.py"),
    (f"{GITHUB}.git", f"{GITHUB}/blob/c0ffee/figures/a%20b.py"),
    ("https://gitlab.com/ada/atlas/", "https://gitlab.com/ada/atlas/-/blob/c0ffee/figures/a%20b.py"),
    ("https://codeberg.org/ada/atlas", "https://codeberg.org/ada/atlas/src/commit/c0ffee/figures/a%20b.py"),
    ("https://git.example.org/atlas", ""),
    ("git@github.com:ada/atlas.git", ""),
    ("", ""),
])  # fmt: skip
def test_scripts_are_linked_as_the_host_of_the_repository_shows_them(root, repository, address) -> None:
    assert sources.address(Settings(root=root / "docs", repository=repository), MADE) == address


@pytest.mark.parametrize("made", [
    {"source": {"file": "figures/a b.py", "commit": ""}}, {"source": {"file": "figures/other.py", "commit": "c0ffee"}}, {},
])  # fmt: skip
def test_scripts_of_no_known_commit_and_of_elsewhere_are_not_linked(root, made) -> None:
    assert sources.address(Settings(root=root, repository=GITHUB), made) == ""
