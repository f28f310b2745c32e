"""The preview, from the command line: what it is told is handed on, and what it cannot be told is said."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.commands.serve import serve
from builder.serve import preview


def test_it_serves_the_site_as_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\n")
    told = {}
    monkeypatch.setattr(preview, "run", lambda settings, reporter, **options: told.update(options, root=settings.root))
    done = CliRunner().invoke(serve, ["--site", str(tmp_path), "--port", "9000", "--open", "--device", "cpu"])
    assert done.exit_code == 0, done.output
    assert told == {"root": tmp_path, "port": 9000, "open_browser": True, "device": "cpu"}


@pytest.mark.parametrize("port", ["0", "65536", "here"])
def test_a_port_is_a_number_that_ports_have(tmp_path: Path, port: str) -> None:
    done = CliRunner().invoke(serve, ["--site", str(tmp_path), "--port", port])
    assert done.exit_code == 2
    assert "--port" in done.output
