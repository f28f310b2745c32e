import itertools
import re

import pytest

from builder.plan.catalogue import units
from builder.press import addresses

MODELS = [
    "glyphs", "glyphs-untrained", "glyphs@none", "glyphs-at-none", "torchvision/googlenet", "torchvision-googlenet",
    "torchvision/googlenet@none", "torchvision/googlenet@IMAGENET1K_V1", "torchvision-googlenet-at-none",
    "timm/resnet50d.ra2_in1k", "timm-resnet50d.ra2_in1k", "inceptionv1@a/b.pth", "inceptionv1@a-b.pth",
    "inceptionv1@../../etc.pth", "inceptionv1@~/x y.pth", "my net", "my-net", "my_net", "..", ".", "../up", "netz\u00e4", "netz",
]  # fmt: skip
UNITS = [
    "mixed3b:17", "mixed3b:17-", "mixed3b:17@4,5", "mixed3b:17@4,5-", "mixed3b:17@45,5", "mixed3b:17@4,55",
    "mixed3b:174", "mixed3b.pre:17", "layer1.0.conv1:17", "layer10.conv1:17",
    "größe:3", "gr-e:3", "gre:3", "a+b:3", "a-b:3", "a-1-at-3:4", "a:1@3,4",
]  # fmt: skip


def named(model: str, unit: str) -> units.NetworkUnit:
    return units.NetworkUnit(model, units.read(unit))


@pytest.mark.parametrize(
    ("model", "unit", "page"),
    [
        ("glyphs", "mixed3b:17", "units/glyphs/mixed3b-17.html"),
        ("glyphs", "mixed3b:17@4,5-", "units/glyphs/mixed3b-17-at-4-5-negative.html"),
        ("torchvision/googlenet", "mixed3b.pre:3", "units/torchvision-googlenet/mixed3b.pre-3.html"),
        ("torchvision/googlenet@none", "mixed3b:3", "units/torchvision-googlenet-at-none/mixed3b-3.html"),
    ],
)
def test_addresses_can_be_read(model: str, unit: str, page: str) -> None:
    assert addresses.page_of(named(model, unit)) == page


def test_addresses_are_safe_and_differ_where_names_differ() -> None:
    pages = {addresses.page_of(named(model, unit)) for model, unit in itertools.product(MODELS, UNITS)}
    assert len({page.lower() for page in pages}) == len(MODELS) * len(UNITS)
    assert all(re.fullmatch(r"units/\w[\w.-]*/\w[\w.-]*\.html", page, re.ASCII) for page in pages)
    stems = {addresses.of_network_unit(named(model, unit)) for model, unit in itertools.product(MODELS, UNITS)}
    assert all(re.fullmatch(r"[\w.-]+", stem, re.ASCII) for stem in stems)


def test_no_text_leaves_its_folder() -> None:
    assert addresses.safe("../../x/..") == "x-.."
    assert "/" not in addresses.of_model("a/b/c/../d")


def test_identifiers_are_of_letters_digits_lines_and_hyphens() -> None:
    ids = {addresses.identifier(text) for text in ("block7.depthwise", "features.0.conv", "a/b:3@4,5", "mixed3b")}
    assert len(ids) == 4
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", one) for one in ids)
