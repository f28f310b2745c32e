"""The site's fonts: subsets of installed font packages, and the style sheet that names them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

from builder import packages
from builder.engine import processes
from builder.frozen import frozen

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._n_a_m_e import table__n_a_m_e as NameTable

TEXT = "Source Serif Pro"
LABELS = "Source Sans Pro"
MATHS = "STIX Two Math"

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
_LETTERS = [*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C), *range(0x391, 0x3AA), *range(0x3B1, 0x3CA), 0x210E]
_SIGNS = (
    "¬±·×÷ϑϕϖϰϱϵ…′″‖†‡∀∂∃∅∆∇∈∉∋∏∐∑−∓∖∗∘∙√∝∞∠∣∤∥∦∧∨∩∪∫∬∭∮∴∵∼≁≃≄≅≇≈≉≔≕≜≝≠≡≢≤≥≦≧≨≩≪≫≮≯≰≱≲≳≺≻≼≽"
    "⊂⊃⊄⊅⊆⊇⊈⊉⊊⊋⊎⊏⊐⊓⊔⊕⊖⊗⊘⊙⊢⊣⊤⊥⊨⊩⊲⊳⋀⋁⋂⋃⋄⋅⋆⋈⋮⋯⋰⋱←↑→↓↔↕↖↗↘↙↛↠↢↣↦↩↪↼↽⇀⇁⇋⇌⇐⇑⇒⇓⇔⌈⌉⌊⌋⎴⎵⏜⏝⏞⏟⏠⏡⟦⟧⟨⟩⟵⟶⟷⟸⟹⟺⟼⨀⨁⨂⨄⨆⩽⩾⪯⪰"
    "ˆˇ˘˙˚˜¯¨´`\u0302\u0303\u0304\u0305\u0307\u20d7‾ℏℓ℘ℑℜℵ\u2061\u2062\u2063\u200b"
)
OF_FORMULAS = frozenset(_ASCII + "\xa0°" + "".join(map(chr, _LETTERS)) + _SIGNS)
"""Signs that stretch lie in one file with the letters around them: browsers look for their pieces in that one only."""
_BOLD = [*range(0x1D400, 0x1D434), *range(0x1D468, 0x1D4D0), *range(0x1D538, 0x1D56C), *range(0x1D6A8, 0x1D6E2)]
_BOLD += [*range(0x1D71C, 0x1D756), *range(0x1D7CE, 0x1D7E2)]
OF_BOLD_FORMULAS = frozenset("".join(map(chr, _BOLD)) + "ℂℍℕℙℚℝℤℬℰℱℋℐℒℳℛ")
"""Bold, script and double-struck letters."""
OF_RARE_FORMULAS = frozenset(map(chr, range(0x1D4D0, 0x1D800))) - OF_FORMULAS - OF_BOLD_FORMULAS
FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "onum", "lnum", "tnum", "pnum")
"""Small capitals are none of them: what browsers need for abbreviations would be a third of a face, for a few words."""
NAMES = (0, 1, 2, 3, 4, 6, 13, 14)
"""Records of names that stay; 0 and 13 keep the copyright and the Open Font License with the file, as it asks."""
ENGLISH = 0x409
QUALITY = 10
TOOLS = ("fonttools", "uharfbuzz")
"""What cuts the fonts."""


@frozen
class StandIn:
    """A system font in the metrics of one of ours: widths as a ratio, heights of ours in ems."""

    names: tuple[str, ...]
    scale: float
    ascent: float
    descent: float


# The scale is the ratio of mean advances in English text. A test measures all of this again. The second of each family
# is what a machine has that has nothing else, as fontconfig brings it, the third what Android has.
STAND_INS = {
    TEXT: (
        StandIn(("Times New Roman", "Liberation Serif", "Tinos"), 1.116, 1.036, 0.335),
        StandIn(("DejaVu Serif",), 0.874, 1.036, 0.335),
        StandIn(("Noto Serif",), 0.934, 1.036, 0.335),
    ),
    LABELS: (
        StandIn(("Arial", "Liberation Sans", "Arimo"), 0.931, 0.984, 0.273),
        StandIn(("DejaVu Sans",), 0.817, 0.984, 0.273),
        StandIn(("Roboto",), 0.933, 0.984, 0.273),
    ),
}
CALLED = ("Stand-in", "Second Stand-in", "Third Stand-in")
"""What the families of stand-ins are called, behind the name of what they stand in for."""


ENDINGS = ("", "-more", "-rare")


@frozen
class Face:
    """One face of the site, in two files or three, and the file of a package that it is cut from."""

    filename: str
    family: str
    package: str
    source: str
    weight: int = 400
    style: str = "normal"
    folder: str = "files"
    features: tuple[str, ...] = FEATURES
    sets: tuple[frozenset[str], ...] = field(default=(FIRST, REST), repr=False)

    @property
    def files(self) -> dict[str, frozenset[str]]:
        """Name its files, and the characters of each."""
        names = (self.filename.replace(".", f"{ending}.") for ending in ENDINGS)
        return dict(zip(names, self.sets, strict=False))


FACES = (
    Face("serif-regular.woff2", TEXT, "font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    Face("serif-italic.woff2", TEXT, "font_source_serif_pro", "SourceSerifPro-It.ttf", style="italic"),
    Face("serif-semibold.woff2", TEXT, "font_source_serif_pro", "SourceSerifPro-Semibold.ttf", weight=600),
    Face("sans-regular.woff2", LABELS, "font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    Face("sans-italic.woff2", LABELS, "font_source_sans_pro", "SourceSansPro-It.ttf", style="italic"),
    Face("sans-semibold.woff2", LABELS, "font_source_sans_pro", "SourceSansPro-Semibold.ttf", weight=600),
)
FORMULAS = Face(
    "maths.woff2", MATHS, "ziamath", "STIXTwoMath-Regular.ttf",
    folder="fonts", features=(), sets=(OF_FORMULAS, OF_BOLD_FORMULAS, OF_RARE_FORMULAS),
)  # fmt: skip
"""The face of formulas: sites without any need none."""


def version() -> str:
    """Name what the fonts depend on: the packages, this subset and the tool that cuts it."""
    parts = [CHARACTERS, *sorted(FIRST), *FEATURES, *map(repr, FACES), str(QUALITY)]
    return _version(("font-source-serif-pro", "font-source-sans-pro", *TOOLS), parts)


def version_of_formulas() -> str:
    """Name what the font of formulas depends on."""
    parts = [*(sign for signs in FORMULAS.sets for sign in sorted(signs)), repr(FORMULAS), "arrows", str(QUALITY)]
    return _version(("ziamath", *TOOLS), parts)


def _version(names: Iterable[str], parts: Iterable[str]) -> str:
    from hashlib import sha256
    from importlib.metadata import version as installed

    subset = sha256("".join(parts).encode()).hexdigest()[:12]
    return " ".join([*(f"{name} {installed(name)}" for name in names), subset])


def fonts() -> dict[str, bytes]:
    """Cut every face to the characters and features in use; WOFF2 by file name. Takes a second."""
    return _all(FACES)


def of_formulas() -> dict[str, bytes]:
    """Cut the face of formulas; WOFF2 by file name. Takes a second."""
    return _all([FORMULAS])


def _all(faces: Iterable[Face]) -> dict[str, bytes]:
    import uharfbuzz  # noqa: F401, so that every copy of this process has it
    from fontTools import ttLib  # noqa: F401

    jobs = {name: (face, characters) for face in faces for name, characters in face.files.items()}
    return dict(zip(jobs, processes.each(_cut, jobs.values()), strict=True))


def font_css(urls: Mapping[str, str]) -> str:
    """Write the `@font-face` rules; `urls` gives each file's address relative to the style sheet.

    Each family gets stand-ins made of system fonts scaled to its widths and line height, so that
    nothing moves when the real one arrives. The face of formulas has a rule where it has addresses.
    """
    faces = [face for face in (*FACES, FORMULAS) if face.filename in urls]
    return "".join([*(_rule(face, urls) for face in faces), *map(_stand_in, STAND_INS)])


def _cut(job: tuple[Face, frozenset[str]]) -> bytes:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(_subset(*job)), recalcTimestamp=False)
    _mend_arrows(font)
    _rename(font["name"], job[0])
    return _compressed(font)


def _compressed(font: TTFont) -> bytes:
    """Write WOFF2. The highest quality, which fontTools asks for, saves half a hundredth more in twice the time."""
    from fontTools.ttLib import woff2

    brotli, out = woff2.brotli, io.BytesIO()
    woff2.brotli = SimpleNamespace(MODE_FONT=brotli.MODE_FONT, compress=partial(brotli.compress, quality=QUALITY))
    try:
        font.flavor = "woff2"
        font.save(out)
    finally:
        woff2.brotli = brotli
    return out.getvalue()


def _subset(face: Face, characters: Iterable[str]) -> bytes:
    """Leave what some characters need; HarfBuzz takes a thousandth of a second, fontTools a third of one."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    for kept, those in (
        (wanted.unicode_set, map(ord, characters)),
        (wanted.layout_feature_tag_set, (int.from_bytes(tag.encode()) for tag in face.features)),
        (wanted.name_id_set, NAMES),
        (wanted.name_lang_id_set, [ENGLISH]),
    ):
        kept.clear()
        kept.update(those)
    # Found, not imported: one of the packages is a program besides.
    whole = uharfbuzz.Face((packages.folder(face.package) / face.folder / face.source).read_bytes())
    data: bytes = uharfbuzz.subset(whole, wanted).blob.data
    return data


def _mend_arrows(font: TTFont) -> None:
    """Let the heads of arrows join their shafts: STIX Two Math 2.0 gives some the overlap on the wrong side.

    Browsers then leave the arrow short, however wide what stands over it.
    """
    if "MATH" not in font:
        return
    for construction in font["MATH"].table.MathVariants.HorizGlyphConstruction or ():
        parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else ()
        if parts and parts[-1].StartConnectorLength == 0 < parts[-1].EndConnectorLength:
            head = parts[-1]
            head.StartConnectorLength, head.EndConnectorLength = head.EndConnectorLength, 0


def _rename(names: NameTable, face: Face) -> None:
    """Give a modified font a name of its own: "Source" is reserved by its licence."""
    name = "Microscribe " + {TEXT: "Serif", LABELS: "Sans", MATHS: "Maths"}[face.family]
    names.names = [one for one in names.names if one.nameID in NAMES and one.isUnicode() and one.langID == ENGLISH]
    for record in names.names:
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
