"""Licences and where they can be read."""

import pytest

from builder.press import licences


@pytest.mark.parametrize(
    ("written", "address", "name"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("cc-by-nc-sa-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/", "cc-by-nc-sa-3.0"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/", "CC0"),
        ("mit", "https://spdx.org/licenses/MIT.html", "mit"),
        ("https://creativecommons.org/licenses/by-sa/4.0/", "https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
        ("https://www.example.org/terms", "https://www.example.org/terms", "example.org"),
        ("All rights reserved", "", "All rights reserved"),
    ],
)  # fmt: skip
def test_what_is_written_leads_to_its_text(written: str, address: str, name: str) -> None:
    assert (licences.address(written), licences.name(written)) == (address, name)
