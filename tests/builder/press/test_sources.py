"""The script of a figure is linked at its commit, where the site's repository has it."""

from builder.press import sources
from builder.settings import Settings

SOURCE = "https://example.org/blob/{commit}/{file}"


def test_scripts_of_the_site_are_linked_and_no_others(tmp_path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a b.py").touch()
    site = Settings(root=tmp_path / "docs", source=SOURCE)
    made = {"source": {"file": "figures/a b.py", "commit": "c0ffee"}}
    assert sources.address(site, made) == "https://example.org/blob/c0ffee/figures/a%20b.py"
    assert sources.address(Settings(root=tmp_path), made) == ""
    for file, commit in (("figures/a b.py", ""), ("figures/other.py", "c0ffee")):
        assert sources.address(site, {"source": {"file": file, "commit": commit}}) == ""
    assert sources.address(site, {}) == ""
