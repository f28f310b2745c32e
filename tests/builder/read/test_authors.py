"""Authors, as this and other systems write them."""

import pytest

from builder.read.authors import people
from builder.read.front import Author
from builder.read.head import Mistake


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ({"affiliation": "A"}, ("A",)),
        ({"affiliations": ["A", {"name": "B"}]}, ("A", "B")),
        ({"affiliations": "A, B"}, ("A, B",)),
        ({}, ()),
    ],
)
def test_an_author_works_in_one_place_or_several(written: dict, places: tuple[str, ...]) -> None:
    assert people("authors", [{"name": "Ada", **written}]) == (Author("Ada", affiliations=places),)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x"])
def test_an_address_is_one_of_the_web(url: str) -> None:
    with pytest.raises(Mistake, match="expected an address"):
        people("authors", {"name": "Ada", "url": url})
