import http.server
import json
import threading

import pytest
from click.testing import CliRunner
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


def test_a_good_site_has_no_findings(root) -> None:
    write(root, "good", "## One\n\nSee [two](#two) and [home](../index.html).\n\n## Two\n\nText.")
    found = report(root)
    assert said(found) == []
    assert not found.failed


def test_links_that_lead_nowhere_are_found_at_their_line(root) -> None:
    write(root, "bad", "Go to [x](../other/index.html).\n\nOr [y](../good#no), [z](/root/).\n")
    write(root, "good", "## Here\n\nAnd [a](../good/index.html#hree).")
    lines = said(report(root))
    assert any(line.startswith("articles/bad.md:7: link '../other/index.html' leads to no file") for line in lines)
    assert any("articles/bad.md:9: link '../good#no' leads to a folder" in line for line in lines)
    assert any("articles/bad.md:9: link '/root/' begins at the root" in line for line in lines)
    assert any("id 'hree'; did you mean 'here'?" in line for line in lines)
    assert len(lines) == 4


def test_pictures_need_words_and_no_more_pixels_than_are_shown(root) -> None:
    Image.new("RGB", (4000, 10)).save(root / "articles" / "wide.png")
    write(root, "art", "![](wide.png)")
    lines = said(report(root))
    assert any("articles/art.md:7: picture 'wide.png' has no alternative text" in line for line in lines)
    assert any("warning: picture 'wide.png' is 4000 x 10 px" in line for line in lines)


def test_a_missing_figure_and_an_unused_label_are_found(root) -> None:
    log = root / "log"
    write(root, "art", f":::{{probe}}\n:name: lonely\n:units: mixed3b:1\n:log: {log}\n\nWords.\n:::\n")
    found = report(root)
    assert found.failed
    assert any("probe is not in the store" in line for line in said(found))
    assert any("articles/art.md:8: warning: label 'fig-lonely' is never referred to" in line for line in said(found))
    write(
        root, "art", f":::{{probe}}\n:name: lonely\n:units: mixed3b:1\n:log: {log}\n\nWords.\n:::\n\nSee @fig-lonely."
    )
    assert not [line for line in said(report(root)) if "label" in line]


def test_an_article_without_date_and_description_gets_a_warning(root) -> None:
    write(root, "art", "Text.", head="")
    found = report(root)
    assert len(found.findings) == 2
    assert not found.failed


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


@pytest.fixture
def host():
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            codes = {"/good": 200, "/shy": 403}
            self.send_response(codes.get(self.path, 404))
            self.end_headers()

        do_GET = do_HEAD

        def log_message(self, *_) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_other_hosts_are_asked_only_when_wished(root, host) -> None:
    write(root, "art", f"[a]({host}/good), [b]({host}/gone), [c]({host}/shy)")
    assert said(report(root)) == []
    found = report(root, beyond=True)
    assert [one.warning for one in found.findings] == [False, True]
    assert "the host answers 404" in said(found)[0]


def test_the_command_prints_json_and_fails_where_something_is_wrong(root) -> None:
    from builder.cli import main

    write(root, "art", "[x](nowhere.html)")
    done = CliRunner().invoke(main, ["check", "--site", str(root), "--json"])
    assert done.exit_code == 1
    record = json.loads(done.stdout)
    assert record["findings"][0] | {"message": ""} == {
        "file": "articles/art.md", "line": 7, "kind": "link", "severity": "error", "message": "",
    }  # fmt: skip
    write(root, "art", "Text.")
    done = CliRunner().invoke(main, ["check", "--site", str(root)])
    assert done.exit_code == 0
    assert "0 errors, 0 warnings" in done.stdout
