"""The chart runtime of a site: Vega, written out from the installed vl-convert package, and our interpreter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from builder.settings import own_templates

# vl-convert resolves these addresses from the copies it carries; its bundler never goes to the network.
# Only named imports work: the modules' default exports are null.
_ADDRESS = "https://cdn.jsdelivr.net/npm/{name}@{version}/+esm"

# Vega is a core and families of transforms. These are what a Vega-Lite chart can compile to; word clouds, trees,
# forces, labels and cross-filters it cannot name, and they are a tenth of the whole. The packages' versions are
# those that vega's own manifest asks for; of a Vega that is not listed, the whole is taken.
_CORE = ("vega-dataflow", "vega-parser", "vega-view")
_TRANSFORMS = ("vega-transforms", "vega-view-transforms", "vega-encode", "vega-geo", "vega-regression", "vega-voronoi")
_PACKAGES = {
    "6.2.0": {
        "vega-dataflow": "6.1.0", "vega-parser": "7.1.0", "vega-view": "6.1.0", "vega-transforms": "5.1.0",
        "vega-view-transforms": "5.1.0", "vega-encode": "5.1.0", "vega-geo": "5.1.0", "vega-regression": "2.1.0",
        "vega-voronoi": "5.1.0",
    },
}  # fmt: skip
_EXPORT = 'window.vega = {{parse, View, version: "{version}"}};'
# The bundle is a module with short top-level names; as a plain script they would become globals.
_WRAPPER = '(function(){"use strict";%s\n})();\n'


def runtime() -> bytes:
    """Bundle what draws live charts as a plain script; takes about a second.

    It sets `window.vega` (parse, View, version) and `window.microscribe.expressions`.
    """
    import vl_convert

    bundle = vl_convert.javascript_bundle(_snippet(vl_convert.get_vega_version()))
    return (_WRAPPER % bundle).encode() + _interpreter()


@cache
def version() -> str:
    """Name what the runtime depends on, the package and our part, without loading vl-convert."""
    from importlib.metadata import version as installed

    return f"vl-convert {installed('vl-convert-python')} {part()}"


@cache
def part() -> str:
    """Name our part of the runtime: what is bundled, and the interpreter."""
    from hashlib import sha256

    ours = "".join(map(_snippet, (*_PACKAGES, ""))) + _WRAPPER
    return sha256(ours.encode() + _interpreter()).hexdigest()[:12]


def _snippet(version: str) -> str:
    """Say what to bundle of a version of Vega."""
    lines = _parts(_PACKAGES[version]) if version in _PACKAGES else [_import("{parse, View}", "vega", version)]
    return " ".join([*lines, _EXPORT.format(version=version)])


def _parts(versions: dict[str, str]) -> Iterator[str]:
    """Import the core, and put into its table of transforms what it does not have by itself."""
    for name, what in zip(_CORE, ("{transforms}", "{parse}", "{View}"), strict=True):
        yield _import(what, name, versions[name])
    for i, name in enumerate(_TRANSFORMS):
        yield _import(f"* as transforms{i}", name, versions[name])
    yield f"Object.assign(transforms, {', '.join(f'transforms{i}' for i in range(len(_TRANSFORMS)))});"


def _import(what: str, name: str, version: str) -> str:
    return f'import {what} from "{_ADDRESS.format(name=name, version=version)}";'


def _interpreter() -> bytes:
    """Read our interpreter of Vega's expressions, which lies among the templates."""
    return (own_templates() / "static" / "expressions.js").read_bytes()
