"""The list of networks that articles may name."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from builder.engine.describe import Listed
from builder.plan.catalogue import listing
from figures.specs import Site
from tests.builder.plan.catalogue.sample import open_catalogue


@pytest.fixture
def without_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two networks in torchvision, and no timm."""
    from builder.engine import describe

    known, look = describe.names_in, describe.look

    def names(source: str, site: Site, word: str) -> tuple[Sequence[str], str]:
        if source == "timm":
            raise ValueError("timm is not installed")
        ours = ["torchvision/resnet18", "torchvision/vgg16"], ""
        return ours if source == "torchvision" else known(source, site, word)

    def looked(name: str, site: Site) -> Listed:
        return look(name, site) if name.startswith("glyphs") else Listed(name, 224, random=True)

    monkeypatch.setattr(describe, "names_in", names)
    monkeypatch.setattr(describe, "look", looked)


def test_a_word_chooses_in_every_group(without_libraries, tmp_path: Path) -> None:
    catalogue = open_catalogue(tmp_path, networks={"our-resnet": {"factory": "m:f"}})
    everything, some = listing.groups(catalogue, ""), listing.groups(catalogue, "resnet")
    assert [group.title for group in everything] == [group.title for group in some]
    for whole, chosen in zip(everything, some, strict=True):
        assert chosen.rows == tuple(row for row in whole.rows if "resnet" in row.name)
    assert {row.name for group in some for row in group.rows} == {"our-resnet", "torchvision/resnet18"}


def test_a_library_that_is_missing_says_so_and_hides_no_other(without_libraries, tmp_path: Path) -> None:
    groups = {group.title: group for group in listing.groups(open_catalogue(tmp_path), "")}
    assert groups["timm"].remark == "timm is not installed"
    assert groups["timm"].rows == ()
    assert len(groups["torchvision"].rows) == 2
    assert {row.state for row in groups["Embedded"].rows} == {"in the package"}


@pytest.mark.parametrize(
    ("listed", "state"),
    [
        (Listed("x", trouble="x: no such factory"), "no such factory"),
        (Listed("x", file=Path(__file__), packaged=True), "in the package"),
        (Listed("x", random=True, url="https://h/w"), "random weights"),
        (Listed("x", file=Path(__file__), url="https://h/w"), "on disk"),
        (Listed("x", file=Path("nowhere.pth"), url="https://h/w"), "not on disk"),
        (Listed("x", file=Path("nowhere.pth")), "no file nowhere.pth"),
        (Listed("x"), "no weights; write x@FILE or x@none"),
    ],
)
def test_how_weights_are_is_said_in_words(listed: Listed, state: str) -> None:
    assert listing._state(listed) == state
