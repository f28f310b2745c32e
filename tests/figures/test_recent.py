"""What was read lately is there, and never more than there is room for."""

from figures.recent import Recent


def test_what_was_not_asked_for_the_longest_goes() -> None:
    recent: Recent[str] = Recent(most_bytes=10)
    recent.put("a", "A", 4)
    recent.put("b", "B", 4)
    assert recent.get("a") == "A"
    recent.put("c", "C", 4)
    assert [recent.get(key) for key in "abc"] == ["A", None, "C"]
    recent.put("d", "D", 11)
    assert recent.get("d") is None
    assert recent.size == 8


def test_what_is_there_is_not_kept_twice() -> None:
    recent: Recent[str] = Recent(most_bytes=10)
    recent.put("a", "A", 4)
    recent.put("a", "B", 4)
    assert (recent.get("a"), recent.size) == ("A", 4)
