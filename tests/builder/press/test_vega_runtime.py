"""The chart runtime, bundled from the installed package."""

from __future__ import annotations

import gzip
from importlib.metadata import version

import pytest

from builder.press import vega_runtime


@pytest.mark.slow
def test_the_runtime_is_vega_alone_and_leaks_no_name():
    bundle = vega_runtime.runtime()
    assert len(gzip.compress(bundle, 9)) <= 205_000
    assert bundle.startswith(b'(function(){"use strict";')
    assert b"window.vega=" in bundle
    assert b"vegaEmbed" not in bundle
    assert version("vl-convert-python") in vega_runtime.version()
