"""An import in a folder of its own, on a site that knows one network and two figures."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from builder import importers
from builder.importers import Wishes


class Site:
    """What a site knows, without reading its figures."""

    figures = {"radial-tuning": ["units"], "combing": ["unit"], "shape-bias": []}

    def unit(self, name: str) -> str:
        return "" if name == "mixed3b:17" else f"no unit {name}"

    def has_figure(self, name: str) -> bool:
        return name in self.figures

    def needs(self, name: str) -> list[str]:
        return self.figures[name]

    def figure(self, name: str, options: dict, folder: Path) -> str:
        wrong = [key for key in options if key not in self.figures[name]]
        return ", ".join(wrong + [key for key in self.figures[name] if key not in options])


@dataclass
class Conversion:
    """What came of a text: `text` is the article with its head, `body` without."""

    new: importers.Imported
    remarks: list = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.new.text

    @property
    def body(self) -> str:
        return self.text.split("\n---\n", 1)[1].strip()

    @property
    def told(self) -> str:
        return "\n".join(f"{one.line}: {one.message}" for one in self.remarks)


@pytest.fixture
def convert(tmp_path: Path):
    """Convert a text; files beside it are given by name, with letters for what is no letter."""

    def run(text: str, name: str = "old.md", files: tuple[str, ...] = (), **wishes: object) -> Conversion:
        for one in files:
            (tmp_path / one).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / one).write_bytes(b"picture")
        source = tmp_path / name
        source.write_text(text, "utf-8")
        made = importers.converted(source, "old", Site(), ("old", "other"), Wishes(**wishes), tmp_path / "beside")
        return Conversion(*made)

    return run
