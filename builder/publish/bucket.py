"""Publishing to a bucket that speaks S3, through fsspec.

What is new goes to its place at once, for no page leads there yet. What replaces something is sent
to a waiting place first and copied within the bucket when all of it has arrived; what is gone is
removed last. So an upload that fails leaves the old site as it was.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, TypeVar

from builder.errors import UsageError
from builder.frozen import frozen
from builder.publish import headers
from builder.publish.failure import PublishError
from builder.publish.plan import MANIFEST, Changes, Item, Prepared, compare, made, read_manifest, write_manifest
from builder.reporter import Reporter

if TYPE_CHECKING:
    from s3fs import S3FileSystem

T = TypeVar("T")
WAITING = ".publishing/"
_AT_ONCE = 8
_MISSING = "publishing to a bucket needs the extra `remote`: pip install 'microscribe[remote]'"
_URL = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9._-]{1,62})(?:/(?P<prefix>[^?#]*))?")


@frozen
class Bucket:
    """A place in a bucket: `base` is "bucket" or "bucket/prefix"."""

    base: str
    endpoint: str = ""

    @property
    def where(self) -> str:
        return f"s3://{self.base}" + (f" at {self.endpoint}" if self.endpoint else "")

    def key(self, name: str) -> str:
        """Give the full name of an object."""
        return f"{self.base}/{name}"


@frozen
class State:
    """What is there: sizes in bytes and tags of all objects, and what earlier publications remember."""

    sizes: Mapping[str, int]
    tags: Mapping[str, str]
    known: Mapping[str, Mapping[str, str]]


def bucket(url: str, endpoint: str = "") -> Bucket:
    """Read an address `s3://bucket/prefix`; without an endpoint the environment's is taken.

    Raises UsageError where it is no such address.
    """
    match = _URL.fullmatch(url)
    if match is None:
        raise UsageError(f"{url!r} is no bucket; expected an address like s3://bucket/prefix")
    chosen = endpoint or os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""
    prefix = (match["prefix"] or "").strip("/")
    return Bucket("/".join(filter(None, (match["bucket"], prefix))), chosen)


def check() -> None:
    """Raise UsageError where the packages that speak to buckets are not installed."""
    try:
        import fsspec  # noqa: F401
        import s3fs  # noqa: F401
    except ImportError as error:
        raise UsageError(_MISSING) from error


def prepare(place: Bucket, items: Sequence[Item]) -> Prepared:
    """Compare the site with what the bucket holds."""
    with _plainly(place):
        fs = _open(place)
        state = _state(fs, place)

    def same(one: Item) -> bool:
        known, tag = state.known.get(one.name, {}), state.tags[one.name]
        # A bucket that encrypts gives tags of its own: then the one that it gave to these bytes counts.
        equal = tag == one.md5 or (known.get("md5") == one.md5 and known.get("tag") == tag)
        return equal and {**known, **_manner(one.name)} == known

    ours = {*state.known, *(name for name in state.sizes if name.startswith(WAITING))}
    changes = compare(items, state.sizes, same, ours)

    def carry_out(reporter: Reporter) -> None:
        with _plainly(place):
            _carry_out(fs, place, items, changes, state, reporter)

    return Prepared(place.where, changes, carry_out)


def _open(place: Bucket) -> S3FileSystem:
    import fsspec

    options = {"endpoint_url": place.endpoint} if place.endpoint else {}
    # A file system kept from before would keep credentials and listings from before.
    return fsspec.filesystem("s3", skip_instance_cache=True, use_listings_cache=False, **options)


def _state(fs: S3FileSystem, place: Bucket) -> State:
    found = fs.find(place.base, detail=True, refresh=True)
    start = len(place.base) + 1
    objects = {key[start:]: facts for key, facts in found.items() if _is_file(key[start:])}
    known = {}
    if MANIFEST in objects:
        known = read_manifest(fs.cat_file(place.key(MANIFEST)), f"s3://{place.key(MANIFEST)}")
    sizes = {name: int(facts["size"]) for name, facts in objects.items() if name != MANIFEST}
    return State(sizes, {name: str(objects[name].get("ETag", "")).strip('"') for name in sizes}, known)


def _is_file(name: str) -> bool:
    # Some tools mark folders by empty objects.
    return bool(name) and not name.endswith("/")


def _manner(name: str) -> dict[str, str]:
    """Say how an object is to be served."""
    return {"type": headers.content_type(name), "cache": headers.cache_control(name)}


def _carry_out(
    fs: S3FileSystem, place: Bucket, items: Sequence[Item], changes: Changes, state: State, reporter: Reporter
) -> None:
    # Until all is done the list holds old and new names, so that nothing half sent is ever forgotten.
    _remember(fs, place, {**{one.name: {} for one in changes.added}, **state.known})
    waiting = {one.name: WAITING + one.name for one in changes.changed}
    try:
        _each("uploading", _stages(changes.sent), lambda one: _send(fs, place, one, waiting.get(one.name)), reporter)
    except BaseException:
        with contextlib.suppress(Exception):
            _remove(fs, place, [WAITING + one.name for one in changes.changed])
        raise
    _switch(fs, place, changes, reporter)
    gone = [name for name in changes.removed if name not in waiting.values()]
    _each("removing", [[*gone, *waiting.values()]], lambda name: fs.rm_file(place.key(name)), reporter)
    _remember(fs, place, _published(items, _state(fs, place)))


def _stages(items: Iterable[Item]) -> list[list[Item]]:
    """Part files by what must be in place before what: what pages need, pages, the front page."""
    ranks: dict[int, list[Item]] = {}
    for one in items:
        ranks.setdefault(headers.rank(one.name)[0], []).append(one)
    return [ranks[rank] for rank in sorted(ranks)]


def _send(fs: S3FileSystem, place: Bucket, one: Item, name: str | None) -> None:
    manner = _manner(one.name)
    fs.pipe_file(
        place.key(name or one.name), one.read(), ContentType=manner["type"], CacheControl=manner["cache"]
    )  # fmt: skip


def _switch(fs: S3FileSystem, place: Bucket, changes: Changes, reporter: Reporter) -> None:
    """Copy what has waited into place."""
    _each("putting in place", _stages(changes.changed), lambda one: _copy(fs, place, one.name), reporter)


def _copy(fs: S3FileSystem, place: Bucket, name: str) -> None:
    source, target = fs.split_path(place.key(WAITING + name)), fs.split_path(place.key(name))
    fs.call_s3(
        "copy_object", Bucket=target[0], Key=target[1], CopySource={"Bucket": source[0], "Key": source[1]}
    )  # fmt: skip


def _remove(fs: S3FileSystem, place: Bucket, names: Iterable[str]) -> None:
    for name in names:
        fs.rm_file(place.key(name))


def _each(description: str, stages: Sequence[Sequence[T]], work: Callable[[T], object], reporter: Reporter) -> None:
    """Work through stages one after the other, several at once within each; the first failure stops all."""
    task = reporter.begin(description, sum(map(len, stages)))
    try:
        for stage in stages:
            _at_once(stage, work, lambda: reporter.advance(task, 1))
    finally:
        reporter.end(task)


def _at_once(stage: Sequence[T], work: Callable[[T], object], done: Callable[[], None]) -> None:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        futures = [pool.submit(work, one) for one in stage]
        for future in futures:
            future.add_done_callback(lambda _: done())
        try:
            finished, _ = wait(futures, return_when=FIRST_EXCEPTION)
            for future in finished:
                future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _remember(fs: S3FileSystem, place: Bucket, files: Mapping[str, Mapping[str, str]]) -> None:
    _send(fs, place, made(MANIFEST, write_manifest(files)), None)


def _published(items: Sequence[Item], state: State) -> dict[str, dict[str, str]]:
    """Describe what is there now; raises PublishError where something did not arrive."""
    for one in items:
        if state.sizes.get(one.name) != one.size:
            raise PublishError(f"{one.name} did not arrive whole; publish again")
    return {one.name: {"md5": one.md5, "tag": state.tags[one.name], **_manner(one.name)} for one in items}


@contextlib.contextmanager
def _plainly(place: Bucket) -> Iterator[None]:
    """Turn what the bucket's libraries raise into messages."""
    from botocore import exceptions

    name = place.base.partition("/")[0]
    refused = (exceptions.NoCredentialsError, exceptions.PartialCredentialsError, exceptions.ProfileNotFound)
    unreached = (exceptions.ConnectionError, exceptions.HTTPClientError, TimeoutError, ConnectionError)
    try:
        yield
    except refused as error:
        advice = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
        raise PublishError(f"no credentials for bucket {name!r} ({error}); {advice}") from error
    except unreached as error:
        raise PublishError(f"no connection to {place.where}: {error}") from error
    except PermissionError as error:
        raise PublishError(f"bucket {name!r} did not accept these credentials: {error}") from error
    except FileNotFoundError as error:
        raise PublishError(f"no bucket {name!r}{f' at {place.endpoint}' if place.endpoint else ''}: {error}") from error
    except (exceptions.BotoCoreError, exceptions.ClientError, OSError) as error:
        raise PublishError(f"{place.where}: {error}") from error
