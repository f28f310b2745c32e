"""What many pages show is published once."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from builder.engine.artifacts import FigureEntry, FigureRecord, ImagePart, KeptTable
from builder.output import Output
from builder.press.printing import Press, figures
from builder.press.views import SiteView

TABLE = KeptTable(("a",), ((1,),), 1, "csv", "json")
OBJECTS = {"csv": b"a\n1\n", "json": b"[]", "picture": b"a picture"}
PICTURE = ImagePart(name="picture", object="picture", media_type="image/webp", width=3, height=2, alt="A picture")


@pytest.fixture
def printing(root: Path, house) -> Press:
    entry = FigureEntry({"provenance": {}}, OBJECTS, FigureRecord("Words.", (PICTURE,), TABLE))
    output = Output(root / "out", root / "out.json")
    return Press(house, output, env=None, site=SiteView("Site"), entries={"key": entry})


def request(key: str = "key"):
    parts = {"sources": {}, "models": {}, "datasets": {}}
    given = {"parameters": {}, "options": {}, "paths": {}, "parts": parts}
    return SimpleNamespace(figure="probe", key=key, text=":::{probe}\n:::", random=(), **given)


def test_a_figure_is_published_once_under_each_name(printing: Press) -> None:
    first = printing.view(request(), "first-a")
    assert printing.view(request(), "first-a") is first
    assert set(first.assets) == set(OBJECTS)
    for key, address in first.assets.items():
        assert (printing.output.folder / address).read_bytes() == OBJECTS[key]
    second = printing.view(request(), "second-b")
    assert all("second-b" in name for name in second.assets.values()), "whatever other articles show"


def test_what_is_published_already_belongs_to_every_page_that_shows_it(printing: Press) -> None:
    shown = []
    for _ in range(2):
        with printing.output.noting() as names:
            printing.view(request(), "first-a")
        shown.append(names)
    assert shown[0] == shown[1] != set()


def test_a_figure_that_is_not_measured_has_no_view(printing: Press) -> None:
    assert printing.view(request("other"), "first-a") is None


def test_every_figure_of_an_article_has_a_page_of_its_own(printing: Press) -> None:
    front = SimpleNamespace(title="First", authors=(), date=None)
    article = SimpleNamespace(slug="first", hero=None, front=front, targets={}, name=Path("articles/first.md"))
    plan = SimpleNamespace(article=article, requests={"fig-a": request(), "fig-b": request("other")}, choices={})
    views = figures(printing, plan)
    assert views["fig-a"].page == "figures/first/a.html"
    assert views["fig-b"] is None
