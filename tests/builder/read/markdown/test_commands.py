"""The names of commands and environments."""

from builder.read.markdown.commands import COMMANDS, ENVIRONMENTS, HINTS
from builder.read.markdown.maths import formula


def test_every_name_that_is_suggested_can_be_read() -> None:
    needs = {"DeclareMathOperator": r"{\a}{a}", "DeclarePairedDelimiter": r"{\a}{(}{)}"}
    written = {name: f"\\{name}{needs.get(name, '{a}{a}{a}')}" for name in COMMANDS}
    unknown = [name for name, text in written.items() if "no command" in str(formula(text, True).mistakes)]
    assert unknown == []
    bare = {
        "array": "{c}",
        "subarray": "{c}",
        "IEEEeqnarray": "{c}",
        "IEEEeqnarray*": "{c}",
        "alignat": "{1}",
        "alignat*": "{1}",
        "alignedat": "{1}",
    }
    refused = [
        name
        for name in ENVIRONMENTS
        if formula(rf"\begin{{{name}}}{bare.get(name, '')} a \end{{{name}}}", True).mistakes
    ]
    assert refused == []


def test_no_hint_is_for_a_command_that_there_is() -> None:
    assert not set(HINTS) & set(COMMANDS)
    assert not [name for name in HINTS if not formula(rf"\{name}{{a}}{{a}}", True).mistakes]
