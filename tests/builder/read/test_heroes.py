"""What stands in a title block: a figure by its label, or a picture file, said in whatever way."""

import re
from pathlib import Path

import pytest
from PIL import Image

from builder import settings, site
from builder.engine.setup import forget_figures
from builder.read import article
from builder.read.heroes import Hero
from builder.reporter import Recorded

PLATE = ":::{image} plate.png\n:name: plate\n:alt: A plate.\n:::\n"
PROBE = ":::{probe}\n:name: numbers\n:units: mixed3b:1\n:log: LOG\n:::\n"


@pytest.fixture
def written(root: Path):
    """Write an article with a figure and a picture, and a hero; return its file."""
    folder = root / "articles" / "first"
    folder.mkdir()
    Image.new("RGB", (300, 100), "teal").save(folder / "plate.png")
    Image.new("RGB", (300, 100), "red").save(folder / "other.JPG", "JPEG")
    (folder / "drawn.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>')
    (folder / "cut.png").write_bytes((folder / "plate.png").read_bytes()[:60])
    (folder / "talk.mp4").write_bytes(b"film")
    (root / "pyproject.toml").write_text("[tool.microscribe]\ntitle = 'Trial'\nurl = 'https://example.org/'\n")

    def write(hero: str) -> Path:
        text = PLATE + "\n" + PROBE.replace("LOG", str(root / "log.txt"))
        (folder / "index.md").write_text(f"---\ntitle: First\nhero: {hero}\n---\n\n{text}")
        return folder / "index.md"

    yield write
    forget_figures()


def read(path: Path) -> article.Article:
    return article.read(path, path.parents[2])


@pytest.mark.parametrize("hero", ["numbers", "fig-numbers"])
def test_a_label_names_a_figure_with_and_without_its_prefix(written, hero: str) -> None:
    found = read(written(hero))
    assert found.problems == ()
    assert found.hero == Hero("fig-numbers")


@pytest.mark.parametrize("hero", ["plate.png", "plate", "fig-plate", "./plate.png", "../first/plate.png"])
def test_a_picture_is_named_by_its_file_and_by_its_label(written, hero: str) -> None:
    path = written(hero)
    found = read(path)
    assert found.problems == ()
    assert found.hero.label == ""
    assert found.hero.file.resolve() == path.parent / "plate.png"


@pytest.mark.parametrize(("hero", "message"), [
    ("number", "no figure 'fig-number' in this article; did you mean 'fig-numbers'?"),
    ("fig-plates", "no figure 'fig-plates' in this article; did you mean 'fig-plate'?"),
    ("plat.png", "no file 'plat.png' beside the article; did you mean 'plate.png'?"),
    ("talk.mp4", "'talk.mp4' is no picture; expected a file that ends in .avif, .gif, "),
    ("../../pyproject.toml", "'../../pyproject.toml' is no picture"),
    ("../../../../../etc/x.png", "file '../../../../../etc/x.png' is not a file to publish"),
    ("https://example.org/a.png", "file 'https://example.org/a.png' lies on another host"),
])  # fmt: skip
def test_what_is_not_there_is_told_at_its_line(written, hero: str, message: str) -> None:
    (problem,) = read(written(hero)).problems
    assert str(problem).startswith(f"articles/first/index.md:3: front matter: hero: {message}")


@pytest.mark.parametrize(("hero", "file"), [
    ("plate.png", "plate"), ("fig-plate", "plate"), ("other.JPG", "other"), ("drawn.svg", "drawn"), ("cut.png", "cut"),
])  # fmt: skip
def test_a_picture_stands_in_the_title_block_and_the_list(root: Path, written, hero: str, file: str) -> None:
    written(hero)
    assert site.build(settings.load(root), Recorded(), site.Options(device="cpu")).problems == ()
    for name, up in (("first/index.html", "../"), ("index.html", "")):
        html = (root / "site" / name).read_text()
        shown = re.search(r'<div class="hero hero-image[^"]*" aria-hidden="true"><img src="([^"]+)" alt=""', html)[1]
        assert re.fullmatch(rf"{re.escape(up)}assets/{file}\.\w+\.\w+", shown)
        assert (root / "site" / shown.removeprefix("../")).is_file()
    assert 'property="og:image"' in (root / "site" / "first" / "index.html").read_text()


@pytest.mark.parametrize("hero", ["numbers", "fig-numbers"])
def test_a_figure_stands_in_the_title_block_and_the_list(root: Path, written, hero: str) -> None:
    written(hero)
    assert site.build(settings.load(root), Recorded(), site.Options(device="cpu")).problems == ()
    for name in ("first/index.html", "index.html"):
        assert re.search(r'class="hero hero-image[^>]*><img src="[./]*assets/', (root / "site" / name).read_text())


def test_the_card_for_other_sites_shows_the_picture(root: Path, written) -> None:
    written("plate.png")
    site.build(settings.load(root), Recorded(), site.Options(device="cpu"))
    html = (root / "site" / "first" / "index.html").read_text()
    address = re.search(r'property="og:image" content="https://example.org/(assets/[^"]+)"', html)[1]
    with Image.open(root / "site" / address) as card:
        assert sum(count for count, colour in card.getcolors(1 << 20) if colour == (0, 128, 128)) > 10_000
