"""Bytes to text."""

from builder.importers.decoding import decoded, repair


def test_what_was_decoded_wrongly_is_put_right_and_told() -> None:
    wrong = "it’s 1–2 é".encode().decode("cp1252")
    text, remarks = repair(f"a\n{wrong}")
    assert text == "a\nit’s 1–2 é"
    assert {remark.line for remark in remarks} == {2}


def test_what_is_right_stays() -> None:
    text = "é “so” — naïve â 日本"
    assert repair(text) == (text, [])


def test_a_file_that_is_not_utf8_is_read_as_windows() -> None:
    text, remarks = decoded(b"a\r\nit\x92s")
    assert text == "a\nit’s"
    assert remarks[0].line == 2
    assert "0x92" in remarks[0].message
