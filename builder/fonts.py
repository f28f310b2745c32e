"""The site's fonts: subsets of installed font packages, and the style sheet that names them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

TEXT = "Source Serif Pro"
LABELS = "Source Sans Pro"

_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_COMMON = "\xa0©§°±²·×–—‘’“”†…→←↑↓−≈≠≤≥σ"
_LATIN = "".join(map(chr, range(0xA0, 0x100)))
_EUROPEAN = "ıŒœŠšŽžŸčćČĆğĞşŞłŁńňřěőűęąůĀāĒēĪīŌōŪū"
_PUNCTUATION = "‡•‹›€′″"
_MATHS = "αβγδεθλμπσφωΔΣΩ"
FIRST = frozenset(_ASCII + _COMMON)
"""What nearly every page is made of; what else there is lies in files that only the pages in need of it load."""
REST = frozenset(_LATIN + _EUROPEAN + _PUNCTUATION + _MATHS) - FIRST
CHARACTERS = "".join(sorted(FIRST | REST))
FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "onum", "lnum", "tnum", "pnum")
SMALL_CAPITALS = "smcp"


@dataclass(frozen=True)
class StandIn:
    """A system font in the metrics of one of ours: widths as a ratio, heights of ours in ems."""

    names: tuple[str, ...]
    scale: float
    ascent: float
    descent: float


# The scale is the ratio of mean advances in English text. A test measures all of this again. The second of each family
# is what a machine has that has nothing else, as fontconfig brings it.
STAND_INS = {
    TEXT: (
        StandIn(("Times New Roman", "Liberation Serif", "Tinos"), 1.116, 1.036, 0.335),
        StandIn(("DejaVu Serif",), 0.874, 1.036, 0.335),
    ),
    LABELS: (
        StandIn(("Arial", "Liberation Sans", "Arimo"), 0.931, 0.984, 0.273),
        StandIn(("DejaVu Sans",), 0.817, 0.984, 0.273),
    ),
}
CALLED = ("Stand-in", "Second Stand-in")
"""What the families of stand-ins are called, behind the name of what they stand in for."""


@dataclass(frozen=True)
class Face:
    """One face of the site, in two files, and the file of a package that it is cut from."""

    filename: str
    family: str
    package: str
    source: str
    weight: int = 400
    style: str = "normal"

    @property
    def files(self) -> dict[str, frozenset[str]]:
        """Name its files, and the characters of each."""
        return {self.filename: FIRST, self.filename.replace(".", "-more."): REST}

    @property
    def features(self) -> tuple[str, ...]:
        """Name its features: text is set in small capitals upright and light only."""
        plain = self.weight == 400 and self.style == "normal"
        return (*FEATURES, SMALL_CAPITALS) if plain else FEATURES


FACES = (
    Face("serif-regular.woff2", TEXT, "font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    Face("serif-italic.woff2", TEXT, "font_source_serif_pro", "SourceSerifPro-It.ttf", style="italic"),
    Face("serif-semibold.woff2", TEXT, "font_source_serif_pro", "SourceSerifPro-Semibold.ttf", weight=600),
    Face("sans-regular.woff2", LABELS, "font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    Face("sans-italic.woff2", LABELS, "font_source_sans_pro", "SourceSansPro-It.ttf", style="italic"),
    Face("sans-semibold.woff2", LABELS, "font_source_sans_pro", "SourceSansPro-Semibold.ttf", weight=600),
)


def version() -> str:
    """Name what the fonts depend on: the packages, this subset and the tool that cuts it."""
    from hashlib import sha256
    from importlib.metadata import version as installed

    packages = ("font-source-serif-pro", "font-source-sans-pro", "fonttools")
    parts = [CHARACTERS, *sorted(FIRST), *FEATURES, SMALL_CAPITALS, *map(repr, FACES)]
    subset = sha256("".join(parts).encode()).hexdigest()[:12]
    return " ".join([*(f"{name} {installed(name)}" for name in packages), subset])


def fonts() -> dict[str, bytes]:
    """Cut every face to the characters and features in use; WOFF2 by file name. Takes about four seconds."""
    return {name: _cut(face, characters) for face in FACES for name, characters in face.files.items()}


def font_css(urls: Mapping[str, str]) -> str:
    """Write the `@font-face` rules; `urls` gives each file's address relative to the style sheet.

    Each family gets stand-ins made of system fonts scaled to its widths and line height, so that
    nothing moves when the real one arrives.
    """
    return "".join([*(_rule(face, urls) for face in FACES), *map(_stand_in, STAND_INS)])


def _open(face: Face):
    from importlib.resources import files

    from fontTools.ttLib import TTFont

    data = (files(face.package) / "files" / face.source).read_bytes()
    return TTFont(io.BytesIO(data), recalcTimestamp=False)


def _cut(face: Face, characters: frozenset[str]) -> bytes:
    from fontTools.subset import Options, Subsetter

    font = _open(face)
    _rename(font, face)
    # Records 0 and 13 keep the copyright and the Open Font License with the file, as it asks.
    options = Options(layout_features=list(face.features), hinting=False, name_IDs=[0, 1, 2, 3, 4, 6, 13, 14])
    cutter = Subsetter(options)
    cutter.populate(text="".join(sorted(characters)))
    cutter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _rename(font, face: Face) -> None:
    """Give a modified font a name of its own: "Source" is reserved by its licence."""
    name = "Microscribe " + ("Serif" if face.family == TEXT else "Sans")
    for record in font["name"].names:
        if record.nameID in (1, 3, 4):
            record.string = name
        if record.nameID == 6:
            record.string = name.replace(" ", "")


def _rule(face: Face, urls: Mapping[str, str]) -> str:
    return "".join(
        f'@font-face{{font-family:"{face.family}";font-style:{face.style};font-weight:{face.weight};'
        f'font-display:swap;src:url("{urls[name]}") format("woff2");unicode-range:{_ranges(characters)}}}\n'
        for name, characters in face.files.items()
    )


def _ranges(characters: frozenset[str]) -> str:
    """Write a set of characters as CSS does: "U+20-7E,U+A0"."""
    codes = sorted(map(ord, characters))
    starts = [code for code in codes if code - 1 not in codes]
    ends = [code for code in codes if code + 1 not in codes]
    return ",".join(f"U+{a:X}" + (f"-{b:X}" if b > a else "") for a, b in zip(starts, ends, strict=True))


def _stand_in(family: str) -> str:
    named = zip(CALLED, STAND_INS[family], strict=True)
    return "".join(_rule_of_stand_in(f"{family} {called}", font) for called, font in named)


def _rule_of_stand_in(name: str, font: StandIn) -> str:
    sources = ",".join(f'local("{local}")' for local in font.names)
    return (
        f'@font-face{{font-family:"{name}";src:{sources};size-adjust:{font.scale:.1%};'
        f"ascent-override:{font.ascent / font.scale:.1%};descent-override:{font.descent / font.scale:.1%};"
        "line-gap-override:0%}\n"
    )
