import functools
import json
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from builder.errors import UsageError
from builder.publish import bucket
from builder.publish.bucket import Bucket
from builder.publish.failure import PublishError
from builder.publish.plan import MANIFEST, Item, item
from builder.reporter import Recorded

boto3 = pytest.importorskip("boto3")
s3fs = pytest.importorskip("s3fs")
sync_wrapper = pytest.importorskip("fsspec.asyn").sync_wrapper
server = pytest.importorskip("moto.server")

SITE = {"index.html": "1", "assets/a.0123456789ab.css": "a", "first/index.html": "first", "sitemap.xml": "s"}
NEXT = {"index.html": "2", "assets/b.0123456789cd.css": "b", "first/index.html": "First", "second/index.html": "x"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a machine has that may write to buckets, and nothing of this one."""
    for name in (
        "AWS_PROFILE",
        "AWS_SESSION_TOKEN",
        "AWS_ENDPOINT_URL_S3",
        "AWS_ENDPOINT_URL",
        "HTTP_PROXY",
        "http_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
    values = {"ACCESS_KEY_ID": "key", "SECRET_ACCESS_KEY": "secret", "DEFAULT_REGION": "us-east-1"}
    paths = {"CONFIG_FILE": tmp_path / "none", "SHARED_CREDENTIALS_FILE": tmp_path / "none"}
    for name, value in {**values, **paths, "EC2_METADATA_DISABLED": "true"}.items():
        monkeypatch.setenv(f"AWS_{name}", str(value))


OPEN = bucket._open
CONNECTION = functools.cache(lambda endpoint: OPEN(Bucket("any", endpoint)))


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections take a tenth of a second each; these share one."""
    monkeypatch.setattr(bucket, "_open", lambda place: CONNECTION(place.endpoint))


@pytest.fixture(scope="module")
def client(endpoint: str):
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    return boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)


@pytest.fixture
def place(client, endpoint: str) -> Bucket:
    name = f"bucket-{len(client.list_buckets()['Buckets'])}"
    client.create_bucket(Bucket=name)
    return Bucket(f"{name}/art", endpoint)


@pytest.fixture
def items(tmp_path: Path):
    def make(files: Mapping[str, str]) -> tuple[Item, ...]:
        for name, text in files.items():
            path = tmp_path / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tuple(item(name, tmp_path / "site" / name, text.encode()) for name, text in files.items())

    return make


class Calls:
    """Count what is asked of the bucket, and fail where told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made: list[tuple[str, str]] = []
        self.failing = ("", "")
        self.lock = threading.Lock()
        call = s3fs.S3FileSystem._call_s3

        async def counted(fs, method: str, *args, **kwargs):
            key = kwargs.get("Key", "")
            with self.lock:
                self.made.append((method, key))
            if method == self.failing[0] and key.endswith(self.failing[1]):
                raise OSError(5, "the line is cut")
            return await call(fs, method, *args, **kwargs)

        monkeypatch.setattr(s3fs.S3FileSystem, "_call_s3", counted)
        monkeypatch.setattr(s3fs.S3FileSystem, "call_s3", sync_wrapper(counted))

    def keys(self, method: str) -> list[str]:
        return [key for one, key in self.made if one == method]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    return Calls(monkeypatch)


def send(place: Bucket, items: tuple[Item, ...]):
    prepared = bucket.prepare(place, items)
    if prepared.changes:
        prepared.carry_out(Recorded())
    return prepared.changes


def held(client, place: Bucket) -> dict[str, str]:
    """Read all objects but the list."""
    name, _, prefix = place.base.partition("/")
    keys = [one["Key"] for one in client.list_objects_v2(Bucket=name).get("Contents", [])]
    texts = {key: client.get_object(Bucket=name, Key=key)["Body"].read().decode() for key in keys}
    return {key.removeprefix(f"{prefix}/"): text for key, text in texts.items() if not key.endswith(MANIFEST)}


def head(client, place: Bucket, name: str) -> tuple[str, str]:
    base, _, prefix = place.base.partition("/")
    found = client.head_object(Bucket=base, Key=f"{prefix}/{name}")
    return found["ContentType"], found["CacheControl"]


def test_a_bucket_is_filled_and_served_rightly(client, place: Bucket, items) -> None:
    send(place, items(SITE))
    assert held(client, place) == SITE
    assert head(client, place, "index.html") == ("text/html; charset=utf-8", "no-cache")
    forever = "public, max-age=31536000, immutable"
    assert head(client, place, "assets/a.0123456789ab.css") == ("text/css; charset=utf-8", forever)


def test_publishing_twice_sends_nothing(client, place: Bucket, items, calls: Calls) -> None:
    send(place, items(SITE))
    calls.made.clear()
    changes = send(place, items(SITE))
    assert not changes
    assert changes.unchanged == 4
    assert {method for method, _ in calls.made} <= {"list_objects_v2", "get_object", "head_object"}


def test_only_what_changed_is_sent_and_it_is_served_as_before(client, place: Bucket, items, calls: Calls) -> None:
    send(place, items(SITE))
    calls.made.clear()
    changes = send(place, items({**SITE, "index.html": "2"}))
    assert [one.name for one in changes.changed] == ["index.html"]
    assert changes.unchanged == 3
    assert {key for key in calls.keys("put_object") if MANIFEST not in key} == {"art/.publishing/index.html"}
    assert held(client, place) == {**SITE, "index.html": "2"}
    assert head(client, place, "index.html") == ("text/html; charset=utf-8", "no-cache")


@pytest.mark.slow
def test_what_is_gone_is_removed_and_what_is_not_ours_stays(client, place: Bucket, items) -> None:
    name = place.base.partition("/")[0]
    client.put_object(Bucket=name, Key="art/mine.txt", Body=b"mine")
    client.put_object(Bucket=name, Key="artful.txt", Body=b"other")
    client.put_object(Bucket=name, Key="art/folder/", Body=b"")
    send(place, items(SITE))
    changes = send(place, items(NEXT))
    assert changes.removed == ("assets/a.0123456789ab.css", "sitemap.xml")
    assert held(client, place) == {**NEXT, "mine.txt": "mine", "artful.txt": "other", "folder/": ""}


def test_what_somebody_else_wrote_over_is_mended(client, place: Bucket, items) -> None:
    send(place, items(SITE))
    client.put_object(Bucket=place.base.partition("/")[0], Key="art/index.html", Body=b"9", ContentType="text/html")
    assert [one.name for one in send(place, items(SITE)).changed] == ["index.html"]
    assert held(client, place) == SITE


def test_what_was_served_wrongly_is_sent_again(client, place: Bucket, items) -> None:
    client.put_object(Bucket=place.base.partition("/")[0], Key="art/index.html", Body=b"1", ContentType="text/plain")
    assert [one.name for one in send(place, items(SITE)).changed] == ["index.html"]
    assert head(client, place, "index.html")[0] == "text/html; charset=utf-8"


def test_tags_of_encrypted_buckets_are_remembered(client, place: Bucket, items, monkeypatch) -> None:
    fill = s3fs.S3FileSystem._fill_info

    def tag(facts: dict, *args, **kwargs) -> None:
        fill(facts, *args, **kwargs)
        facts["ETag"] = f'"key-{facts["ETag"][1:9]}"'

    monkeypatch.setattr(s3fs.S3FileSystem, "_fill_info", staticmethod(tag))
    send(place, items(SITE))
    assert not send(place, items(SITE))
    assert [one.name for one in send(place, items({**SITE, "index.html": "2"})).changed] == ["index.html"]


def test_assets_come_before_pages_and_the_front_page_last(client, place: Bucket, items, calls: Calls) -> None:
    send(place, items({**SITE, "z.png": "z"}))
    order = [key.removeprefix("art/") for key in calls.keys("put_object")]
    assert order[0] == order[-1] == MANIFEST
    assert order[1:3] == ["assets/a.0123456789ab.css", "z.png"]
    assert set(order[3:5]) == {"first/index.html", "sitemap.xml"}
    assert order[5] == "index.html"


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["b.0123456789cd.css", "second/index.html", "first/index.html", ".publishing/index.html"]
)
def test_an_upload_that_fails_leaves_the_old_site_whole(client, place, items, calls: Calls, name: str) -> None:
    send(place, items(SITE))
    served = {one: head(client, place, one) for one in SITE}
    calls.failing = ("put_object", name)
    with pytest.raises(PublishError, match="the line is cut"):
        send(place, items(NEXT))
    left = held(client, place)
    assert {one: left[one] for one in SITE} == SITE
    assert {one: head(client, place, one) for one in SITE} == served
    assert not any(one.startswith(bucket.WAITING) for one in left)
    assert not calls.keys("copy_object")
    calls.failing = ("", "")
    send(place, items(NEXT))
    assert held(client, place) == NEXT


def test_what_a_failed_upload_left_is_removed_later(client, place, items, calls: Calls) -> None:
    send(place, items(SITE))
    calls.failing = ("put_object", ".publishing/index.html")
    with pytest.raises(PublishError):
        send(place, items(NEXT))
    assert "assets/b.0123456789cd.css" in held(client, place)
    calls.failing = ("", "")
    assert send(place, items(SITE)).removed == ("assets/b.0123456789cd.css", "second/index.html")
    assert held(client, place) == SITE


@pytest.mark.slow
@pytest.mark.parametrize(("method", "name"), [("copy_object", "art/index.html"), ("delete_object", "sitemap.xml")])
def test_nothing_is_removed_before_all_is_there(client, place, items, calls: Calls, method: str, name: str) -> None:
    send(place, items(SITE))
    calls.failing = (method, name)
    with pytest.raises(PublishError):
        send(place, items(NEXT))
    assert ("assets/a.0123456789ab.css" in held(client, place)) or method == "delete_object"
    calls.failing = ("", "")
    send(place, items(NEXT))
    assert held(client, place) == NEXT
    assert not send(place, items(NEXT))


def test_a_look_writes_nothing(client, place: Bucket, items, calls: Calls) -> None:
    prepared = bucket.prepare(place, items(SITE))
    assert [one.name for one in prepared.changes.added] == sorted(SITE)
    assert not {method for method, _ in calls.made} & {"put_object", "copy_object", "delete_object"}


def test_a_whole_bucket_may_be_the_site(client, place: Bucket, items) -> None:
    whole = Bucket(place.base.partition("/")[0], place.endpoint)
    send(whole, items(SITE))
    assert held(client, whole) == SITE
    assert not send(whole, items(SITE))


def test_a_file_that_changes_meanwhile_stops_the_publication(tmp_path: Path, client, place: Bucket, items) -> None:
    prepared = bucket.prepare(place, items(SITE))
    (tmp_path / "site/index.html").write_text("draft")
    with pytest.raises(PublishError, match="index.html changed while it was being published"):
        prepared.carry_out(Recorded())
    assert "index.html" not in held(client, place)


def test_the_list_tells_all_that_is_there(client, place: Bucket, items) -> None:
    send(place, items(SITE))
    name, _, prefix = place.base.partition("/")
    files = json.loads(client.get_object(Bucket=name, Key=f"{prefix}/{MANIFEST}")["Body"].read())["files"]
    assert set(files) == set(SITE)
    assert files["index.html"]["md5"] == files["index.html"]["tag"] == "c4ca4238a0b923820dcc509a6f75849b"


def test_a_bucket_that_is_not_there(items, endpoint: str) -> None:
    with pytest.raises(PublishError, match=f"no bucket 'nowhere' at {endpoint}"):
        bucket.prepare(Bucket("nowhere/art", endpoint), items(SITE))


def test_a_server_that_is_not_there(items, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 1)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(PublishError, match="no connection to s3://b-1/art at http://127.0.0.1:1"):
        bucket.prepare(Bucket("b-1/art", "http://127.0.0.1:1"), items(SITE))


@pytest.mark.slow
def test_credentials_that_are_missing_or_refused(items, place: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    denied = PermissionError("Access Denied")

    async def deny(*args, **kwargs):
        raise denied

    with monkeypatch.context() as patch:
        patch.setattr(s3fs.S3FileSystem, "_call_s3", deny)
        with pytest.raises(PublishError, match="did not accept these credentials: Access Denied"):
            bucket.prepare(place, items(SITE))
    monkeypatch.setattr(bucket, "_open", OPEN)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    with pytest.raises(PublishError, match="no credentials for bucket .*; set AWS_ACCESS_KEY_ID and"):
        bucket.prepare(place, items(SITE))


def test_addresses_and_the_server_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bucket.bucket("s3://art/a/b/", "http://h").base == "art/a/b"
    assert bucket.bucket("s3://art").where == "s3://art"
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://one")
    assert bucket.bucket("s3://art").endpoint == "http://one"
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://two")
    assert bucket.bucket("s3://art").endpoint == "http://two"
    assert bucket.bucket("s3://art", "http://three").endpoint == "http://three"
    for wrong in ("art", "gs://art/x", "s3://", "s3://Art"):
        with pytest.raises(UsageError, match="expected an address like s3://bucket/prefix"):
            bucket.bucket(wrong)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(UsageError, match=r"pip install 'microscribe\[remote\]'"):
        bucket.check()
