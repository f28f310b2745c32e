"""Rules that are asked at once find what they find one after the other."""

from __future__ import annotations

import pytest
from pygments.lexer import RegexLexer, bygroups, this, using
from pygments.lexers import get_lexer_by_name
from pygments.token import Keyword, Name, Number, Text

from builder.read.markdown import lexing

CODE = {
    "python": 'def f(x: int = 0x1F) -> str:\n    """Say."""\n    return rf"{x!r} \\n" + \'a\' if x is not None else None\n',
    "html": '<p class="a">&amp; <script>let a = /b[/]c/g;</script><style>p { color: red }</style></p>\n',
    "c": "#define A(x) \\\n  (x)\n/* a */ static int f(char *s) { return 'c' + 1.5e3f; }\n",
    "ruby": "puts <<~A, %w[a b]\n  x #{1 + 1}\nA\n",
    "bash": 'for i in $(seq 3); do echo "${i%.*}" <<EOF\n$i\nEOF\ndone\n',
    "yaml": "a:\n  - &b [1, 'c']\n  - |\n    d\n",
    "rust": 'fn main() { let s = r#"a"#; /* a /* b */ */ println!("{}", \'a\'); }\n',
}


@pytest.mark.parametrize("language", CODE)
def test_a_language_is_read_as_pygments_reads_it(language: str) -> None:
    text = CODE[language] + "".join(CODE.values())
    joined = get_lexer_by_name(language)
    lexing.join(joined, worth=0)
    assert list(joined.get_tokens(text)) == list(get_lexer_by_name(language).get_tokens(text))


class Odd(RegexLexer):
    """Rules of all kinds that cannot stand beside others as they are written, and ways between states."""

    tokens = {
        "root": [
            (r"(?i)let", Keyword),
            (r"let", Name),
            (r"([\"'])(.*?)(\1)", bygroups(Text, Name, Text), "deep"),
            (r"(?P<a>b)(?(a)c|d)", Number),
            (r"[(\]](\()", bygroups(using(this, state="deep"))),
            (r"x", Name, ("deep", "#push", "#pop")),
            (r"\(\)", Text, "#pop:3"),
        ],
        "deep": [(r"e", Number, "#push"), (r"f", Keyword, "#pop"), (r"", Text, "#pop:2")],
    }


def test_what_cannot_be_joined_is_asked_by_itself() -> None:
    text = "LET let 'q'ee f 'q\" bc bd ](] ((x()ef\n\nxeef()"
    joined = Odd()
    lexing.join(joined, worth=0)
    assert list(joined.get_tokens(text)) == list(Odd().get_tokens(text))


def test_rules_are_joined_where_there_is_much_to_read() -> None:
    lexer = Odd()
    lexing.join(lexer, worth=8)
    way = lexer.get_tokens_unprocessed.__self__
    counts = []
    for _ in range(2):
        list(lexer.get_tokens("let x\n"))
        counts.append(len(way._states))
    assert counts == [0, 2]
