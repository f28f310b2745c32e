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
        ("{OpenAI} and : and Josh Achiam", "OpenAI and J. Achiam"),
        ("Gemini Team and Doe, J. et al.", "Gemini Team, J. Doe et al"),
        ("'t Hooft, Gerard and M.-L. \\'Etienne", "G. ’t Hooft and M.-L. Étienne"),
        ("given=Jane, family=Doe, prefix=von and A B", "J. von Doe and A. B"),
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


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("Bengio Y. and LeCun Y. J.", "a comma follows a family name that comes first: 'Bengio, Y.'"),
        ("Yoshua Bengio, Yann LeCun, Geoffrey Hinton", "people are parted by the word 'and', not by ','"),
        ("Bengio, Yoshua; LeCun, Yann", "not by ';'"),
        ("Bengio, Yoshua \\& LeCun, Yann", "not by '\\\\&'"),
        ("Martin Luther King, Jr. and Smith, III, John", ""),
        ("{A, B, C; D} and de la Cruz, Ana", ""),
        ("Wei Wang 0001 and Y. LeCun", ""),
    ],
)
def test_what_bibtex_reads_otherwise_is_told(field: str, said: str) -> None:
    assert said in names.mistake(field)
    assert bool(said) == bool(names.mistake(field))
