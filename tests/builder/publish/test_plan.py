"""What a publication will add, change and remove."""

import pytest

from builder.publish.plan import size


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB")]
)
def test_sizes(count: int, text: str) -> None:
    assert size(count) == text
