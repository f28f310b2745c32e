"""What the templates are given."""

from __future__ import annotations

import pytest

from builder.views import Frame
from tests.builder.pages import SITE


@pytest.mark.parametrize(("path", "root"), [("index.html", ""), ("a/index.html", "../"), ("units/g/x.html", "../../")])
def test_frames_lead_back_to_the_root(path, root):
    frame = Frame(SITE, path)
    assert frame.to("assets/a.css") == f"{root}assets/a.css"
    assert frame.to("https://example.org/x") == "https://example.org/x"
