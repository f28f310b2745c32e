"""Images in tar files: grouped into samples, and found again by where they begin."""

from __future__ import annotations

import pytest

from figures import manifests
from tests.figures.manifests.on_disk import MEMBERS, shard, taken


def test_samples_of_shards_are_grouped_and_found_again(tmp_path):
    shard(tmp_path / "s-01.tar", MEMBERS)
    shard(tmp_path / "s-02.tar", [("005.png", b"five")])
    found = taken(f"{tmp_path}/s-{{01..02}}.tar").listing
    assert found.names == ("s-01.tar/x/001.jpg", "s-01.tar/x/002.seg.PNG", "s-01.tar/004.png", "s-02.tar/005.png")
    assert found.labels == ("3", "4", "", "")
    for index, expected in enumerate((b"one", b"two", b"three", b"five")):
        content = (found.root / found.files[index]).read_bytes()[found.offsets[index] :][: found.sizes[index]]
        assert content == expected


@pytest.mark.parametrize("pattern", ["s-{01,02}.tar", "s-0{1..2}.tar", "s-*.tar", "{s-01.tar,s-02.tar}", "."])
def test_patterns_name_the_same_shards(tmp_path, pattern):
    shard(tmp_path / "s-01.tar", MEMBERS)
    shard(tmp_path / "s-02.tar", [("005.png", b"five")])
    assert len(taken(f"{tmp_path}/{pattern}", kind="webdataset")) == 4


def test_a_shard_is_read_again_only_when_it_changes(tmp_path, monkeypatch):
    folder, path = tmp_path / "memory", shard(tmp_path / "s.tar", MEMBERS)
    before = taken(path, folder)
    monkeypatch.setattr(manifests.shards, "_members", lambda *_: pytest.fail("read again"))
    assert taken(path, folder).digest == before.digest
    monkeypatch.undo()
    shard(path, [*MEMBERS, ("007.png", b"seven")])
    assert len(taken(path, folder)) == len(before) + 1


def test_a_shard_that_breaks_off_keeps_what_is_whole(tmp_path):
    path = shard(tmp_path / "s.tar", [("1.png", b"a" * 2000), ("2.png", b"b" * 2000), ("3.png", b"c" * 2000)])
    path.write_bytes(path.read_bytes()[: 512 * 8])
    found = taken(path)
    assert found.names == ("s.tar/1.png",)
    assert set(found.broken) == {"s.tar/2.png", "s.tar/(the end of s.tar)"}


def test_compressed_and_missing_shards_are_errors_that_say_so(tmp_path):
    shard(tmp_path / "s.tar", MEMBERS, "w:gz")
    with pytest.raises(ValueError, match="it is compressed"):
        taken(tmp_path / "s.tar")
    with pytest.raises(ValueError, match="no shard 't-1.tar'"):
        taken(tmp_path / "t-{1..3}.tar")


def test_shards_are_read_as_the_library_reads_them(tmp_path):
    wds = pytest.importorskip("webdataset")
    for number in range(2):
        with wds.TarWriter(f"{tmp_path}/s-{number:03d}.tar") as writer:
            for index in range(4):
                content = b"%d %d" % (number, index)
                writer.write({"__key__": f"{number}/{index:04d}", "jpg": content, "cls": index + number})
    pattern = f"{tmp_path}/s-{{000..001}}.tar"
    expected = [(sample["__key__"], sample["jpg"], sample["cls"].decode())
                for sample in wds.WebDataset(pattern, shardshuffle=False)]  # fmt: skip
    found = taken(pattern).listing
    got = [
        (name.partition("/")[2].removesuffix(".jpg"), (found.root / file).read_bytes()[offset:][:size], label)
        for name, file, offset, size, label in zip(
            found.names, found.files, found.offsets, found.sizes, found.labels, strict=True
        )
    ]
    assert got == expected
    assert len(got) == 8
