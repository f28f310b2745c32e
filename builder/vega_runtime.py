"""The Vega runtime of a site, written out from the installed vl-convert package."""

from __future__ import annotations

from functools import cache

# vl-convert resolves this address from the copy it carries; its bundler never goes to the network.
# Only named imports work: the module's default export is null.
_SNIPPET = (
    'import {{parse, View, Warn}} from "https://cdn.jsdelivr.net/npm/vega@{version}/+esm";'
    ' window.vega = {{parse, View, Warn, version: "{version}"}};'
)
# The bundle is a module with short top-level names; as a plain script they would become globals.
_WRAPPER = '(function(){"use strict";%s\n})();\n'


def runtime() -> bytes:
    """Bundle Vega's parser and view as a plain script that sets `window.vega`; takes about a second."""
    import vl_convert

    bundle = vl_convert.javascript_bundle(_SNIPPET.format(version=vl_convert.get_vega_version()))
    return (_WRAPPER % bundle).encode()


@cache
def version() -> str:
    """Name what the runtime depends on, the package and our part of the bundle, without loading vl-convert."""
    from hashlib import sha256
    from importlib.metadata import version as installed

    return f"vl-convert {installed('vl-convert-python')} {sha256((_SNIPPET + _WRAPPER).encode()).hexdigest()[:12]}"
