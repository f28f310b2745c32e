"""How hosts are to serve each file."""

import pytest

from builder.press import policy
from builder.publish import headers


def test_rules_for_hosts() -> None:
    names = ["assets/a.0123456789ab.css", "index.html", "pictures/p.0123456789abcdef.webp"]
    assert headers.headers_file(names).decode() == (
        f"/*\n  X-Content-Type-Options: nosniff\n  Content-Security-Policy: {policy.POLICY}\n"
        "/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
        "/pictures/p.0123456789abcdef.webp\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
    assert b"/assets/*" not in headers.headers_file([*names, "assets/plain.css"])
    assert b"/assets/a.0123456789ab.css" in headers.headers_file([*names, "assets/plain.css"])
    aliases = {"/old/": "/new/", "2020/post.html": "/new/"}
    assert headers.redirects_file(aliases, force=True).decode() == (
        "/old /new/ 301!\n/old/ /new/ 301!\n/2020/post.html /new/ 301!\n"
    )
    assert b"301!" not in headers.redirects_file(aliases, force=False)


@pytest.mark.parametrize(
    ("name", "kind", "forever"),
    [
        ("index.html", "text/html; charset=utf-8", False),
        ("assets/a.0123456789ab.js", "text/javascript; charset=utf-8", True),
        ("assets/a.0123456789ab.woff2", "font/woff2", True),
        ("assets/a.0123456789ab.avif", "image/avif", True),
        ("assets/a.js", "text/javascript; charset=utf-8", False),
        ("x.0123456789ab.html", "text/html; charset=utf-8", False),
        ("feed.xml", "application/xml", False),
        ("CNAME", "application/octet-stream", False),
    ],
)
def test_how_files_are_served(name: str, kind: str, forever: bool) -> None:
    assert headers.content_type(name) == kind
    assert headers.immutable(name) is forever
    assert headers.cache_control(name) == (headers.FOREVER if forever else "no-cache")
