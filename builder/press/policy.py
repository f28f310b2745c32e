"""The Content-Security-Policy that every page keeps: it stands in the page, and hosts that can send it do so too."""

from __future__ import annotations

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""Nothing of it is ignored where a page states it itself, as `frame-ancestors` would be."""


def policy(*, searched: bool = False) -> str:
    """Return the policy; a site with search also lets WebAssembly run, which is no `unsafe-eval`."""
    return POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'") if searched else POLICY
