"""Images that cannot be read are counted and named."""

from types import SimpleNamespace

from figures.words.images import NAMED, unreadable


def seen(*broken: str, images: int = 9) -> SimpleNamespace:
    return SimpleNamespace(dataset="photos", images=images, broken=broken)


def test_nothing_is_said_where_all_can_be_read() -> None:
    assert unreadable(seen()) == ()


def test_one_and_several_are_counted_of_all_and_named() -> None:
    assert unreadable(seen("a/01.png")) == ("1 of 10 images of photos is left out, since it cannot be read: a/01.png.",)
    assert unreadable(seen("a.png", "b.png", "c.png")) == (
        "3 of 12 images of photos are left out, since they cannot be read: a.png, b.png, c.png.",
    )


def test_of_very_many_the_first_are_named() -> None:
    names = [f"{index}.png" for index in range(NAMED + 3)]
    (note,) = unreadable(seen(*names))
    assert note.startswith(f"{NAMED + 3} of {NAMED + 12} images of photos")
    assert note.endswith(f"{NAMED - 1}.png and 3 more.")
    assert f"{NAMED}.png" not in note.split()
