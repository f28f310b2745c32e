"""Fingerprints of data sets on disk: by content, the same everywhere, and read once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import time
from io import BytesIO
from pathlib import Path

import pytest

from figures import manifests, specs
from figures.manifests import memory
from figures.rows import RowsError

FILES = {"b/2.png": b"two", "a/1.jpg": b"one", "a/3.JPEG": b"three", "b/deep/4.webp": b"four", "b/notes.txt": b"no"}


def write(root: Path, files: dict[str, bytes]) -> Path:
    """Write files that were last changed a minute ago."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        aged(path)
    return root


def aged(path: Path, seconds: int = 60) -> None:
    then = time.time_ns() - seconds * 10**9
    os.utime(path, ns=(then, then))


def taken(path: Path | str, folder: Path | None = None, **settings: object) -> manifests.Manifest:
    site = specs.Site(Path("/"), {}, {"data": {"path": str(path), **settings}})
    return manifests.fingerprint(specs.dataset("data", site), folder)


def first(path: Path, count: int, folder: Path | None = None) -> manifests.Manifest:
    site = specs.Site(Path("/"), {}, {"data": {"path": str(path)}})
    return manifests.fingerprint(specs.dataset(f"data:{count}", site), folder)


@pytest.fixture
def reads(monkeypatch) -> list[str]:
    """The names of files that are read for their digest."""
    found: list[str] = []
    plain = memory._sha256
    monkeypatch.setattr(memory, "_sha256", lambda path: found.append(path.name) or plain(path))
    return found


def test_images_are_listed_by_name_with_their_first_folder_as_label(tmp_path):
    found = taken(write(tmp_path, FILES))
    assert found.names == ("a/1.jpg", "a/3.JPEG", "b/2.png", "b/deep/4.webp")
    assert found.labels == ("a", "a", "b", "b")
    assert found.sizes == (3, 5, 3, 4)


def test_a_flat_folder_has_no_labels(tmp_path):
    assert taken(write(tmp_path, {"1.png": b"1", "2.png": b"2"})).labels == ()


def test_the_digest_is_over_names_and_contents_and_nothing_else(tmp_path):
    one = taken(write(tmp_path / "one", FILES))
    other = taken(write(tmp_path / "other", dict(reversed(FILES.items()))))
    for path in (tmp_path / "other").rglob("*"):
        aged(path, 4000)
    assert one.digest == other.digest == taken(tmp_path / "other").digest
    renamed = taken(write(tmp_path / "renamed", {("z" + name): content for name, content in FILES.items()}))
    changed = taken(write(tmp_path / "changed", {**FILES, "a/1.jpg": b"eno"}))
    assert len({one.digest, renamed.digest, changed.digest}) == 3
    assert one.digest != taken(tmp_path / "one", size=64).digest


def test_nothing_is_read_again_until_it_changes(tmp_path, reads):
    root, folder = write(tmp_path / "data", FILES), tmp_path / "memory"
    before = taken(root, folder)
    assert sorted(reads) == ["1.jpg", "2.png", "3.JPEG", "4.webp"]
    reads.clear()
    assert taken(root, folder).digest == before.digest
    assert reads == []
    write(root, {"a/0.png": b"nil", "a/1.jpg": b"ONE and more"})
    (root / "b/2.png").unlink()
    after = taken(root, folder)
    assert sorted(reads) == ["0.png", "1.jpg"]
    assert after.digest == taken(root).digest != before.digest


def test_a_file_of_the_same_size_with_another_time_is_read_again(tmp_path, reads):
    root, folder = write(tmp_path / "data", FILES), tmp_path / "memory"
    before = taken(root, folder)
    (root / "a/1.jpg").write_bytes(b"eno")
    aged(root / "a/1.jpg", 30)
    reads.clear()
    assert taken(root, folder).digest != before.digest
    assert reads == ["1.jpg"]


def test_a_file_that_has_only_just_changed_is_not_trusted(tmp_path, reads):
    root, folder = write(tmp_path / "data", FILES), tmp_path / "memory"
    (root / "a/1.jpg").write_bytes(b"eno")
    for _ in range(2):
        reads.clear()
        taken(root, folder)
        assert "1.jpg" in reads
    assert reads == ["1.jpg"]


def test_the_memory_is_one_file_and_what_is_spoiled_in_it_is_read_again(tmp_path, reads):
    root, folder = write(tmp_path / "data", FILES), tmp_path / "memory"
    before = taken(root, folder)
    (kept,) = folder.iterdir()
    assert set(json.loads(kept.read_bytes())) == {"format", "names", "sizes", "times", "digests", "tars"}
    for spoiled in (b"", b"[1]", kept.read_bytes()[:-20], kept.read_bytes().replace(b'"sizes":[', b'"sizes":[1,')):
        kept.write_bytes(spoiled)
        reads.clear()
        assert taken(root, folder).digest == before.digest
        assert len(reads) == 4


def test_what_was_read_before_an_interrupt_is_kept(tmp_path, monkeypatch):
    root, folder = write(tmp_path / "data", {f"{i:03d}.png": b"%d" % i for i in range(40)}), tmp_path / "memory"
    monkeypatch.setattr(memory, "_AT_ONCE", 8)
    plain, seen = memory._sha256, []

    def stops(path: Path) -> bytes:
        if path.name == "030.png":
            raise KeyboardInterrupt
        return plain(path)

    monkeypatch.setattr(memory, "_sha256", stops)
    with pytest.raises(KeyboardInterrupt):
        taken(root, folder)
    monkeypatch.setattr(memory, "_sha256", lambda path: seen.append(path.name) or plain(path))
    taken(root, folder)
    assert min(seen) >= "024.png"
    assert "031.png" in seen


def test_the_first_images_alone_are_read(tmp_path, reads):
    root, folder = write(tmp_path / "data", FILES), tmp_path / "memory"
    two = first(root, 2, folder)
    assert sorted(reads) == ["1.jpg", "3.JPEG"]
    assert two.names == ("a/1.jpg", "a/3.JPEG")
    reads.clear()
    whole = taken(root, folder)
    assert sorted(reads) == ["2.png", "4.webp"]
    assert two.digest == whole.part(0, 2).digest
    reads.clear()
    assert first(root, 2, folder).digest == two.digest
    assert taken(root, folder).digest == whole.digest
    assert reads == []


def test_more_images_than_there_are_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="there are 4 images, fewer than 9"):
        first(write(tmp_path, FILES), 9)


def test_the_digest_of_a_part_depends_on_these_images_alone(tmp_path):
    one = taken(write(tmp_path / "one", FILES))
    other = taken(write(tmp_path / "other", {**FILES, "b/deep/4.webp": b"other", "c/5.png": b"five"}))
    assert one.part(0, 3).pixels_digest == other.part(0, 3).pixels_digest
    assert one.part(1, 4).pixels_digest != other.part(1, 4).pixels_digest


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_named_and_left_out(tmp_path):
    root = write(tmp_path, FILES)
    (root / "a/1.jpg").chmod(0)
    self_check(root)


def test_a_link_that_leads_nowhere_is_named_and_left_out(tmp_path):
    root = write(tmp_path, FILES)
    (root / "a/1.jpg").unlink()
    (root / "a/1.jpg").symlink_to(tmp_path / "nowhere")
    self_check(root)


def self_check(root: Path) -> None:
    found = taken(root)
    assert found.broken == ("a/1.jpg",)
    assert found.names == ("a/3.JPEG", "b/2.png", "b/deep/4.webp")
    assert found.labels == ("a", "b", "b")


def test_a_link_to_a_folder_above_is_not_followed(tmp_path):
    root = write(tmp_path, FILES)
    (root / "a" / "loop").symlink_to(root)
    assert len(taken(root)) == 4


@pytest.mark.parametrize("files", [{}, {"notes.txt": b"x"}, {".hidden.png": b"x"}])
def test_a_folder_without_an_image_is_an_error(tmp_path, files):
    (tmp_path / "data").mkdir()
    with pytest.raises(ValueError, match="has no image"):
        taken(write(tmp_path / "data", files))


def test_a_place_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="there is no"):
        taken(tmp_path / "nowhere")


# tables


def table(root: Path, text: str, name: str = "list.csv") -> Path:
    write(root, {**FILES, name: text.encode()})
    return root / name


def test_a_table_names_images_and_labels_in_its_own_order(tmp_path):
    found = taken(table(tmp_path, "label,image\ncat,b/2.png\ndog,a/1.jpg\ncat,b/2.png\n"))
    assert found.names == ("b/2.png", "a/1.jpg", "b/2.png")
    assert found.labels == ("cat", "dog", "cat")


def test_columns_the_root_and_tabs_can_be_chosen(tmp_path):
    path = table(tmp_path, "what\twhere\nx\t1.jpg\n", "list.tsv")
    found = taken(path, images="where", labels="what", root=str(tmp_path / "a"))
    assert (found.names, found.labels) == (("1.jpg",), ("x",))


def test_every_row_that_names_no_file_has_its_line(tmp_path):
    path = table(tmp_path, 'image,label\na/1.jpg,x\na/1.jpeg,y\n"b/\n2.png",z\n,w\n')
    with pytest.raises(RowsError) as caught:
        taken(path)
    assert [line for line, _ in caught.value.problems] == [3, 4, 6]
    assert "did you mean '1.jpg'" in caught.value.problems[0][1]
    assert "no path in the column 'image'" in caught.value.problems[2][1]


def test_a_column_that_is_not_there_names_the_nearest(tmp_path):
    with pytest.raises(RowsError, match="no column 'imges' in image, label; did you mean 'image'") as caught:
        taken(table(tmp_path, "image,label\na/1.jpg,x\n"), images="imges")
    assert caught.value.line == 1


def test_an_endless_list_of_mistakes_is_cut_short(tmp_path):
    with pytest.raises(RowsError) as caught:
        taken(table(tmp_path, "image\n" + "".join(f"no{i}.png\n" for i in range(500))))
    assert len(caught.value.problems) == 20


def test_labels_count_in_the_digest_and_not_in_that_of_the_pixels(tmp_path):
    one = taken(table(tmp_path / "1", "image,label\na/1.jpg,x\n"))
    other = taken(table(tmp_path / "2", "image,label\na/1.jpg,y\n"))
    assert one.digest != other.digest
    assert one.pixels_digest == other.pixels_digest


def test_a_table_in_another_encoding_is_an_error(tmp_path):
    path = table(tmp_path, "image\n")
    path.write_bytes("image\nä.png\n".encode("latin-1"))
    with pytest.raises(ValueError, match="not UTF-8"):
        taken(path)


# shards


def shard(path: Path, members: list[tuple[str, bytes]], mode: str = "w", age: int = 60) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, mode) as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, BytesIO(content))
    aged(path, age)
    return path


MEMBERS = [("x/001.jpg", b"one"), ("x/001.cls", b"3\n"), ("x/002.cls", b"4"), ("x/002.seg.PNG", b"two"),
           ("x/003.txt", b"no image"), ("__meta__/info.png", b"m"), ("x/noending", b"q"), ("004.png", b"three")]  # fmt: skip


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


# Hugging Face


def test_files_of_a_table_on_disk_are_what_counts(tmp_path):
    files = {"dataset_info.json": b"{}", "state.json": b"{}", "data-0.arrow": b"rows", "cache-1.arrow": b"x"}
    found = taken(write(tmp_path, files))
    assert found.names == ("data-0.arrow", "dataset_info.json", "state.json")
    assert found.part(0, 10).digest != found.part(10, 20).digest != found.digest
    assert found.part(0, 50).part(10, 20).span == (10, 20)


def test_a_folder_of_splits_names_them(tmp_path):
    root = write(tmp_path, {"dataset_dict.json": b"{}", "test/state.json": b"{}", "train/state.json": b"{}"})
    with pytest.raises(ValueError, match="expected the path of one of them: 'test', 'train'"):
        taken(root)


def test_manifests_need_nothing_but_the_standard_library():
    code = (
        "import sys\n"
        "for name in ('numpy', 'torch', 'PIL', 'datasets', 'webdataset'): sys.modules[name] = None\n"
        "import figures.manifests\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(manifests.__file__).parents[2])
