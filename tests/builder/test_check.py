from builder import check, settings
from builder.reporter import Recorded


def write(root, slug: str, body: str, head: str = "description: D.\ndate: 2026-01-02\n") -> None:
    (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: {slug.title()}\n{head}---\n\n{body}\n")


def report(root, **options) -> check.Report:
    return check.run(settings.load(root), Recorded(), **options)


def said(found: check.Report) -> list[str]:
    return [str(one) for one in found.findings]


def test_a_good_site_has_no_findings(root) -> None:
    write(root, "good", "## One\n\nSee [two](#two) and [home](../index.html).\n\n## Two\n\nText.")
    found = report(root)
    assert said(found) == []
    assert not found.failed
