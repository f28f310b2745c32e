"""Names of authors, as libraries write them."""

import pytest

from builder.read import names


@pytest.mark.parametrize(
    ("field", "listed"),
    [
        (r"\v{C}apek, K. and {\'E}mile Zola and \'{E}douard Manet", "K. Čapek, É. Zola and É. Manet"),
        (r"Hans {\O}rsted and \"Ozg\"ur \.{I}nan", "H. Ørsted and Ö. İnan"),
        ("Griffey, Jr., Ken and Martin Luther King Jr.", "K. Griffey Jr. and M. L. King Jr"),
        ("Smith, III, John and John Smith, III", "J. Smith III and J. Smith III"),
        ("Kingma, DP and J.R.R. Tolkien and Jean-Pierre Serre", "D. P. Kingma, J. R. R. Tolkien and J.-P. Serre"),
        ("Plato and 李明 and 李 明", "Plato, 李明 and 李 明"),
        ("Deep {van der} Berg and {Barnes and Noble, Inc.}", "D. van der Berg and Barnes and Noble, Inc"),
        (r"Wei Wang 0001 and de la Vall{\'e}e Poussin, Charles", "W. Wang and C. de la Vallée Poussin"),
        ("Anders Andersen AND others", "A. Andersen et al"),
        ("A and and B", "A and B"),
    ],
)
def test_references_list_them(field: str, listed: str) -> None:
    assert names.listed(names.read(field)) == listed


@pytest.mark.parametrize(
    ("field", "short"),
    [
        ("Martin Luther King Jr.", "King"),
        ("A B and D, Jr., C", "B and D"),
        ("A B and others", "B et al."),
        ("{A} and B and C", "A et al."),
        ("", ""),
    ],
)
def test_running_text_names_them(field: str, short: str) -> None:
    assert names.short(names.read(field)) == short
