from builder import check, settings, site
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


def test_a_check_after_a_build_of_drafts_finds_their_pages_amiss_nowhere_and_leaves_all_as_it_is(root) -> None:
    write(root, "good", "Text.")
    write(root, "later", "Text.", "description: D.\ndate: 2026-01-02\ndraft: true\n")
    site.build(settings.load(root), Recorded(), site.Options(drafts=True))
    before = {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*")}
    assert (root / "site" / "later" / "index.html") in before
    found = report(root)
    assert said(found) == []
    assert found.pages == 3
    assert {path: path.stat().st_mtime_ns for path in (root / "site").rglob("*")} == before
    assert not list((root / ".microscribe").glob(".check-*"))
