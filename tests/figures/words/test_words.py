"""Words stand beside what is drawn; layers are named once, in the order of their units."""

from figures.artifact import Control, Image, Table
from figures.words import Words, layers_of


def test_an_artifact_holds_the_words_and_what_they_stand_beside() -> None:
    part, table = Image(b"", "image/png", 1, 1, "A dot"), Table(("a",), ((1,),))
    control = Control("step", "slider", ("1", "2"))
    made = Words("What is seen", {"count": 1}, ("A note",)).artifact(iter([part]), table, [control])
    assert (made.alt, made.values, made.notes) == ("What is seen", {"count": 1}, ("A note",))
    assert (made.parts, made.table, made.controls) == ((part,), table, (control,))


def test_words_without_numbers_have_none_of_others() -> None:
    assert Words("one").values is not Words("other").values


def test_a_layer_of_several_units_is_named_once() -> None:
    assert layers_of(("mixed3b:1", "mixed3a:3", "mixed3b:2-", "mixed3a:1@4,5")) == "mixed3b and mixed3a"
    assert layers_of(("a.b:1",)) == "a.b"
