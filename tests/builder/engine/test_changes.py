from builder.engine.changes import changes


def test_changes_are_told_in_words() -> None:
    before = {"figure": "f", "parameters": {"a": 1}, "sources": {"figures.x:f": "1", "figures.x:g": "2"}}
    after = {"figure": "f", "parameters": {"a": 2}, "sources": {"figures.x:f": "3", "figures.x:h": "2"}}
    assert changes(after, before) == [
        "parameter a: 1 became 2",
        "source figures.x, f changed",
        "source figures.x, g is no longer used",
        "source figures.x, h was added",
    ]
