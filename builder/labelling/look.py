"""How the page looks on which people label: that of the site, with its fonts and its style sheets."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from pathlib import Path

from builder.engine.labelling import Meaning
from builder.frozen import frozen
from builder.plan.plan import House
from builder.press import fonts, furniture, page, policy, shared, styles

FOLDER = "labelling"
KEYS = "".join(sign for sign in string.digits[1:] + string.ascii_lowercase if sign not in "upz")
"""One key a label: figures, then the letters that do nothing else."""
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


@frozen
class Page:
    """What stands on the page; `known` are names to choose from, `missing` is what to write into the article.

    `pause` is after how many labels a pause is offered, 0 for never. Nothing here tells how a unit answers.
    """

    title: str
    meanings: Sequence[Meaning]
    annotator: str
    known: Sequence[str]
    pause: int
    file: str
    missing: str = ""

    @property
    def keys(self) -> Sequence[tuple[str, Meaning]]:
        """Give every label its key."""
        return list(zip(KEYS, self.meanings, strict=False))


def files(house: House, shown: Page) -> Mapping[str, tuple[bytes, str]]:
    """Return the page, under no name, and the files that it asks for: bytes and type by name."""
    folders = house.settings.template_folders
    env = page.environment(folders)
    html = env.get_template(f"{FOLDER}/page.html").render(page=shown, policy=policy.policy())
    faces = shared.fonts(house.store)
    rules = fonts.font_css({name: name for name in faces}) + furniture.rules_of(house)
    own = {f"{FOLDER}.{kind}": _source(folders, f"{FOLDER}/{FOLDER}.{kind}") for kind in ("css", "js")}
    ours = {name: _source(folders, f"static/{name}") for name in ("theme.js", "favicon.svg")}
    data = {**faces, **own, **ours, "style.css": styles.compact(rules).encode()}
    typed = {name: (content, TYPES[Path(name).suffix]) for name, content in data.items()}
    return {"": (html.encode(), "text/html; charset=utf-8"), **typed}


def _source(folders: Sequence[Path], name: str) -> bytes:
    """Read a file of the templates; a site's own stands in for ours of the same name."""
    return next(folder / name for folder in folders if (folder / name).is_file()).read_bytes()
