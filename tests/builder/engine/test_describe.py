"""Networks are looked at for the catalogue, and every mistake of a network's own code becomes a message."""

from pathlib import Path

import pytest

from builder.engine import describe
from builder.engine.describe import Listed
from builder.plan.catalogue import specs


@pytest.fixture
def site(tmp_path: Path):
    return specs.site(tmp_path, {}, {})


def test_weights_are_here_where_their_file_is(tmp_path: Path) -> None:
    assert not Listed("x").is_here
    assert not Listed("x", file=tmp_path / "w.pth").is_here
    (tmp_path / "w.pth").touch()
    assert Listed("x", file=tmp_path / "w.pth").is_here


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("as it is"), "as it is"),
        (ImportError("no timm"), "net cannot be looked at here: no timm"),
        (ZeroDivisionError("division by zero"), "net cannot be made: ZeroDivisionError: division by zero"),
    ],
)
def test_what_goes_wrong_while_a_network_is_made_is_one_kind_of_error(error: Exception, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"), describe._plainly("net"):
        raise error


def test_libraries_name_their_networks_in_full(site) -> None:
    names, _ = describe.names_in("torchvision", site, "")
    assert len(names) == len(set(names)) > 50
    assert all(name.startswith("torchvision/") for name in names)


def test_a_look_builds_nothing_and_knows_the_size_and_the_weights(site) -> None:
    listed = describe.look("torchvision/googlenet@none", site)
    assert (listed.input_size, listed.random, listed.trouble) == (224, True, "")
    trained = describe.look("torchvision/googlenet", site)
    assert trained.file is not None
    assert trained.url.endswith(trained.file.name)
