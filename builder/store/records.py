"""Records: what a key stands for, sealed by a checksum; and the names of things in a store."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from builder.frozen import frozen

FIGURE = "figure"
"""The kind of the records that figures have."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_RECORD = re.compile(r"records/([\w-]+)/[\w-]+/([\w-]+)\.json")


class StoreError(Exception):
    """The store cannot be read or written, for example because the disk is full or the remote is lost."""


@frozen
class Entry:
    """A record: its description, and the checked bytes it names."""

    meta: Mapping[str, Any]
    objects: Mapping[str, bytes]

    def read(self, digest: str) -> bytes:
        """Return the bytes whose SHA-256 is `digest`."""
        return self.objects[digest]


@frozen
class Record:
    """A record without its bytes: its description and the digests of its objects."""

    meta: Mapping[str, Any]
    objects: tuple[str, ...]


def record_name(kind: str, key: str) -> str:
    """Name the file of a record."""
    return f"records/{kind}/{key[:2]}/{key}.json"


def object_name(digest: str) -> str:
    """Name the file of an object."""
    return f"objects/{digest[:2]}/{digest}"


def kind_and_key(name: str) -> tuple[str, str] | None:
    """Read the kind and the key out of a record's name."""
    match = _RECORD.fullmatch(name)
    return (match[1], match[2]) if match else None


def sha256(data: bytes) -> str:
    """Digest bytes."""
    return hashlib.sha256(data).hexdigest()


def seal(kind: str, key: str, meta: Mapping[str, object], objects: Iterable[str]) -> bytes:
    """Write a record under its checksum."""
    record = {"kind": kind, "key": key, "meta": dict(meta), "objects": sorted(objects)}
    body = json.dumps(record, sort_keys=True, separators=(",", ":"))
    return json.dumps({"sha256": sha256(body.encode()), "record": body}).encode()


def parse(kind: str, key: str, data: bytes) -> Record:
    """Read what `seal` wrote; raises ValueError where it is damaged or stands under another's name."""
    try:
        sealed = json.loads(data)
        body = sealed["record"]
        if sha256(body.encode()) != sealed["sha256"]:
            raise ValueError("checksum")
        record = json.loads(body)
        meta, objects = record["meta"], tuple(record["objects"])
        # Records of earlier versions do not say whose they are.
        mine = (record.get("kind", kind), record.get("key", key)) == (kind, key)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a record") from error
    if not mine or not isinstance(meta, dict) or not all(_is_digest(one) for one in objects):
        raise ValueError("not the record of this key")
    return Record(meta, objects)


def _is_digest(text: object) -> bool:
    # A name that is not a digest could lead out of the store.
    return isinstance(text, str) and _DIGEST.fullmatch(text) is not None
