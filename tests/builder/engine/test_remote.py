"""A worker opens a site from what travelled to it, and gives its files the names they have for their author."""

from pathlib import Path

import pytest

from builder.engine import remote
from builder.engine.setup import Setup, packed
from builder.plan.catalogue import specs

OWN = "VALUE = 3\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site" / "figures").mkdir(parents=True)
    (tmp_path / "site" / "helper.py").write_text(OWN)
    (tmp_path / "site" / "figures" / "own.py").write_text(OWN)
    return tmp_path / "site"


@pytest.fixture
def setup(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Setup:
    """A setup whose code travels."""
    monkeypatch.setattr(remote.tempfile, "gettempdir", lambda: str(tmp_path / "there"))
    gallery = root / "figures"
    return Setup(specs.site(root, {}, {}), gallery, "cpu", "auto", code=packed(root, gallery))


def test_code_that_travelled_is_unpacked_as_it_was(setup: Setup) -> None:
    modules, scripts = remote._folders(setup)
    assert (modules / "helper.py").read_text() == (scripts / "own.py").read_text() == OWN
    assert remote._folders(setup) == (modules, scripts)


def test_code_that_stayed_is_read_where_it_lies(root: Path) -> None:
    assert remote._folders(Setup(None, root / "figures", "cpu", "auto")) == (None, root / "figures")


def test_files_are_named_as_their_author_knows_them(setup: Setup, root: Path) -> None:
    modules, scripts = remote._folders(setup)
    assert remote._named(setup, modules, scripts, str(scripts / "own.py")) == str(root / "figures" / "own.py")
    assert remote._named(setup, modules, scripts, str(modules / "helper.py")) == str(root / "helper.py")
    assert remote._named(setup, modules, scripts, "elsewhere.py") == "elsewhere.py"


def test_a_site_that_cannot_be_opened_is_an_outcome_and_no_end(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(setup: Setup):
        raise OSError("the disk is gone")

    monkeypatch.setattr(remote, "_opened", fail)
    assert b"a worker could not open the site: the disk is gone" in remote.measure(setup, b"")
