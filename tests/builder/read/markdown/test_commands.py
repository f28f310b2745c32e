"""The names of commands and environments."""

from builder.read.markdown.commands import COMMANDS, ENVIRONMENTS
from builder.read.markdown.maths import formula


def test_every_name_that_is_suggested_can_be_read() -> None:
    needs = {"DeclareMathOperator": r"{\a}{a}", "substack": "{a}"}
    written = {name: f"\\{name}{needs.get(name, '')}" for name in COMMANDS}
    unknown = [name for name, text in written.items() if "no command" in str(formula(text, True).mistakes)]
    assert unknown == []
    bare = {"array": "{c}", "subarray": "{c}", "alignat": "{1}", "alignat*": "{1}", "alignedat": "{1}"}
    refused = [
        name
        for name in ENVIRONMENTS
        if formula(rf"\begin{{{name}}}{bare.get(name, '')} a \end{{{name}}}", True).mistakes
    ]
    assert refused == []
