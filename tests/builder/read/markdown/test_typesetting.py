"""How what TeX does with words is written here."""

from builder.read.markdown import typesetting
from builder.read.markdown.commands import ENVIRONMENTS


def test_what_is_known_has_its_way_and_what_is_not_is_code() -> None:
    assert typesetting.instead("newpage") == "leave it out"
    assert typesetting.instead("nosuch") == ""
    assert "list" in typesetting.instead_of_environment("itemize")
    assert "backticks" in typesetting.instead_of_environment("nosuch")
    assert not set(typesetting.ENVIRONMENTS) & set(ENVIRONMENTS)
