"""Publishing: the site that was built, to a branch, a folder or a bucket, and never half of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from builder.errors import UsageError
from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest
from builder.publish import bucket, folder, github_pages, guard, headers, space
from builder.publish.failure import PublishError
from builder.publish.git import Git
from builder.publish.guard import Examined
from builder.publish.plan import Changes, Item, Prepared, made
from builder.reporter import Reporter
from builder.settings import PAGES_BRANCH, Settings

__all__ = ["TARGETS", "Options", "Publication", "PublishError", "options", "publish"]

_TABLE = "[tool.microscribe.publish]"


@frozen
class Options:
    """Where and how to publish; the fields are the keys of the table `[tool.microscribe.publish]`.

    `folder` is relative to the site; `space` is the owner and the name of a Space of Hugging Face; `keep` lists paths
    on the branch that stay, `allow` files that look as if they held secrets and do not, both by name or pattern.
    """

    target: str = ""
    remote: str = "origin"
    branch: str = PAGES_BRANCH
    message: str = ""
    folder: str = ""
    url: str = ""
    endpoint: str = ""
    space: str = ""
    keep: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()


@frozen
class Publication:
    """What was done or, where not `published`, what would be."""

    target: str
    where: str
    changes: Changes
    published: bool
    address: str = ""
    hint: str = ""


def options(settings: Settings, **given: Any) -> Options:
    """Read the table of settings; what is `given` and not empty goes before it, lists are joined.

    Raises UsageError where a key is unknown or a value of the wrong type.
    """
    table: Mapping[str, Any] = getattr(settings, "publish", {})
    known = {field.name: field.type for field in fields(Options)}
    for key, value in table.items():
        if key not in known:
            raise UsageError(f"no setting {key!r} in {_TABLE}{nearest(key, known)}")
        if known[key] == "str" and not isinstance(value, str):
            raise UsageError(f"{key!r} in {_TABLE} must be a string, not {value!r}")
        if known[key] != "str" and not (isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)):
            raise UsageError(f"{key!r} in {_TABLE} must be a list of strings, not {value!r}")
    lists = {key: _names(table.get(key, ()), given.get(key, ())) for key in ("keep", "allow")}
    return Options(**{**table, **{key: value for key, value in given.items() if value}, **lists})


def _names(*lists: Iterable[str]) -> tuple[str, ...]:
    names = (name.strip("/") for names in lists for name in names)
    return tuple(dict.fromkeys(filter(None, names)))


def publish(
    settings: Settings,
    target: str,
    reporter: Reporter,
    chosen: Options | None = None,
    *,
    dry_run: bool = False,
    agreed: Callable[[Prepared], bool] = lambda prepared: True,
) -> Publication:
    """Build without measuring, look for what must not be published, and send what changed.

    `agreed` is asked before anything is sent. Raises UsageError where the target cannot be followed,
    PublishError where the site may not be published or the target does not take it.
    """
    chosen = chosen or options(settings)
    target = target or chosen.target
    if target not in TARGETS:
        named = f" {target!r}{nearest(target, TARGETS)}" if target else ""
        raise UsageError(f"no target{named}; expected {', '.join(TARGETS)}")
    begin = TARGETS[target](settings, chosen)
    examined = guard.examine(settings, reporter, chosen.allow)
    for note in examined.notes:
        reporter.warn(note)
    prepared = begin(examined, dry_run)
    if published := bool(prepared.changes) and not dry_run and agreed(prepared):
        prepared.carry_out(reporter)
    address = settings.url or prepared.address
    return Publication(target, prepared.where, prepared.changes, published, address, prepared.hint)


Begin = Callable[[Examined, bool], Prepared]


def _github_pages(settings: Settings, chosen: Options) -> Begin:
    branch = github_pages.Branch(Git(settings.root), chosen.remote, chosen.branch, chosen.keep)
    github_pages.check(branch)
    return lambda examined, look: github_pages.prepare(branch, examined.items, look, chosen.message)


def _folder(settings: Settings, chosen: Options) -> Begin:
    path = _checked_folder(settings, chosen)
    return lambda examined, look: folder.prepare(path, examined.items)


def _netlify(settings: Settings, chosen: Options) -> Begin:
    path = _checked_folder(settings, chosen)
    hint = f"netlify deploy --prod --dir {path}"
    return lambda examined, look: folder.prepare(path, _with_rules(examined, force=True), hint)


def _cloudflare(settings: Settings, chosen: Options) -> Begin:
    path = _checked_folder(settings, chosen)
    hint = f"wrangler pages deploy {path}"
    return lambda examined, look: folder.prepare(path, _with_rules(examined, force=False), hint)


def _space(settings: Settings, chosen: Options) -> Begin:
    space.check(chosen.space)
    path = _checked_folder(settings, chosen)

    def begin(examined: Examined, look: bool) -> Prepared:
        others = (one for one in examined.items if one.name != space.README)
        items = (*others, made(space.README, space.readme(settings)))
        return folder.prepare(path, items, space.hint(chosen.space, path))

    return begin


def _bucket(settings: Settings, chosen: Options) -> Begin:
    if not chosen.url:
        raise UsageError(f"no bucket to publish to; give --url s3://bucket/prefix, or `url` in {_TABLE}")
    place = bucket.bucket(chosen.url, chosen.endpoint)
    bucket.check()
    return lambda examined, look: bucket.prepare(place, examined.items)


def _checked_folder(settings: Settings, chosen: Options) -> Path:
    if not chosen.folder:
        raise UsageError(f"no folder to publish to; give --folder, or `folder` in {_TABLE}")
    path = settings.root / Path(chosen.folder).expanduser()
    folder.check(path, settings)
    return path


def _with_rules(examined: Examined, force: bool) -> tuple[Item, ...]:
    """Add the files that tell a host how to serve the site."""
    names = [one.name for one in examined.items]
    made_up = {"_headers": headers.headers_file(names), "_redirects": headers.redirects_file(examined.aliases, force)}
    return (*examined.items, *(made(name, data) for name, data in made_up.items() if data and name not in names))


TARGETS: Mapping[str, Callable[[Settings, Options], Begin]] = {
    "github-pages": _github_pages,
    "folder": _folder,
    "s3": _bucket,
    "netlify": _netlify,
    "cloudflare": _cloudflare,
    "huggingface-space": _space,
}
