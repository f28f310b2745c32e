"""What the templates are given."""

from __future__ import annotations

import re

import pytest

from builder.press.views import Frame, UnitView
from tests.builder.pages import SITE


@pytest.mark.parametrize(("path", "root"), [("index.html", ""), ("a/index.html", "../"), ("units/g/x.html", "../../")])
def test_frames_lead_back_to_the_root(path, root):
    frame = Frame(SITE, path)
    assert frame.to("assets/a.css") == f"{root}assets/a.css"
    assert frame.to("https://example.org/x") == "https://example.org/x"


def test_an_id_is_of_letters_digits_lines_and_hyphens_wherever_a_layer_lies():
    inside = UnitView("efficientnet-lite0", "block7.depthwise:391", "units/a.html")
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", inside.id)
