"""How heavy pages are, and what makes them so."""

from PIL import Image

from builder import check, settings
from builder.check.pages import Page
from builder.check.weight import parts
from builder.reporter import Recorded


def write(root, slug: str, body: str, head: str = "description: D.\ndate: 2026-01-02\n") -> None:
    (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: {slug.title()}\n{head}---\n\n{body}\n")


def report(root, **options) -> check.Report:
    return check.run(settings.load(root), Recorded(), **options)


def said(found: check.Report) -> list[str]:
    return [str(one) for one in found.findings]


def test_a_page_over_its_budget_names_the_heaviest_part(root) -> None:
    Image.effect_noise((300, 300), 90).save(root / "articles" / "noise.png")
    write(root, "art", "![Noise.](noise.png){#fig-noise}\n\nA caption.")
    text = (root / "pyproject.toml").read_text()
    (root / "pyproject.toml").write_text(text + "budget_kb = 60\n")
    heavy = [line for line in said(report(root)) if "weighs" in line and line.startswith("art/")]
    (root / "pyproject.toml").write_text(text)
    assert len(heavy) == 1
    assert "noise" in heavy[0]
    assert said(report(root)) == []


def test_what_a_page_shows_is_what_weighs() -> None:
    page = Page(
        "a/index.html", '<img src="../x.png"><a href="../big.pdf">b</a><img src="data:,"><div data-spec="s.js">'
    )
    assert parts(page) == ["x.png", "a/s.js"]
