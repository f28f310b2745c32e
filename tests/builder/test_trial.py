"""A site built on trial leaves the one that stands as it is."""

from __future__ import annotations

from pathlib import Path

from builder.output import Output
from builder.trial import Trial


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_differs_lies_elsewhere_and_what_does_not_is_brought_there(tmp_path: Path) -> None:
    folder, manifest = tmp_path / "site", tmp_path / "output.json"
    before = Output(folder, manifest)
    for name in ("index.html", "same/index.html", "draft/index.html"):
        before.write(name, "1")
    before.prune(set())
    (folder / "CNAME").write_text("example.org")
    stood = held(tmp_path)
    trial = Trial(folder, manifest, scratch=tmp_path / "scratch")
    for name, text in {"index.html": "2", "same/index.html": "1", "new/index.html": "2"}.items():
        trial.write(name, text)
    assert trial.place("index.html").read_bytes() == b"2"
    trial.prune(set())
    assert {name: data for name, data in held(tmp_path).items() if not name.startswith("scratch/")} == stood
    assert held(tmp_path / "scratch") == {
        "index.html": b"2",
        "same/index.html": b"1",
        "new/index.html": b"2",
        "CNAME": b"example.org",
    }
