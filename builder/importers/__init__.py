"""Articles of other systems, made articles of this one: `microscribe import`."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import field, replace
from pathlib import Path

from builder.errors import UsageError
from builder.frozen import frozen
from builder.importers import decoding, heads, links, references, writing
from builder.importers.dialects import recognized
from builder.importers.draft import Draft, Remark
from builder.importers.files import Files
from builder.importers.work import Site, Work
from builder.importers.writing import INDEX, Imported
from builder.plan.plan import open_house
from builder.read import article as articles
from builder.read import slugs
from builder.read.finding import candidates
from builder.reporter import Recorded
from builder.settings import Settings

SUFFIXES = (".md", ".mdx", ".markdown", ".rmd", ".qmd", ".html")
NEVER = frozenset({"readme", "license", "changelog", "contributing", "_index"})


@frozen
class Outcome:
    """What became of one source: `state` is "wrote", "unchanged" or "kept" (it was edited since)."""

    source: Path
    article: Path
    state: str
    dialect: str
    remarks: tuple[Remark, ...] = ()
    files: tuple[Path, ...] = field(default=())


@frozen
class Wishes:
    """What the author asked for: a network, works instead of footnotes, edited articles overwritten."""

    model: str = ""
    cites: bool = False
    force: bool = False


def run(path: Path, settings: Settings, wishes: Wishes) -> list[Outcome]:
    """Import a file, or every article of a folder; raises UsageError where there is none, or two of one slug."""
    sources = {source: _slug(source) for source in _sources(path)}
    if not sources:
        raise UsageError(f"{path}: no article; expected files that end in {', '.join(SUFFIXES)}")
    for source, slug in sources.items():
        others = [one for one, name in sources.items() if name == slug and one != source]
        if wrong := slugs.wrong(slug) or (f"{others[0]} has the same slug {slug!r}" if others else ""):
            raise UsageError(f"{source}: {wrong}")
    site = Site(open_house(settings, Recorded(), offline=True), wishes.model or settings.model, bool(wishes.model))
    known = {*sources.values(), *_known(settings)}
    return [_one(source, slug, settings, site, known, wishes) for source, slug in sources.items()]


def _sources(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    files = (file for file in sorted(path.rglob("*")) if file.suffix.lower() in SUFFIXES and file.is_file())
    return [file for file in files if file.stem.lower() not in NEVER and not _is_hidden(file.relative_to(path))]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "node_modules" for part in path.parts)


def _slug(source: Path) -> str:
    """Give the slug that the head names, else that of the file."""
    head, _ = heads.split(decoding.decoded(source.read_bytes())[0])
    named = head.values.get("slug")
    return links.slug_of(f"{named}.md") if isinstance(named, str) and named else links.slug_of(str(source.resolve()))


def _known(settings: Settings) -> Iterator[str]:
    if settings.articles_folder.is_dir():
        for path in candidates(settings.articles_folder):
            yield path.parent.name if path.stem == "index" else path.stem


def _one(source: Path, slug: str, settings: Settings, site: Site, known: Collection[str], wishes: Wishes) -> Outcome:
    folder = settings.articles_folder / slug
    if folder.with_suffix(".md").exists():
        raise UsageError(f"there is an article {slug!r} already: {folder.with_suffix('.md')}")
    new, remarks = converted(source, slug, site, known, wishes, beside=folder)
    path = folder / INDEX
    if path.exists() and not wishes.force:
        there = path.read_text("utf-8", errors="replace")
        if there != new.text and writing.is_edited(there):
            return Outcome(source, path, "kept", new.dialect)
    files = tuple(writing.write(folder, new))
    return Outcome(source, path, "wrote" if files else "unchanged", new.dialect, tuple(remarks), files)


def converted(
    source: Path, slug: str, site: Site, known: Collection[str], wishes: Wishes, beside: Path
) -> tuple[Imported, list[Remark]]:
    """Convert a source; `beside` is the folder where the article may stand already."""
    text, remarks = decoding.decoded(source.read_bytes())
    old, body = heads.split(text)
    dialect = recognized(source, old, body)
    work = Work(Draft.of(body, old.before + 1), Files(source), site, old, wishes.cites)
    original = dict(old.values)
    for step in dialect.steps:
        step(work)
    links.others(work, known)
    head = _head(work, source, wishes)
    name, works = references.bibliography(work, _there(beside, head, wishes))
    if name:
        head["bibliography"] = name
    new = Imported(slug, dialect.name, "", "", {name: works} if name else {}, dict(work.files.taken))
    head, new = _settled(work, head, new, original, known)
    remarks += [*work.draft.remarks, *old.remarks]
    return replace(new, report=writing.report(Path(source.name), dialect.name, remarks)), sorted(set(remarks))


def _there(beside: Path, head: dict[str, object], wishes: Wishes) -> str:
    """Read the bibliography that the article has already: an author may have completed it."""
    path = beside / str(head.get("bibliography") or references.FILE)
    return path.read_text("utf-8", errors="replace") if path.is_file() and not wishes.force else ""


def _head(work: Work, source: Path, wishes: Wishes) -> dict[str, object]:
    head = heads.converted(work.head, work.files)
    if not head.get("title"):
        head = {"title": _title(source), **head}
        work.head.remarks.append(Remark(1, f"no title: {head['title']!r} is made of the file's name"))
    return head | ({"model": wishes.model} if wishes.model else {})


def _title(source: Path) -> str:
    return links.slug_of(str(source.resolve())).replace("-", " ").capitalize()


def _settled(
    work: Work, head: dict[str, object], new: Imported, original: dict[str, object], known: Collection[str]
) -> tuple[dict[str, object], Imported]:
    """Read the article as the site will, take off links that lead nowhere, and tell what is still wrong."""
    read = _read(work, head, new, original, known)
    links.within(work, {*read.targets, *read.ids})
    text = _text(work, head, new, original)
    new = replace(new, text=text)
    first = text.count("\n", 0, text.index("\n---\n", 3) + 5) + 1
    for problem in _read(work, head, new, original, known).problems:
        line = problem.place.line - first - 1
        starts = [0, *(at + 1 for at, sign in enumerate(work.draft.text) if sign == "\n")]
        position = starts[min(max(line, 0), len(starts) - 1)]
        origin = work.draft.line(position) if problem.place.path.name == INDEX and line >= 0 else 1
        work.draft.remarks.append(Remark(origin, problem.message))
    return head, new


def _text(work: Work, head: dict[str, object], new: Imported, original: dict[str, object]) -> str:
    return writing.article(head, work.draft.text, work.files.source, new.dialect, original)


def _read(
    work: Work, head: dict[str, object], new: Imported, original: dict[str, object], known: Collection[str]
) -> articles.Article:
    """Read the article in a folder of its own, between those that it may link to."""
    with tempfile.TemporaryDirectory(prefix="microscribe-") as place:
        root = Path(place).resolve()
        for slug in known:
            (root / slug).mkdir(exist_ok=True)
            (root / slug / INDEX).touch()
        folder = root / new.slug
        folder.mkdir(exist_ok=True)
        for name, file in new.copies.items():
            shutil.copyfile(file, folder / name)
        for name, works in new.bibliography.items():
            (folder / name).write_text(works, "utf-8")
        (folder / INDEX).write_text(_text(work, head, new, original), "utf-8")
        return articles.attempted(folder / INDEX, root)
