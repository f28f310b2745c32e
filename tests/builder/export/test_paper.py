"""A page on paper."""

import stat
from pathlib import Path

import pytest

from builder import chromium
from builder.errors import BuildError, UsageError
from builder.export import paper

PRINTS = '#!/bin/sh\nfor word in "$@"; do case $word in --print-to-pdf=*) echo \'%PDF\' > "${word#*=}";; esac; done\n'


def program(folder: Path, text: str) -> None:
    path = folder / "chromium"
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(chromium, "PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_without_chromium_a_message_says_what_to_do(place: Path):
    with pytest.raises(UsageError, match="no Chromium on this machine"):
        paper.printed(b"<p>words</p>")


def test_what_the_browser_prints_is_returned(place: Path):
    program(place, PRINTS)
    assert paper.printed(b"<p>words</p>") == b"%PDF\n"


def test_what_the_browser_complains_of_is_told(place: Path):
    program(place, "#!/bin/sh\necho one >&2; echo no display >&2; exit 3\n")
    with pytest.raises(BuildError, match="the PDF could not be printed: no display"):
        paper.printed(b"<p>words</p>")


def test_over_its_sheets_stands_what_a_page_is_called():
    style = paper.heads("<head><title>\n A &quot;\\ &lt;/style>\n&amp; so on</title></head>")
    assert r'@top-left { content: "A \22 \5c  \3c /style> & so on";' in style
    assert paper.heads("<p>no head</p>") == ""
