"""What stops a publication: problems, figures that are missing, drafts, secrets."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path, PurePosixPath

from builder import check, gathering, site
from builder.check import Finding
from builder.frozen import frozen
from builder.publish.failure import PublishError
from builder.publish.plan import Item, item
from builder.read.article import Article
from builder.reporter import Reporter
from builder.settings import Settings

NAMES = (
    ".env", ".env.*", ".netrc", ".npmrc", ".pypirc", ".htpasswd", ".git-credentials", "credentials", "id_rsa",
    "id_dsa", "id_ecdsa", "id_ed25519", "*.pem", "*.key", "*.p12", "*.pfx", "*.kdbx", "*.keystore",
)  # fmt: skip

# Each pattern begins with fixed letters: that is what makes the search fast.
PATTERNS: Mapping[str, re.Pattern[bytes]] = {
    "a private key": re.compile(rb"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    "an AWS access key": re.compile(rb"A(?:KIA|SIA)[0-9A-Z]{16}(?![0-9A-Za-z+/=])"),
    "an AWS secret key": re.compile(rb"(?i)aws_?secret_?(?:access_?)?key[^0-9a-z\n]{1,20}[0-9a-z/+]{40}(?![0-9a-z/+])"),
    "a GitHub token": re.compile(rb"gh[pousr]_[0-9A-Za-z]{36}"),
    "a GitHub token (fine-grained)": re.compile(rb"github_pat_[0-9A-Za-z_]{60}"),
    "a GitLab token": re.compile(rb"glpat-[0-9A-Za-z_-]{20}"),
    "a Hugging Face token": re.compile(rb"hf_[A-Za-z]{34}(?![0-9A-Za-z])"),
    "a Slack token": re.compile(rb"xox[abeoprs]-[0-9A-Za-z-]{20}"),
    "a Google key": re.compile(rb"AIza[0-9A-Za-z_-]{35}"),
    "an npm token": re.compile(rb"npm_[0-9A-Za-z]{36}(?![0-9A-Za-z])"),
    "a PyPI token": re.compile(rb"pypi-AgE[0-9A-Za-z_-]{50}"),
    "a Stripe key": re.compile(rb"[rs]k_live_[0-9A-Za-z]{20}"),
    "an API key": re.compile(rb"sk-(?:ant|proj|or)-[0-9A-Za-z_-]{20}"),
    "an address with a password": re.compile(rb"https?://[^\s/:@\"'<>]{1,64}:[^\s/:@\"'<>]{3,64}@[0-9A-Za-z]"),
}
_TAG = re.compile(rb"<[^<>]*>")
_SHOWN = 5


@frozen
class Examined:
    """A site that may be published: its files, old addresses to new ones, and what the author should know."""

    items: tuple[Item, ...]
    aliases: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def examine(settings: Settings, reporter: Reporter, allow: Sequence[str] = ()) -> Examined:
    """Build the site without measuring and look through it.

    `allow` names files, by patterns, that look as if they held secrets and do not. Raises PublishError
    with everything that is wrong.
    """
    site.build(settings, reporter, site.Options(offline=True))
    report = check.run(settings, reporter)
    if report.failed:
        raise PublishError(_refusal(report.findings))
    articles = list(gathering.discover(settings))
    drafts = [one for one in articles if one.front.draft]
    if not report.articles:
        raise PublishError(f"nothing to publish: {'all articles are drafts' if drafts else 'there are no articles'}")
    items, strays, secrets = _files(settings, allow)
    if secrets:
        raise PublishError("\n".join(["nothing was published, for these would be given away:", *secrets]))
    _no_draft_page(items, drafts)
    return Examined(tuple(items), _aliases(articles), tuple(_notes(drafts, strays, settings)))


def _refusal(findings: Sequence[Finding]) -> str:
    errors = [f"  {finding}" for finding in findings if not finding.warning]
    lines = [f"nothing was published: the site has {len(errors)} error{'' if len(errors) == 1 else 's'}", *errors]
    missing = any("not in the store" in line for line in errors)
    return "\n".join(lines + ["`microscribe build` measures what is missing"] * missing)


def _files(settings: Settings, allow: Sequence[str]) -> tuple[list[Item], list[str], list[str]]:
    """Return what the build wrote, the names of other files that lie there, and what looks secret in either."""
    folder, wanted = settings.output_folder, _written(settings)
    items, strays, secrets = [], [], []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        if not any(fnmatch.fnmatchcase(name, pattern) for pattern in allow):
            secrets += [f"  {settings.output}/{name}{finding}" for finding in findings(name, data)]
        if name in wanted:
            items.append(item(name, path, data))
        elif name != ".gitignore":
            strays.append(name)
    if lost := sorted(wanted - {one.name for one in items}):
        raise PublishError(f"{settings.output}/{lost[0]} is gone; `microscribe build` writes it again")
    return items, strays, secrets


def _written(settings: Settings) -> set[str]:
    return set(json.loads((settings.store_folder / "output.json").read_text("utf-8")))


def findings(name: str, data: bytes) -> Iterator[str]:
    """Yield what looks secret in a file: ":line: looks like …"; the secret itself is never shown."""
    last = PurePosixPath(name).name
    if any(fnmatch.fnmatchcase(last, pattern) for pattern in NAMES):
        yield f": a file of this name holds secrets{_ADVICE.format(name)}"
    elif b"\0" not in data[:1024]:
        # Highlighted code has tags between the letters.
        texts = [data, _TAG.sub(_newlines, data)] if name.endswith((".html", ".svg")) else [data]
        found = {place for text in texts for place in _places(text)}
        yield from (f":{line}: looks like {kind}{_ADVICE.format(name)}" for line, kind in sorted(found))


_ADVICE = "; take it out, or put {!r} into `allow` in [tool.microscribe.publish]"


def _newlines(match: re.Match[bytes]) -> bytes:
    return b"\n" * match.group().count(b"\n")


def _places(text: bytes) -> Iterator[tuple[int, str]]:
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            # In the middle of a word it is part of something else; keys for show end in EXAMPLE.
            before = text[max(match.start() - 1, 0) : match.start()]
            if not before.isalnum() and not match.group().endswith(b"EXAMPLE"):
                yield text.count(b"\n", 0, match.start()) + 1, kind


def _no_draft_page(items: Sequence[Item], drafts: Sequence[Article]) -> None:
    for one in drafts:
        if any(item.name.startswith(f"{one.slug}/") for item in items):
            raise PublishError(f"nothing was published: the site holds pages of {one.name}, which is a draft")


def _aliases(articles: Sequence[Article]) -> dict[str, str]:
    shown = [one for one in articles if not one.front.draft]
    return {alias: f"/{one.slug}/" for one in shown for alias in one.front.aliases}


def _notes(drafts: Sequence[Article], strays: Sequence[str], settings: Settings) -> Iterator[str]:
    if drafts:
        yield f"left out, drafts: {', '.join(one.slug for one in drafts)}"
    if strays:
        more = ", …" if len(strays) > _SHOWN else ""
        folder = Path(settings.output)
        yield f"left out, not written by the build: {', '.join(str(folder / s) for s in strays[:_SHOWN])}{more}"
