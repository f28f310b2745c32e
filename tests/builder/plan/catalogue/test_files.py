"""Digests of files, remembered."""

import hashlib
import json
from pathlib import Path

from tests.builder.plan.catalogue.sample import open_catalogue


def test_digests_of_files_are_remembered_and_renewed(tmp_path: Path) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"one")
    first = open_catalogue(tmp_path)
    assert first.files.digest(file) == hashlib.sha256(b"one").hexdigest()
    first.save()
    memory = tmp_path / ".microscribe" / "digests.json"
    known = json.loads(memory.read_text())
    memory.write_text(json.dumps({name: [*stamp[:2], "remembered"] for name, stamp in known.items()}))
    assert open_catalogue(tmp_path).files.digest(file) == "remembered"
    file.write_bytes(b"other")
    assert open_catalogue(tmp_path).files.digest(file) == hashlib.sha256(b"other").hexdigest()
