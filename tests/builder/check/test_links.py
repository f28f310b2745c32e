"""Links that lead nowhere, within the site and to other hosts."""

import http.server
import threading

import pytest

from builder import check, settings
from builder.reporter import Recorded


def write(root, slug: str, body: str, head: str = "description: D.\ndate: 2026-01-02\n") -> None:
    (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: {slug.title()}\n{head}---\n\n{body}\n")


def report(root, **options) -> check.Report:
    return check.run(settings.load(root), Recorded(), **options)


def said(found: check.Report) -> list[str]:
    return [str(one) for one in found.findings]


def test_links_that_lead_nowhere_are_found_at_their_line(root) -> None:
    write(root, "bad", "Go to [x](../other/index.html).\n\nOr [y](../good#no), [z](/root/).\n")
    write(root, "good", "## Here\n\nAnd [a](../good/index.html#hree).")
    lines = said(report(root))
    assert any(line.startswith("articles/bad.md:7: link '../other/index.html' leads to no file") for line in lines)
    assert any("articles/bad.md:9: link '../good#no' leads to a folder" in line for line in lines)
    assert any("articles/bad.md:9: link '/root/' begins at the root" in line for line in lines)
    assert any("id 'hree'; did you mean 'here'?" in line for line in lines)
    assert len(lines) == 4


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
