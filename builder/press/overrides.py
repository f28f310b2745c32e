"""Templates of a site before those of the tool: whole files, or single macros of a file of macros."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import jinja2

from builder.errors import BuildError, Place, Problem

OURS = "microscribe/"
"""Before the name of a template: the tool's own, whatever the site has."""
_MACRO = re.compile(r"^{% macro (\w+)\(.*?{% endmacro %}\n?", re.MULTILINE | re.DOTALL)
_BESIDES = re.compile(r"{#.*?#}|{% import .*? %}", re.DOTALL)
"""What a file of macros may hold besides."""


class Layered(jinja2.BaseLoader):
    """Finds templates in the first folder that has them; the last folder is the tool's.

    A file of macros need only hold those that it changes: the others are added from the tool's file.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.site, self.ours = (jinja2.FileSystemLoader(some) for some in (folders[:-1], folders[-1:]))

    def get_source(self, environment: jinja2.Environment, name: str) -> tuple[str, str | None, Callable[[], bool]]:
        """Return a template's text, its file, and whether it is still the same."""
        if name.startswith(OURS):
            try:
                return self.ours.get_source(environment, name.removeprefix(OURS))
            except jinja2.TemplateNotFound as error:
                raise jinja2.TemplateNotFound(name) from error
        try:
            source, file, fresh = self.site.get_source(environment, name)
        except jinja2.TemplateNotFound:
            return self.ours.get_source(environment, name)
        return source + self._others(environment, name, source), file, fresh

    def _others(self, environment: jinja2.Environment, name: str, source: str) -> str:
        """Return what the tool's file of macros has besides the site's: last, so that the site's lines keep theirs."""
        try:
            ours = self.ours.get_source(environment, name)[0]
        except jinja2.TemplateNotFound:
            return ""
        if not _MACRO.search(ours) or _BESIDES.sub("", _MACRO.sub("", ours)).strip():
            return ""
        changed = {match[1] for match in _MACRO.finditer(source)}
        return "\n" + _MACRO.sub(lambda match: "" if match[1] in changed else match[0], ours)

    def list_templates(self) -> list[str]:
        """List the names of all templates."""
        return sorted({*self.site.list_templates(), *self.ours.list_templates()})


@contextmanager
def explained(root: Path, folder: Path) -> Iterator[None]:
    """Turn what a site's own templates do wrong into a problem with file and line; raises BuildError."""
    try:
        yield
    except Exception as error:
        found = _place(error, folder.resolve())
        if found is None:
            raise
        path, line = found
        place = Place(path.relative_to(root.resolve()) if path.is_relative_to(root.resolve()) else path, line)
        raise BuildError([Problem(place, _words(error))]) from error


def is_of(error: Exception, folder: Path) -> bool:
    """Tell whether an error comes from a site's own templates."""
    return _place(error, folder.resolve()) is not None


def _place(error: Exception, folder: Path) -> tuple[Path, int] | None:
    """Find the last line of a site's templates that an error went through."""
    frames = [
        (Path(frame.f_code.co_filename).resolve(), _line(frame, line))
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        frames.append((Path(error.filename).resolve(), error.lineno))
    return next((frame for frame in reversed(frames) if frame[0].is_relative_to(folder)), None)


def _line(frame: FrameType, line: int) -> int:
    """Give the line of the template where a frame still counts those of the code made from it."""
    template = frame.f_globals.get("__jinja_template__")
    return template.get_corresponding_lineno(line) if isinstance(template, jinja2.Template) else line


def _words(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"no template {error.name!r}"
    text = (error.message if isinstance(error, jinja2.TemplateError) else str(error)) or type(error).__name__
    return re.sub(r"'[\w.]+\.(\w+ object)'", r"'\1'", text)
