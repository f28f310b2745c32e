"""What a figure returns is kept where it can be shown; else it is a problem at its directive, and nothing is kept."""

import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from builder import settings, site
from builder.commands.figure import figure
from builder.engine import artifacts
from builder.engine import engine as engines
from builder.engine.setup import forget_figures
from builder.errors import Place
from builder.plan import plan
from builder.plan.request import Asked
from builder.reporter import Recorded
from builder.store import FIGURE
from builder.store.records import seal

PICTURES = '''\
"""What is in a picture?"""

import io

from PIL import Image as Picture

from figures.artifact import Artifact, Chart, Control, Image, Sprite, Table, Tile
from figures.registry import figure


def jpeg(side):
    buffer = io.BytesIO()
    Picture.new("RGB", (side, side), "teal").save(buffer, "JPEG")
    return buffer.getvalue()


@figure("photo")
def photo(*, side: int = 200) -> Artifact:
    """Show a square."""
    image = Image(jpeg(side), "image/jpeg", side, side, "A square.", name="square")
    return Artifact("A square.", (image,), Table(("side",), ((side,),)))


@figure("tiles")
def tiles(*, side: int = 200) -> Artifact:
    """Show four squares."""
    sheet = Image(jpeg(2 * side), "image/jpeg", 2 * side, 2 * side, "Squares.", name="sheet")
    return Artifact("Squares.", (Sprite(sheet, (Tile("a"),) * 4, side, 2),), Table((), ()))


TABLE = Table(("a",), ((1,),))
SQUARE = Image(jpeg(8), "image/jpeg", 8, 8, "A square.")
WRONG = {
    "nothing": lambda: Artifact("A.", (), TABLE),
    "type": lambda: Artifact("A.", (Image(jpeg(8), "image/png", 8, 8, "A."),), TABLE),
    "empty": lambda: Artifact("A.", (Image(b"", "image/png", 8, 8, "A."),), TABLE),
    "columns": lambda: Artifact("A.", (Sprite(SQUARE, (Tile("a"),), 8, 0),), TABLE),
    "text": lambda: Artifact("\\ud800", (SQUARE,), TABLE),
    "notes": lambda: Artifact("A.", (SQUARE,), TABLE, {}, "abc"),
    "rows": lambda: Artifact("A.", (SQUARE,), Table(("a",), ((1, 2),))),
    "spec": lambda: Artifact("A.", (Chart({"a": {1}}, "<svg ></svg>", 8, 8),), TABLE),
}


@figure("wrong")
def wrong(*, how: str) -> Artifact:
    """Return what cannot be shown."""
    return WRONG[how]()
'''
SAID = {
    "nothing": "no parts; expected at least one chart, image or sprite",
    "type": "part 1 ('image'): media_type is 'image/png', but the bytes are those of image/jpeg",
    "empty": "part 1 ('image'): data has no bytes",
    "columns": "part 1 ('sprite'): columns is 0; expected a whole number from 1",
    "text": "alt cannot be encoded: '\\ud800' at 0 is half of a character",
    "notes": "notes is 'abc'; expected a sequence of texts",
    "rows": "table: row 1: 2 cells; expected 1, one for each column",
    "spec": "part 1 ('chart'): spec is no JSON: a set is neither a number nor text",
}


@pytest.fixture
def pictures(root: Path):
    (root / "figures" / "gallery" / "zz_pictures.py").write_text(PICTURES)
    forget_figures()
    yield root
    forget_figures()


def write(root: Path, slug: str, head: str, *directives: str) -> None:
    text = "\n\n".join(f":::{{{one}}}\n\nCaption.\n:::" for one in directives)
    (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: {slug}\n{head}---\n\n{text}\n")


def build(root: Path) -> site.Result:
    return site.build(settings.load(root), Recorded(), site.Options(device="cpu"))


def kept(root: Path) -> list[Path]:
    return sorted((root / ".microscribe" / "records" / FIGURE).rglob("*.json"))


@pytest.mark.slow
def test_what_cannot_be_shown_is_a_problem_at_its_directive_and_not_kept(pictures: Path) -> None:
    lines = ["---", "title: Bad", "---", ""]
    places = {}
    for how in SAID:
        places[how] = len(lines) + 1
        lines += [":::{wrong}", f":how: {how}", ":::", ""]
    (pictures / "articles" / "bad.md").write_text("\n".join(lines))
    write(pictures, "good", "", "photo")
    result = build(pictures)
    told = [str(problem) for problem in result.problems]
    for how, message in SAID.items():
        starts = f"articles/bad.md:{places[how]}: wrong: {message}"
        assert any(line.startswith(starts) for line in told), (starts, told)
    assert len(told) == len(SAID)
    assert len(kept(pictures)) == 1
    assert (pictures / "site" / "good" / "index.html").is_file()


@pytest.mark.slow
def test_photographs_go_all_the_way(pictures: Path, tmp_path: Path) -> None:
    text = (pictures / "pyproject.toml").read_text()
    (pictures / "pyproject.toml").write_text(text + 'url = "https://example.org/"\n')
    write(pictures, "first", "hero: photo\n", "photo")
    write(pictures, "second", "hero: tiles\n", "tiles")
    assert build(pictures).problems == ()
    for slug, name in (("first", "first-photo-square"), ("second", "second-tiles-sprite")):
        html = (pictures / "site" / slug / "index.html").read_text()
        address = re.search(rf'src="\.\./(assets/{name}\.\w+\.jpg)"', html)[1]
        assert f'<a href="../{address}" download>JPG</a>' in html
        assert Image.open(pictures / "site" / address).format == "JPEG"
        card = re.search(r'property="og:image" content="https://example.org/(assets/[\w-]+\.\w+\.png)"', html)[1]
        with Image.open(pictures / "site" / card) as picture:
            assert sum(n for n, (r, g, b) in picture.getcolors(1 << 20) if r < 10 and abs(g - 128) < 10) > 10_000
    small = next((pictures / "site" / "assets").glob("second-tiles-small.*.webp"))
    assert Image.open(small).size == (256, 256)
    asked = ["run", "photo", "--site", str(pictures), "--device", "cpu", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(figure, asked)
    assert done.exit_code == 0, done.output
    assert Image.open(io.BytesIO((tmp_path / "out" / "square.jpg").read_bytes())).format == "JPEG"


@pytest.fixture
def request_of(pictures: Path):
    """A request for a photograph, and what is needed to resolve it."""
    house = plan.open_house(settings.load(pictures), Recorded())
    asked = Asked("photo", {}, {}, Place(Path("articles/a.md"), 7), pictures)
    request, _ = house.binder.bind(asked, {"seed": 0})
    return house, request


@pytest.mark.parametrize("spoil", [
    lambda meta: meta["artifact"].pop("version"), lambda meta: meta["artifact"].update(version=1),
    lambda meta: meta["artifact"].update(version=999), lambda meta: meta.pop("artifact"),
    lambda meta: meta.update(artifact="x"), lambda meta: meta["artifact"]["parts"][0].update(kind="hologram"),
])  # fmt: skip
def test_a_record_of_another_version_counts_as_absent_and_is_made_anew(request_of, spoil) -> None:
    house, request = request_of
    engine = site.open_engine(house, Recorded(), "cpu")
    first = engine.resolve([request]).entries[request.key]
    meta = json.loads(json.dumps(first.meta))
    spoil(meta)
    house.store.adopt(FIGURE, request.key, seal(FIGURE, request.key, meta, first.objects), {})
    assert house.store.get(FIGURE, request.key) is not None
    assert artifacts.find(house.store, request.key) is None
    offline = engine.resolve([request], offline=True)
    assert [problem.message for problem in offline.problems] == [f"photo {engines.ABSENT}"]
    again = engine.resolve([request])
    assert again.measured == 1
    assert again.entries[request.key].record == first.record


def test_what_is_found_is_typed(request_of) -> None:
    house, request = request_of
    entry = site.open_engine(house, Recorded(), "cpu").resolve([request]).entries[request.key]
    (part,) = entry.record.parts
    assert isinstance(part, artifacts.ImagePart)
    assert entry.read(part.object)[:3] == b"\xff\xd8\xff"
    assert entry.provenance["figure"] == "photo"
    assert set(entry.meta["artifact"]) == {"version", "alt", "parts", "table", "values", "notes", "controls"}
