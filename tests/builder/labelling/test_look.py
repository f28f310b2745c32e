"""The page has a key for every label, and whatever it asks for is there."""

import re

import pytest

from builder.engine.labelling import Meaning
from builder.labelling import look
from builder.labelling.look import Page


@pytest.fixture
def shown(house):
    def files(*meanings: Meaning, **more):
        given = {"annotator": "", "known": ("ann",), "pause": 50, "file": "labels.csv"} | more
        return look.files(house, Page("A & B", meanings, **given))

    return files


def test_everything_that_the_page_names_is_served(shown):
    files = shown(Meaning("curve", "An <arc>.", (b"", b"")), Meaning("rest"))
    html = files[""][0].decode()
    named = set(re.findall(r'(?:src|href)="([^"#?]+)"', html)) | set(re.findall(r"[\w-]+\.woff2", html))
    assert named - {"example"} <= files.keys()
    assert set(re.findall(r'url\("([^"]+)"\)', files["style.css"][0].decode())) <= files.keys()
    assert "An &lt;arc&gt;." in html
    assert html.count("example?label=0") == 2
    assert "style=" not in html


def test_labels_have_keys_that_do_nothing_else(shown):
    html = shown(*(Meaning(f"label {number}") for number in range(12)))[""][0].decode()
    keys = re.findall(r'data-label="[^"]+" aria-keyshortcuts="(.)"', html)
    assert keys == list("123456789abc")
    assert not set("uzp") & set(look.KEYS)
    assert "What the labels mean" not in html


def test_the_page_says_what_the_article_lacks(shown):
    assert "must say <code>:labels: mine.csv</code>" in shown(Meaning("a"), missing=":labels: mine.csv")[""][0].decode()
    assert "must say" not in shown(Meaning("a"))[""][0].decode()
