"""Publishing to a branch, as GitHub Pages and its likes serve it.

The branch holds the site and nothing else but what is kept: its commits come from git's plumbing,
so neither the working tree nor the index nor any branch here is touched, and no hook runs.
"""

from __future__ import annotations

import contextlib
import fnmatch
import hashlib
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.errors import UsageError
from builder.frozen import frozen
from builder.publish.failure import PublishError
from builder.publish.git import Blob, Git, Outrun, check_remote, without_password
from builder.publish.plan import Changes, Item, Prepared, compare, made
from builder.reporter import Reporter

ALWAYS_KEPT = ("CNAME",)
# Without this file GitHub runs the branch through Jekyll, which leaves out names that begin with "_".
MARK = made(".nojekyll", b"")
FILE = "100644"
TRIES = 3
_AT_ONCE = 200


@frozen
class Branch:
    """A branch of a remote, and the paths on it that are not the site's and stay."""

    git: Git
    remote: str
    name: str
    keep: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"branch {self.name} of {without_password(self.remote)}"


@frozen
class State:
    """What a branch holds at a commit, "" where there is no branch."""

    commit: str
    files: Mapping[str, Blob]


def check(branch: Branch) -> None:
    """Raise where the repository, the remote or the name of the branch is not there."""
    branch.git.check()
    check_remote(branch.git, branch.remote)
    try:
        branch.git.run("check-ref-format", f"refs/heads/{branch.name}")
    except PublishError as error:
        raise UsageError(f"{branch.name!r} cannot be the name of a branch") from error


def prepare(branch: Branch, items: Sequence[Item], look: bool, message: str = "") -> Prepared:
    """Compare the site with the branch; `look` leaves even the object store of the repository alone."""
    items = (*items, MARK)
    digest = branch.git.digest()
    oids = {one.name: _oid(one, digest) for one in items}
    with _aside(branch.git) if look else contextlib.nullcontext(branch.git) as git:
        state = _state(git, branch)
    changes = _changes(branch, items, oids, state)

    def carry_out(reporter: Reporter) -> None:
        _store(branch.git, changes.sent, oids, reporter)
        _publish(branch, items, oids, state, message or _message(branch.git), reporter)

    address = branch.git.address(branch.remote)
    known = f" ({without_password(address)})" if address != branch.remote else ""
    return Prepared(f"{branch}{known}", changes, carry_out, pages(address))


_GITHUB = re.compile(r"(?:https://(?:[^/@]*@)?|git@|ssh://git@)github\.com[/:]([^/]+)/([^/]+?)(?:\.git)?/?")


def pages(address: str) -> str:
    """Return where GitHub serves the pages of a repository, "" where it is another's."""
    match = _GITHUB.fullmatch(address)
    if match is None:
        return ""
    owner, name = match[1].lower(), match[2]
    return f"https://{owner}.github.io/" + ("" if name.lower() == f"{owner}.github.io" else f"{name}/")


@contextlib.contextmanager
def _aside(git: Git) -> Iterator[Git]:
    """Let new objects go to a folder that is thrown away."""
    objects = (git.root / git.run("rev-parse", "--git-path", "objects")).resolve()
    with tempfile.TemporaryDirectory(prefix="microscribe-") as folder:
        yield Git(git.root, {"GIT_OBJECT_DIRECTORY": folder, "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(objects)})


def _state(git: Git, branch: Branch) -> State:
    commit = git.tip(branch.remote, branch.name)
    if not commit:
        return State("", {})
    git.fetch(branch.remote, branch.name, commit)
    files = git.files(commit)
    sources = f"{git.prefix()}pyproject.toml"
    if sources in files and not _kept(sources, branch.keep):
        raise PublishError(
            f"{branch} holds {sources}: sources, not a published site, and they would be removed; choose another branch"
        )
    return State(commit, files)


def _oid(one: Item, digest: str) -> str:
    data = one.read()
    return hashlib.new(digest, b"blob %d\0" % len(data) + data).hexdigest()


def _kept(name: str, keep: Iterable[str]) -> bool:
    return any(name == k or name.startswith(f"{k}/") or fnmatch.fnmatchcase(name, k) for k in (*ALWAYS_KEPT, *keep))


def _changes(branch: Branch, items: Sequence[Item], oids: Mapping[str, str], state: State) -> Changes:
    ours = {one.name for one in items}
    for name in state.files:
        if name in ours and _kept(name, branch.keep) and name not in ALWAYS_KEPT:
            raise PublishError(f"{name} is to be kept on branch {branch.name}, but the site has a file of this name")
    there = {name: blob.size for name, blob in state.files.items() if name in ours or not _kept(name, branch.keep)}

    def same(one: Item) -> bool:
        return (state.files[one.name].oid, state.files[one.name].mode) == (oids[one.name], FILE)

    return compare(items, there, same, there)


def _store(git: Git, items: Sequence[Item], oids: Mapping[str, str], reporter: Reporter) -> None:
    """Put new files into the object store; raises PublishError where one is no longer what was examined."""
    task = reporter.begin("storing files", len(items))
    try:
        for one in [one for one in items if one.path is None]:
            git.store_bytes(one.data)
            reporter.advance(task, 1)
        files = [(one, one.path) for one in items if one.path is not None]
        for start in range(0, len(files), _AT_ONCE):
            part = files[start : start + _AT_ONCE]
            for (one, path), oid in zip(part, git.store([path for _, path in part]), strict=True):
                if oid != oids[one.name]:
                    raise PublishError(f"{path} changed while it was being published; publish again")
            reporter.advance(task, len(part))
    finally:
        reporter.end(task)


def _publish(
    branch: Branch, items: Sequence[Item], oids: Mapping[str, str], state: State, message: str, reporter: Reporter
) -> None:
    """Commit and push; where others only changed what is kept, do so again upon theirs."""
    planned = _changes(branch, items, oids, state)
    for _ in range(TRIES):
        kept = {name: blob for name, blob in state.files.items() if _kept(name, branch.keep)}
        ours = {one.name: Blob(FILE, oids[one.name], one.size) for one in items}
        commit = branch.git.commit(branch.git.tree({**kept, **ours}), state.commit, message)
        try:
            return _push(branch, commit, state.commit, reporter)
        except Outrun:
            state = _state(branch.git, branch)
            if _changes(branch, items, oids, state) != planned:
                raise _overtaken(branch, state) from None
    raise _overtaken(branch, state)


def _overtaken(branch: Branch, state: State) -> PublishError:
    at = f"it is at {state.commit[:10]} now" if state.commit else "it is gone now"
    return PublishError(
        f"{branch} changed while the site was being published ({at}), and nothing was pushed; look with --dry-run, "
        "then publish again"
    )


def _push(branch: Branch, commit: str, expected: str, reporter: Reporter) -> None:
    task, shown = reporter.begin("pushing", 100), 0

    def progress(done: int, total: int) -> None:
        nonlocal shown
        now = 100 * done // max(total, 1)
        reporter.advance(task, now - shown)
        shown = now

    try:
        branch.git.push(branch.remote, branch.name, commit, expected, progress)
    finally:
        reporter.end(task)


def _message(git: Git) -> str:
    head = git.head()
    return f"Publish the site, made from {head}\n" if head else "Publish the site\n"
