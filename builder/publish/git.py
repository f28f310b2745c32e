"""Git's plumbing: objects, trees, commits and pushes, without the working tree, the index or hooks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import IO

from builder.errors import UsageError
from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest
from builder.publish.failure import PublishError

_QUIET = ("-c", f"core.hooksPath={os.devnull}", "-c", "gc.auto=0", "-c", "maintenance.auto=false")
_WRITING = re.compile(rb"Writing objects:\s+\d+% \((\d+)/(\d+)\)")
_AUTHOR = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER")
           for part, value in (("NAME", "Microscribe"), ("EMAIL", "microscribe@localhost"))}  # fmt: skip


class GitError(PublishError):
    """A command of git that failed; `text` is what it said."""

    def __init__(self, message: str, text: str) -> None:
        super().__init__(message)
        self.text = text


class Outrun(PublishError):
    """A push that came too late: the branch is not where it was."""


@frozen
class Blob:
    """A file of a tree; `size` is in bytes, 0 for what is no file (a submodule)."""

    mode: str
    oid: str
    size: int


@frozen
class Git:
    """The repository that `root` lies in."""

    root: Path
    env: Mapping[str, str] = field(default_factory=dict)

    def run(self, *args: str, data: bytes = b"", env: Mapping[str, str] | None = None) -> str:
        """Run a command and return what it printed; raises GitError where it fails."""
        process = self._start(args, env or {})
        out, err = process.communicate(data)
        if process.returncode:
            text = (err + out).decode(errors="replace").strip()
            raise GitError(f"git {args[0]}: {_reason(text)}", text)
        return out.decode("utf-8", "surrogateescape").rstrip("\n")

    def _start(self, args: Sequence[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
        # Without a terminal nobody can answer git's question for a password.
        ask = {} if sys.stdin is not None and sys.stdin.isatty() else {"GIT_TERMINAL_PROMPT": "0"}
        variables = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", **ask, **self.env, **env}
        try:
            return subprocess.Popen(
                ["git", *_QUIET, *args], cwd=self.root, env=variables,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip
        except FileNotFoundError as error:
            raise PublishError("publishing to a branch needs git, and there is no command `git`") from error

    def check(self) -> None:
        """Raise PublishError where there is no repository."""
        try:
            self.run("rev-parse", "--git-dir")
        except GitError as error:
            if "not a git repository" not in error.text:
                raise
            message = f"{self.root} is in no git repository; `git init` makes one, and target `folder` needs none"
            raise PublishError(message) from error

    def remotes(self) -> list[str]:
        """List the names of the remotes."""
        return self.run("remote").split()

    def address(self, remote: str) -> str:
        """Return where a remote is pushed to; what is no name is an address itself."""
        return self.run("remote", "get-url", "--push", remote) if remote in self.remotes() else remote

    def head(self) -> str:
        """Return the short name of the commit that is checked out, "" where there is none."""
        try:
            return self.run("rev-parse", "--short", "--verify", "--quiet", "HEAD")
        except GitError:
            return ""

    def prefix(self) -> str:
        """Return the path from the top of the repository to the site, "" or ending in a slash."""
        try:
            return self.run("rev-parse", "--show-prefix")
        except GitError:  # a bare repository has no working tree
            return ""

    def digest(self) -> str:
        """Name the digest of the repository's objects: "sha1" or "sha256"."""
        return self.run("rev-parse", "--show-object-format")

    def tip(self, remote: str, branch: str) -> str:
        """Ask a remote for the commit that a branch is at, "" where there is no such branch."""
        try:
            listed = self.run("ls-remote", "--", remote, f"refs/heads/{branch}")
        except GitError as error:
            raise explain(error, remote) from error
        return listed.split("\t")[0] if listed else ""

    def fetch(self, remote: str, branch: str, commit: str) -> None:
        """Get the objects of a remote branch, and leave every ref as it is."""
        try:
            self.run("cat-file", "-e", f"{commit}^{{tree}}")
        except GitError:
            shallow = self.run("rev-parse", "--is-shallow-repository") == "true" and not self.env
            options = ["--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=", *["--depth=1"] * shallow]
            try:
                self.run("fetch", *options, "--", remote, f"refs/heads/{branch}")
            except GitError as error:
                raise explain(error, remote) from error

    def files(self, commit: str) -> dict[str, Blob]:
        """List the files of a commit."""
        listed = self.run("ls-tree", "-r", "-l", "-z", commit).split("\0")
        rows = [row.partition("\t") for row in listed if row]
        return {name: _blob(facts.split()) for facts, _, name in rows}

    def store(self, paths: Sequence[Path]) -> list[str]:
        """Store files as they are, without filters; return their digests."""
        lines = "".join(f"{path.absolute()}\n" for path in paths).encode("utf-8", "surrogateescape")
        return self.run("hash-object", "-w", "--no-filters", "--stdin-paths", data=lines).split()

    def store_bytes(self, data: bytes) -> str:
        """Store one object; return its digest."""
        return self.run("hash-object", "-w", "--stdin", data=data)

    def tree(self, blobs: Mapping[str, Blob]) -> str:
        """Make a tree through an index of its own; return its digest."""
        rows = "".join(f"{blob.mode} {blob.oid}\t{name}\0" for name, blob in sorted(blobs.items()))
        with tempfile.TemporaryDirectory(prefix="microscribe-") as folder:
            env = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self.run("update-index", "-z", "--index-info", data=rows.encode("utf-8", "surrogateescape"), env=env)
            return self.run("write-tree", env=env)

    def commit(self, tree: str, parent: str, message: str) -> str:
        """Make a commit; return its digest."""
        parents = ["-p", parent] if parent else []
        return self.run("commit-tree", tree, *parents, data=message.encode(), env=self._author())

    def _author(self) -> Mapping[str, str]:
        try:
            self.run("var", "GIT_COMMITTER_IDENT")
            self.run("var", "GIT_AUTHOR_IDENT")
        except GitError:  # as on machines that build: nobody has told git a name
            return {name: value for name, value in _AUTHOR.items() if not os.environ.get(name)}
        return {}

    def push(self, remote: str, branch: str, commit: str, expected: str, progress: Callable[[int, int], None]) -> None:
        """Move a remote branch from the commit `expected`, "" for none, to another.

        Raises Outrun where the branch is no longer at `expected`.
        """
        ref = f"refs/heads/{branch}"
        lease = f"--force-with-lease={ref}:{expected}"
        args = ("push", "--porcelain", "--progress", "--no-verify", lease, "--", remote, f"{commit}:{ref}")
        process = self._start(args, {})
        stdin, stdout, stderr = filter(None, (process.stdin, process.stdout, process.stderr))  # each is a pipe
        stdin.close()
        err = b"".join(_watched(stderr, progress)).decode(errors="replace")
        out = stdout.read().decode(errors="replace")
        if process.wait():
            raise _push_error(out, err, remote, branch)


def _watched(stream: IO[bytes], progress: Callable[[int, int], None]) -> Iterable[bytes]:
    """Pass on what a push says, and tell how far it is."""
    while chunk := os.read(stream.fileno(), 4096):
        for done, total in _WRITING.findall(chunk):
            progress(int(done), int(total))
        yield chunk


def _blob(facts: Sequence[str]) -> Blob:
    mode, _, oid, size = facts
    return Blob(mode, oid, int(size) if size.isdigit() else 0)


def _push_error(out: str, err: str, remote: str, branch: str) -> PublishError:
    late = ("stale info", "fetch first", "non-fast-forward", "cannot lock ref", "failed to update ref")
    refused = re.search(r"^!.*\[(?:remote )?rejected\] \((.*)\)$", out, re.MULTILINE)
    if refused is None:
        return explain(GitError(f"git push: {_reason(err)}", err), remote)
    if any(word in refused[1] for word in late):
        return Outrun(f"branch {branch} of {without_password(remote)} changed meanwhile")
    said = [line.removeprefix("remote:").strip() for line in err.splitlines() if line.startswith("remote:")]
    reasons = "; ".join([refused[1], *filter(None, said)])
    return PublishError(f"{without_password(remote)} rejected the push to branch {branch}: {reasons}")


_CAUSES = (
    (r"could not resolve host|network is unreachable|timed out|connection refused|no route to host"
     r"|could not connect|failed to connect",
     "no connection to {remote}: {reason}"),
    (r"authentication failed|permission denied|could not read username|could not read password"
     r"|terminal prompts disabled|error: 40[13]|host key verification",
     "{remote} did not accept these credentials ({reason}); check your SSH key or access token"),
    (r"does not appear to be a git repository|repository .*not found|no such file or directory|error: 404"
     r"|could not read from remote repository",
     "no git repository at {remote}: {reason}"),
)  # fmt: skip


def explain(error: GitError, remote: str) -> PublishError:
    """Say in plain words why a remote could not be reached."""
    lines = error.text.splitlines()
    for pattern, message in _CAUSES:
        for line in lines:
            if re.search(pattern, line, re.IGNORECASE):
                return PublishError(message.format(remote=without_password(remote), reason=_plain(line)))
    return error


def without_password(address: str) -> str:
    """Leave out the user and password of an address."""
    return re.sub(r"(?<=://)[^/@\s]*@", "", address)


def _reason(text: str) -> str:
    """Pick the line that tells most."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if re.match(r"fatal:|error:|ssh:", line, re.IGNORECASE)]
    return _plain((telling or lines or ["no reason given"])[0])


def _plain(line: str) -> str:
    return without_password(re.sub(r"^(fatal|error): ", "", line.strip(), flags=re.IGNORECASE))


def check_remote(git: Git, remote: str) -> None:
    """Raise UsageError, with the nearest name, where a remote is neither known nor an address."""
    known = git.remotes()
    if remote in known or re.search(r"[/\\:]", remote) or Path(git.root, remote).is_dir():
        return
    others = f" (it has {', '.join(known)})" if known else "; `git remote add` adds one"
    raise UsageError(f"the repository has no remote {remote!r}{nearest(remote, known)}{others}")
