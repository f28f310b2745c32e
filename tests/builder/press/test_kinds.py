"""A new kind of part needs its class, its macro and one entry in a table: nothing else knows the kinds."""

import importlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from builder import settings, site
from builder.engine import setup as engines
from builder.engine.artifacts import KeptPart
from builder.press import kinds, page
from builder.press.views import Frame
from builder.reporter import Recorded
from tests.builder.pages import FIGURE, HEAD, SITE, TEMPLATES, chart, set_article, sprite, view

SOUND = '''\
"""A kind of part that is no picture."""

from dataclasses import dataclass, field
from typing import ClassVar

from figures.kept import checks
from figures.kept.parts import KeptPart


@dataclass(frozen=True, kw_only=True)
class SoundPart(KeptPart, kind="sound"):
    """A sound, by digest."""

    object: str
    seconds: float
    words: str

    @property
    def pictures(self):
        return (("wav", self.object),)


@dataclass(frozen=True)
class Sound:
    """A sound to be heard."""

    data: bytes
    seconds: float
    words: str
    name: str = "sound"
    title: str = ""
    shown: dict = field(default_factory=dict)

    def problems(self):
        yield from checks.text("words", self.words)
        if not self.data.startswith(b"RIFF"):
            yield "data is no sound"

    def kept(self, keep):
        return SoundPart(name=self.name, object=keep(self.data), seconds=self.seconds, words=self.words)
'''
SCRIPT = '''\
"""How does it sound?"""

from figures.artifact import Artifact, Table
from figures.registry import figure
from sounds import Sound


@figure("noise")
def noise(*, start: str = "RIFF", seed: int = 0) -> Artifact:
    """Sound."""
    return Artifact("A noise.", (Sound(start.encode() + b"beep", 1.5, "Beep & on"),), Table(("a",), ((1,),)))
'''
MACROS = """\
{# A sound. #}
{% macro sound(part, view) %}
<audio controls src="{{ frame.to(view.assets[part.object]) }}" data-seconds="{{ part.seconds }}">{{ part.words }}</audio>
{% endmacro %}

{% macro hero(part) %}
<div class="hero">{{ part.seconds }} s</div>
{% endmacro %}
"""


@pytest.fixture
def sounds(root: Path, monkeypatch: pytest.MonkeyPatch):
    """A site of its own that knows sounds: a class, a template, an entry in the table."""
    monkeypatch.setattr(KeptPart, "kinds", dict(KeptPart.kinds))
    (root / "sounds.py").write_text(SOUND)
    (root / "templates" / "parts").mkdir(parents=True)
    (root / "templates" / "parts" / "sound.html").write_text(MACROS)
    (root / "figures" / "gallery" / "zz_noise.py").write_text(SCRIPT)
    monkeypatch.syspath_prepend(root)
    module = importlib.import_module("sounds")
    monkeypatch.setitem(kinds.MACROS, module.SoundPart, kinds.Macros("sound", "sound", hero="hero"))
    yield root
    engines.forget_figures()
    sys.modules.pop("sounds", None)


def build(root: Path) -> site.Result:
    return site.build(settings.load(root), Recorded(), site.Options(device="cpu"))


def test_a_new_kind_of_part_is_shown_offered_and_kept(sounds: Path) -> None:
    (sounds / "articles" / "loud.md").write_text("---\ntitle: Loud\nhero: noise\n---\n\n:::{noise}\n\nListen.\n:::\n")
    assert build(sounds).problems == ()
    html = (sounds / "site" / "loud" / "index.html").read_text()
    address = re.search(r'<audio controls src="\.\./(assets/loud-noise-sound\.\w+\.wav)" data-seconds="1.5">', html)[1]
    assert "Beep &amp; on</audio>" in html
    assert f'<a href="../{address}" download>WAV</a>' in html
    assert (sounds / "site" / address).read_bytes() == b"RIFFbeep"
    assert '<div class="hero">1.5 s</div>' in html
    assert '<div class="hero">1.5 s</div>' in (sounds / "site" / "index.html").read_text()
    assert "<audio" in (sounds / "site" / "figures" / "loud" / "noise.html").read_text()
    assert "Enlarge" not in html
    assert 'data-runtime="' not in html
    again = build(sounds)
    assert (again.measured, again.changed) == (0, ())


@pytest.mark.slow
def test_a_new_kind_of_part_is_checked_by_its_own_account(sounds: Path) -> None:
    (sounds / "articles" / "loud.md").write_text("---\ntitle: Loud\n---\n\n:::{noise}\n:start: MP3\n:::\n")
    (problem,) = build(sounds).problems
    assert str(problem).startswith("articles/loud.md:5: noise: part 1 ('sound'): data is no sound")


def test_a_kind_that_is_not_entered_is_named(env, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KeptPart, "kinds", dict(KeptPart.kinds))

    @dataclass(frozen=True, kw_only=True)
    class SmellPart(KeptPart, kind="smell"):
        pass

    with pytest.raises(LookupError, match="'smell'; enter SmellPart in builder.press.kinds.MACROS"):
        set_article(env, tmp_path, HEAD + FIGURE, figures={"fig-one": view(SmellPart(name="s"))})


def test_every_kind_has_its_macros() -> None:
    env = page.environment([TEMPLATES])
    assert set(kinds.MACROS) == set(KeptPart.kinds.values())
    for macros in kinds.MACROS.values():
        text = (TEMPLATES / "parts" / f"{macros.file}.html").read_text()
        for name in (macros.part, macros.hero, macros.icon):
            assert not name or f"{{% macro {name}(" in text
    assert {"drawn", "styles"} <= set(env.globals)


def test_a_title_block_takes_the_first_part_that_it_can_show(env, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds.MACROS, type(chart()), kinds.Macros("figure", "chart"))
    both = view(chart(), sprite())
    template = env.get_template("parts/figure.html").make_module({"frame": Frame(SITE, "index.html"), "units": {}})
    assert "hero-strip" in str(template.hero(both, both.svg))
    assert str(template.hero(view(chart()), {})).strip() == ""
