"""A store's place at any address that fsspec knows: `s3://bucket/folder`, `gs://…`, `memory://…`."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from builder.frozen import frozen
from builder.store.local import Folder, Stat
from builder.store.records import StoreError, sha256

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

T = TypeVar("T")

_TIMES = ("LastModified", "updated", "last_modified", "mtime", "created")
_OPTIONS: Mapping[str, Mapping[str, object]] = {
    # Without these a machine that is not there is waited for, for minutes.
    "s3": {"config_kwargs": {"connect_timeout": 10, "read_timeout": 60, "retries": {"max_attempts": 2}}},
}


@frozen
class Bucket:
    """A folder of an object storage, which puts whole objects or nothing."""

    url: str
    locks = False

    @functools.cached_property
    def _root(self) -> tuple[AbstractFileSystem, str]:
        protocol = self.url.partition("://")[0]
        try:
            from fsspec.core import url_to_fs

            options = {**_OPTIONS.get(protocol, {}), "use_listings_cache": False}
            system, path = url_to_fs(self.url, **options)
        except ImportError as error:
            raise StoreError(
                f"{self.url}: needs a package that is not installed; `pip install 'microscribe[remote]'` has fsspec "
                f"and s3fs ({error})"
            ) from error
        except ValueError as error:
            raise StoreError(f"{self.url}: {error}") from error
        return system, path.rstrip("/")

    def _call(self, doing: str, work: Callable[[AbstractFileSystem, str], T]) -> T:
        """Run one request. Every storage has exceptions of its own: all become one, FileNotFoundError passes."""
        system, root = self._root
        try:
            return work(system, root)
        except FileNotFoundError:
            raise
        except Exception as error:
            raise StoreError(f"{self.url}: cannot {doing} the store: {_reason(error)}") from error

    def read(self, names: Sequence[str]) -> list[bytes | None]:
        """Return the bytes under each name, None where there is no such file."""
        return [_found(self.url, one) for one in self._cat(names)] if names else []

    def _cat(self, names: Sequence[str]) -> list[object]:
        def work(system: AbstractFileSystem, root: str) -> list[object]:
            paths = [f"{root}/{name}" for name in names]
            found = system.cat(paths, on_error="return")
            return [found.get(path, FileNotFoundError(path)) for path in paths]

        return self._call("read", work)

    def write(self, name: str, data: bytes) -> None:
        """Put bytes under a name."""
        try:
            self._call("write to", lambda system, root: system.pipe_file(f"{root}/{name}", data))
        except FileNotFoundError as error:
            raise StoreError(f"{self.url}: cannot write to the store: {_reason(error)}") from error

    keep = write

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""
        try:
            self._call("read", lambda system, root: system.info(f"{root}/{name}"))
        except FileNotFoundError:
            return False
        return True

    def touch(self, name: str) -> None:
        """Do nothing: reading leaves no mark here."""

    def remove(self, name: str) -> None:
        """Delete a file."""
        try:
            self._call("delete from", lambda system, root: system.rm_file(f"{root}/{name}"))
        except FileNotFoundError:
            return

    def move(self, name: str, to: str) -> bool:
        """Give a file another name; False where it is gone."""
        (data,) = self.read([name])
        if data is None:
            return False
        self.write(to, data)
        self.remove(name)
        return True

    def list(self, under: str) -> dict[str, Stat]:
        """List all files in a folder and below it."""

        def work(system: AbstractFileSystem, root: str) -> dict[str, Stat]:
            found = system.find(f"{root}/{under}", detail=True)
            inside = {path: info for path, info in sorted(found.items()) if info["type"] == "file"}
            start = len(root) + 1
            return {path[start:]: Stat(int(info["size"]), _time(info)) for path, info in inside.items()}

        try:
            return self._call("list", work)
        except FileNotFoundError:
            return {}

    def lock(self, *, exclusive: bool) -> AbstractContextManager[None]:
        """Do nothing: there are no locks here."""
        return nullcontext()


@frozen
class Cached:
    """A bucket whose objects are kept in a local folder too, once they were read; records never are."""

    bucket: Bucket
    folder: Folder
    locks = False

    def read(self, names: Sequence[str]) -> list[bytes | None]:
        """Return the bytes under each name, from near by if they are there and intact."""
        found = [self._near(name) for name in names]
        far = [name for name, data in zip(names, found, strict=True) if data is None]
        fetched = dict(zip(far, self.bucket.read(far), strict=True))
        for name, data in fetched.items():
            if data is not None and _intact(name, data):
                self.folder.write(name, data)
        return [fetched.get(name) if data is None else data for name, data in zip(names, found, strict=True)]

    def _near(self, name: str) -> bytes | None:
        if not name.startswith("objects/"):
            return None
        (data,) = self.folder.read([name])
        return data if data is not None and _intact(name, data) else None

    def remove(self, name: str) -> None:
        """Delete a file in both places."""
        self.bucket.remove(name)
        self.folder.remove(name)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.bucket, name)


def cached(url: str, folder: Path) -> Cached:
    """Open an address with a local folder for its objects."""
    return Cached(Bucket(url), Folder(folder))


def _intact(name: str, data: bytes) -> bool:
    return name.startswith("objects/") and sha256(data) == name.rpartition("/")[2]


def _found(url: str, result: object) -> bytes | None:
    if isinstance(result, bytes):
        return result
    if isinstance(result, FileNotFoundError):
        return None
    raise StoreError(f"{url}: cannot read the store: {_reason(result)}")


def _reason(error: object) -> str:
    return str(error).strip() or type(error).__name__


def _time(info: Mapping[str, Any]) -> float:
    value = next((info[name] for name in _TIMES if info.get(name) is not None), None)
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value)
    if isinstance(value, datetime.datetime):
        return (value if value.tzinfo else value.replace(tzinfo=datetime.UTC)).timestamp()
    return float(value) if value is not None else 0.0
