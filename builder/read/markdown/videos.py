"""Films: `:::{video} film.mp4` with `:poster:`, `:captions:` and, to run by itself without sound, `:loop:`."""

from __future__ import annotations

from builder.read import media
from builder.read.markdown.directives import Block
from builder.read.markdown.elements import FileUse, Video
from builder.read.markdown.explained import Explained
from builder.read.markdown.files import located
from builder.read.markdown.source import Source

EXPLAINED = Explained(
    title="Films",
    text="MP4, WebM or Ogg, with captions in WebVTT: one file, or one for each language. `:loop:` lets it run "
    "by itself, without sound.",
    example="""\
:::{video} film.mp4
:alt: A unit's picture grows out of noise.
:poster: plate.png
:captions: en film.vtt
:loop: true

The climb.
:::""",
    directives=("video",),
    alone=False,
)

FORMATS = (".mp4", ".m4v", ".webm", ".ogv")


def block(block: Block, source: Source, number: int | None, label: str | None) -> Video:
    """Read a film."""
    if not block.argument:
        source.problem(block.line, "video: no file; write ':::{video} film.mp4'")
    elif not block.argument.lower().endswith(FORMATS):
        source.problem(block.line, f"video {block.argument!r}: no browser plays it; expected {', '.join(FORMATS)}")
    if not block.options.get("alt"):
        source.problem(block.line, "video: no alternative text; add a line ':alt: what the film shows'")
    film = _file(block.argument, block, "argument", source, "video")
    if film.file.is_file() and not media.is_film(film.file):
        source.problem(block.line, f"video {block.argument!r} is no film: it does not begin as MP4, WebM or Ogg does")
    return Video(
        film=film,
        alt=block.options.get("alt", ""),
        place=source.place(block.line),
        poster=_file(block.options["poster"], block, "poster", source, "image") if "poster" in block.options else None,
        tracks=_tracks(block, source),
        loops=block.is_on("loop"),
        number=number,
        label=label,
        width=block.width,
        size=block.size,
        classes=block.classes,
    )


def _file(target: str, block: Block, option: str, source: Source, what: str) -> FileUse:
    line = block.lines.get(option, block.line)
    return FileUse(target, located(target, source, line, what) if target else source.folder, source.place(line))


def _tracks(block: Block, source: Source) -> tuple[tuple[FileUse, str], ...]:
    """Read `:captions: film.vtt` or `:captions: en film.en.vtt, de film.de.vtt`."""
    tracks = []
    for text in filter(None, map(str.strip, block.options.get("captions", "").split(","))):
        language, _, target = text.rpartition(" ")
        if not target.endswith(".vtt"):
            source.problem(block.lines["captions"], f"video: captions {target!r}; expected a WebVTT file, film.vtt")
        tracks.append((_file(target, block, "captions", source, "captions"), language.strip() or "en"))
    return tuple(tracks)
