"""Pages on a slow machine: `python -m pytest -m browser -p tests.slowly`.

Chromium's pages get a fraction of the processor. A test that fails here and passes otherwise waits for a time, and
not for what it wants to see: it would fail one day on a machine that is busy.
"""

from __future__ import annotations

import os

RATE = float(os.environ.get("SLOWLY", "8"))
"""How many times slower a page is."""


def pytest_configure() -> None:
    """Slow down every page that a test opens."""
    try:
        from playwright.sync_api import BrowserContext
    except ImportError:
        return
    opened = BrowserContext.new_page

    def new_page(context: BrowserContext):
        page = opened(context)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": RATE})
        return page

    BrowserContext.new_page = new_page
