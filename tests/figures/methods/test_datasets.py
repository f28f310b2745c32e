"""Data sets on disk: every kind of picture in every layout, and what cannot be read."""

from __future__ import annotations

import os
import pickle
import sys
import tarfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from figures import lab, specs
from figures.methods import datasets
from figures.methods.datasets.decoding import decoded
from figures.methods.scan import colour_covariance
from figures.rows import RowsError


def content(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def ramp(width: int = 40, height: int = 30) -> np.ndarray:
    """Red grows to the right, green downwards; blue is 64."""
    x, y = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return np.stack([x, y, np.full_like(x, 64)], axis=-1).round().astype(np.uint8)


def close(one: np.ndarray, other: np.ndarray, most: int = 2) -> bool:
    return one.shape == other.shape and np.abs(one.astype(int) - other).max() <= most


@pytest.fixture
def site(tmp_path) -> Iterator[Path]:
    """A lab whose site lies in a folder of its own."""
    with lab.using(lab.Lab(site=specs.Site(tmp_path))):
        yield tmp_path


@pytest.fixture
def photos(site) -> Path:
    """Three good pictures, a text that calls itself a picture, and one that breaks off."""
    folder = site / "photos"
    for name, data in {
        "a/0.png": content(Image.fromarray(ramp())),
        "a/1.jpg": content(Image.fromarray(ramp(64, 64)), "JPEG", quality=95),
        "b/2.png": b"this is no picture",
        "b/3.png": content(Image.fromarray(ramp(300, 200)))[:400],
        "b/4.webp": content(Image.fromarray(ramp(20, 50)), "WEBP", lossless=True),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


# decoding


def test_a_picture_is_resized_on_its_short_side_and_cut_around_its_centre():
    whole = ramp(80, 40)
    expected = Image.fromarray(whole).crop((20, 0, 60, 40)).resize((20, 20), Image.Resampling.BILINEAR)
    assert close(decoded(content(Image.fromarray(whole)), 20, 3), np.asarray(expected), 3)
    assert np.array_equal(decoded(content(Image.fromarray(ramp(20, 20))), 20, 3), ramp(20, 20))


def test_resizing_is_antialiased():
    lines = np.zeros((64, 64, 3), np.uint8)
    lines[:, ::2] = 255
    small = decoded(content(Image.fromarray(lines)), 16, 3)[:, 1:-1]  # the border sees fewer lines
    assert np.abs(small.astype(int) - 127).max() <= 8
    with torch.inference_mode():
        like = torch.nn.functional.interpolate(
            torch.from_numpy(ramp(64, 64)).permute(2, 0, 1)[None].float(), (16, 16), mode="bilinear", antialias=True
        )
    assert close(decoded(content(Image.fromarray(ramp(64, 64))), 16, 3), like[0].permute(1, 2, 0).round().numpy())


GREY = np.asarray(Image.fromarray(ramp()).convert("L"))
AS_RGB = np.repeat(GREY[..., None], 3, axis=2)
DEEP = (GREY.astype(np.uint16) * 257).astype(np.uint16)


def cut(pixels: np.ndarray, size: int = 30) -> np.ndarray:
    return pixels[:, (pixels.shape[1] - size) // 2 :][:, :size]


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (content(Image.fromarray(GREY)), AS_RGB),
        (content(Image.fromarray(DEEP)), AS_RGB),
        (content(Image.fromarray(DEEP), "TIFF"), AS_RGB),
        (content(Image.fromarray(DEEP.astype(np.int32)), "TIFF"), AS_RGB),
        (content(Image.fromarray((GREY / 255).astype(np.float32)), "TIFF"), AS_RGB),
        (content(Image.fromarray(ramp()).convert("CMYK"), "TIFF"), ramp()),
        (content(Image.fromarray(GREY > 100)), np.where(AS_RGB > 100, 255, 0)),
    ],
    ids=["grey", "16 bits", "16-bit TIFF", "32-bit TIFF", "float TIFF", "CMYK", "bilevel"],
)
def test_pictures_of_every_mode(image, expected):
    assert close(decoded(image, 30, 3), cut(expected), 2)


def test_a_palette_with_and_without_transparency():
    palette = Image.fromarray(ramp()).quantize(200)
    expected = np.asarray(palette.convert("RGB"))
    assert close(decoded(content(palette), 30, 3), cut(expected))
    see_through = decoded(content(palette, transparency=palette.getpixel((20, 15))), 30, 3)
    assert see_through[15, 15].tolist() == [255, 255, 255]


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_is_laid_over_white(mode):
    image = Image.fromarray(ramp()).convert(mode)
    image.putalpha(Image.fromarray(np.where(ramp()[..., 1] > 128, 255, 0).astype(np.uint8)))
    found = decoded(content(image), 30, 3)
    assert (found[0] == 255).all()
    assert close(found[-1:], cut(np.asarray(image.convert("RGB")))[-1:])


def test_orientation_in_exif_is_followed():
    turned = Image.fromarray(ramp())
    exif = Image.Exif()
    exif[0x0112] = 6
    found = decoded(content(turned, "JPEG", exif=exif, quality=100, subsampling=0), 30, 3)
    upright = np.rot90(ramp(), -1)  # 40 high, 30 wide
    assert close(found, upright[5:35], 6)


def test_grey_networks_get_grey_pictures():
    assert close(decoded(content(Image.fromarray(ramp())), 30, 1), cut(GREY[..., None]))


def test_large_photographs_are_decoded_at_a_fraction_and_look_the_same():
    large = Image.fromarray(ramp(1600, 1200))
    expected = np.asarray(large.crop((200, 0, 1400, 1200)).resize((40, 40), Image.Resampling.BILINEAR))
    assert close(decoded(content(large, "JPEG", quality=95), 40, 3), expected, 4)


# folders


def test_a_folder_is_read_by_index_and_its_broken_pictures_are_told_apart(photos):
    data = datasets.load("photos").sized(24, 3)
    assert (len(data), data.name, data.size_px, data.channels) == (5, "photos", 24, 3)
    there, images = data.usable(range(5))
    assert there.tolist() == [0, 1, 4]
    assert images.shape == (3, 3, 24, 24)
    assert images.dtype == torch.float32
    assert images.is_contiguous(memory_format=torch.channels_last)
    assert 0 <= images.min() < 0.1 < 0.9 < images.max() <= 1
    assert torch.equal(data.images([4, 0, 4]), images[[2, 0, 2]])
    assert data.labels([0, 4]) == ["a", "b"]
    assert data.names([3]) == data.files([3]) == ["b/3.png"]


def test_a_table_has_a_column_of_files_where_there_are_files(photos):
    assert datasets.file_column(datasets.load("photos"), np.array([4, 0])) == {"file": ["b/4.webp", "a/0.png"]}
    assert datasets.file_column(datasets.load("glyphs:8"), [4, 0]) == {}


def test_asking_for_a_broken_picture_names_it(photos):
    with pytest.raises(ValueError, match=r"image 2 of photos, b/2.png, cannot be decoded"):
        datasets.load("photos").images([0, 2])


def test_an_index_outside_is_refused(photos):
    with pytest.raises(ValueError, match="images 0 to 4, not 5"):
        datasets.load("photos").usable([5])


def test_nothing_usable_is_no_error_before_it_is_scanned(photos):
    there, images = datasets.load("photos").sized(16, 1).usable([2, 3])
    assert len(there) == 0
    assert images.shape == (0, 1, 16, 16)


def test_digests_are_of_contents_and_size_and_not_of_the_place(photos, site):
    data = datasets.load("photos")
    (site / "moved").mkdir()
    photos.rename(site / "moved" / "pictures")
    again = datasets.load("moved/pictures")
    assert data.digest == again.digest
    assert len({data.digest, data.sized(64, 3).digest, data.sized(64, 1).digest, again.part(0, 3).digest}) == 4
    assert again.part(1, 4).part(1, 3).digest == again.part(2, 4).digest


def test_in_a_lab_that_remembers_the_code_that_decodes_counts(photos):
    plain = datasets.load("photos").digest
    with lab.using(lab.Lab(site=lab.current().site, closure=lambda code: code.__name__)):
        assert datasets.load("photos").digest != plain


def test_a_picture_that_changes_under_way_is_an_error(photos):
    data = datasets.load("photos")
    (photos / "a/0.png").write_bytes(content(Image.fromarray(ramp()[::-1])))
    with pytest.raises(ValueError, match="changed while in use"):
        data.images([0])
    (photos / "a/0.png").unlink()
    with pytest.raises(ValueError, match="cannot be read any more"):
        data.images([0])


def test_the_first_images_and_parts_know_their_own(photos):
    assert len(datasets.load("photos:2")) == 2
    part = datasets.load("photos").part(3, 9)
    assert len(part) == 2
    assert part.names([0, 1]) == ["b/3.png", "b/4.webp"]
    assert part.usable([0, 1])[0].tolist() == [1]


def test_a_data_set_can_be_sent_to_a_worker_and_a_part_is_small(photos):
    data = datasets.load("photos")
    assert torch.equal(pickle.loads(pickle.dumps(data)).images([0]), data.images([0]))
    whole, part = (len(pickle.dumps(one)) for one in (data, data.part(0, 1)))
    assert part < whole - 100


def test_a_lab_that_remembers_lists_a_folder_once(photos, monkeypatch):
    opened = []
    plain = datasets.manifests.fingerprint
    monkeypatch.setattr(datasets.manifests, "fingerprint", lambda *some: opened.append(1) or plain(*some))
    for store, times in ((object(), 1), (object(), 1), (None, 3)):
        opened.clear()
        with lab.using(lab.Lab(store=store, site=lab.current().site)):
            for _ in range(3):
                datasets.load("photos")
        assert len(opened) == times


def test_a_site_remembers_contents_in_its_own_folder(photos, site):
    datasets.load("photos")
    assert not (site / ".microscribe").exists()
    (site / ".microscribe").mkdir()
    for path in photos.rglob("*.*"):
        os.utime(path, (1e9, 1e9))
    datasets.load("photos")
    assert len(list((site / ".microscribe" / "datasets").iterdir())) == 1


# other layouts


def layouts(root: Path, photos: Path) -> dict[str, str]:
    """Lay the same five pictures out in every other way; return names of the data sets."""
    files = sorted(path for path in photos.rglob("*") if path.is_file())
    rows = [f"{path.relative_to(root)},{path.parent.name}" for path in files]
    (root / "list.csv").write_text("\n".join(["image,label", *rows]))
    for number, some in enumerate((files[:2], files[2:])):
        with tarfile.open(root / f"s-{number}.tar", "w") as tar:
            for path in some:
                tar.add(path, f"{path.stem}{path.suffix}")
                info = tarfile.TarInfo(f"{path.stem}.cls")
                info.size = 1
                tar.addfile(info, BytesIO(path.parent.name.encode()))
    return {"csv": "list.csv", "webdataset": "s-{0..1}.tar"}


@pytest.mark.parametrize("kind", ["csv", "webdataset"])
def test_every_layout_holds_the_same_pictures(site, photos, kind):
    name = layouts(site, photos)[kind]
    data, plain = datasets.load(name).sized(32, 3), datasets.load("photos").sized(32, 3)
    assert data.usable(range(5))[0].tolist() == [0, 1, 4]
    assert torch.equal(data.images([4, 1]), plain.images([4, 1]))
    assert data.labels(range(5)) == ["a", "a", "b", "b", "b"]
    assert data.part(1, 5).names([3]) == data.names([4]) == data.files([4])
    assert len(datasets.load(f"{name}:3")) == 3


def test_a_table_with_mistakes_has_their_lines(site, photos):
    (site / "list.csv").write_text("image\nphotos/a/0.png\nphotos/a/00.png\n")
    with pytest.raises(RowsError) as caught:
        datasets.load("list.csv")
    assert caught.value.problems[0][0] == 3


def hugging_face(root: Path, photos: Path) -> Callable:
    library = pytest.importorskip("datasets")
    files = sorted(path for path in photos.rglob("*") if path.is_file())
    features = library.Features(
        {"number": library.Value("int64"), "picture": library.Image(), "label": library.ClassLabel(names=["a", "b"])}
    )
    columns = {
        "number": list(range(5)),
        "picture": [{"bytes": path.read_bytes(), "path": None} for path in files],
        "label": [path.parent.name for path in files],
    }
    return library.Dataset.from_dict(columns, features=features)


@pytest.mark.slow
def test_a_hugging_face_data_set_on_disk(site, photos):
    hugging_face(site, photos).save_to_disk(str(site / "hf"))
    data, plain = datasets.load("hf").sized(32, 3), datasets.load("photos").sized(32, 3)
    assert data.usable(range(5))[0].tolist() == [0, 1, 4]
    assert torch.equal(data.images([4, 1]), plain.images([4, 1]))
    assert data.labels([0, 4]) == ["a", "b"]
    part = data.part(1, 5).part(0, 4)
    assert (len(part), part.names([3]), part.labels([0, 1])) == (4, ["row 4"], ["a", "b"])
    assert torch.equal(part.images([3]), data.images([4]))
    assert len({data.digest, part.digest, datasets.load("hf:3").digest}) == 3
    assert len(datasets.load("hf:3")) == 3
    with pytest.raises(ValueError, match="there are 5 images, fewer than 6"):
        datasets.load("hf:6")


def test_arrays_in_a_hugging_face_data_set(site, photos):
    library = pytest.importorskip("datasets")
    features = library.Features({"image": library.Array3D((30, 40, 3), "uint8")})
    library.Dataset.from_dict({"image": [ramp()]}, features=features).save_to_disk(str(site / "arrays"))
    with lab.using(lab.Lab(site=specs.Site(site, {}, {"arrays": {"path": "arrays", "size": 30}}))):
        found = datasets.load("arrays").images([0])
    assert close((found[0].permute(1, 2, 0) * 255).numpy(), cut(ramp()))


def test_a_column_that_is_not_there_names_the_nearest(site, photos):
    hugging_face(site, photos).save_to_disk(str(site / "hf"))
    tables = {"faces": {"path": "hf", "images": "pictures"}}
    with (
        lab.using(lab.Lab(site=specs.Site(site, {}, tables))),
        pytest.raises(ValueError, match="did you mean 'picture'"),
    ):
        datasets.load("faces")


def test_without_the_library_the_extra_is_named(site, photos, monkeypatch):
    hugging_face(site, photos).save_to_disk(str(site / "hf"))
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(ValueError, match=r"pip install 'microscribe\[huggingface\]'"):
        datasets.load("hf")


# glyphs


def test_glyphs_are_resized_and_made_grey():
    data = datasets.load("glyphs:8")
    assert torch.equal(data.sized(64, 3).images([1, 2]), data.images([1, 2]))
    grey = data.sized(32, 1).images([1, 2])
    assert grey.shape == (2, 1, 32, 32)
    assert float((grey.mean() - data.sized(64, 1).images([1, 2]).mean()).abs()) < 1e-3
    assert data.images([1], 128).shape == (1, 3, 128, 128)
    with pytest.raises(ValueError, match="not 13"):
        data.sized(64, 13).images([0])


def test_parts_of_glyphs_are_the_same_whatever_the_whole():
    small, large = datasets.load("glyphs:40"), datasets.load("glyphs:90")
    assert small.part(10, 30).digest == large.part(10, 30).digest != large.part(10, 31).digest
    assert torch.equal(large.part(10, 30).part(5, 9).images([2]), small.images([17]))
    assert small.part(10, 99).count == 30
    assert small.part(10, 30).parameters([0]).shape == small.parameters([10]).shape
    assert len({small.digest, small.sized(32, 3).digest, small.sized(64, 1).digest}) == 3


# colours


def test_colours_are_those_of_images_that_can_be_decoded(photos):
    data = datasets.load("photos").sized(16, 3)
    pixels = data.images([0, 1, 4]).movedim(1, 0).flatten(1).numpy()
    assert np.allclose(colour_covariance(data)["covariance"], np.cov(pixels), atol=1e-6)
    assert colour_covariance(data.sized(16, 1))["covariance"].shape == (1, 1)
    with pytest.raises(ValueError, match="none of 2 images can be decoded"):
        colour_covariance(data.part(2, 4))
