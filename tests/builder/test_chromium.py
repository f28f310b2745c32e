"""The Chromium of this machine is found by its names, or where it lies."""

import os
import stat

from builder import chromium


def test_the_first_name_on_the_path_is_taken_then_a_place(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(chromium, "PLACES", (tmp_path / "Browser",))
    assert chromium.program() is None
    (tmp_path / "Browser").touch()
    assert chromium.program() == str(tmp_path / "Browser")
    (tmp_path / "bin").mkdir()
    for name in ("google-chrome", "chromium"):
        path = tmp_path / "bin" / name
        path.write_text("#!/bin/sh\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        assert chromium.program() == str(path)


def test_only_the_administrators_has_no_sandbox(monkeypatch) -> None:
    for who, told in ((0, True), (1000, False)):
        monkeypatch.setattr(os, "geteuid", lambda who=who: who, raising=False)
        assert ("--no-sandbox" in chromium.flags()) == told
