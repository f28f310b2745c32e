"""Words of one's own: `variables:` leads from `network` to `GoogLeNet`, which `{{ network }}` writes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from builder.errors import UsageError
from builder.plan.catalogue.nearest import nearest
from builder.read.markdown.explained import Explained
from builder.read.markdown.lines import file_line
from builder.read.markdown.source import Source, source_of

EXPLAINED = Explained(
    title="Variables",
    text="A name in two pairs of braces stands for what a line such as `network: GoogLeNet` below `variables:` says in "
    "the head of the article, or else in the settings of the site: Markdown of one line. It may stand in text, in "
    "links, in roles and in options of directives; in code and formulas braces are braces.",
    example="""\
We look into [{{ network }}]({{ paper }}).""",
    alone=False,
)

NAME = re.compile(r"[A-Za-z][\w-]*")
CODE = r"(?<!\})(?P<mark>`+)(?:.+?)(?<!`)(?P=mark)(?!`)"
"""Code, and not the content of a role."""
FORMULA = r"\$\$.+?\$\$|\$[^$\n]+\$"
HELD = re.compile(rf"{CODE}|{FORMULA}|(?<!\\)\{{\{{[ \t]*(?P<name>[A-Za-z][\w-]*)[ \t]*\}}\}}", re.DOTALL)


def install(md: MarkdownIt) -> None:
    """Fill variables in before anything looks at inline text."""
    md.core.ruler.before("inline", "variables", fill)


def fill(state: StateCore) -> None:
    """Write what variables stand for into the text of every block."""
    source = source_of(state.env)
    for token in state.tokens:
        if token.type == "inline" and "{{" in token.content:
            token.content = filled(token.content, source, file_line(state, token.map))


def written(text: str, variables: Mapping[str, str]) -> str:
    """Put what variables stand for in their place; an unknown one stays."""
    return HELD.sub(lambda match: variables.get(match["name"] or "", match[0]), text) if "{{" in text else text


def filled(text: str, source: Source, line: int) -> str:
    """Put what variables stand for in their place; an unknown one is a problem. `line` is that of the text."""

    def value(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None:
            return match[0]
        if name not in source.variables:
            here = line + text.count("\n", 0, match.start())
            source.problem(here, f"no variable {name!r}{nearest(name, source.variables) or WHERE}")
        return source.variables.get(name, name)

    return HELD.sub(value, text) if "{{" in text else text


WHERE = "; they are named below 'variables:' in the head; where braces are meant, set them in backticks"


def read(name: object, value: object) -> tuple[str, str]:
    """Check a name and what stands for it. Raises ValueError, which says what was expected."""
    if not NAME.fullmatch(str(name)):
        raise ValueError(f"a name is a letter followed by letters, digits and hyphens, not {str(name)!r}")
    if value is None or isinstance(value, bool | list | dict | tuple):
        raise ValueError(f"{name}: expected a text or a number, not {value!r}")
    text = " ".join(str(value).split())
    if "{{" in text:
        raise ValueError(f"{name}: a variable holds no other, not {text!r}")
    return str(name), text


def of_site(table: Mapping[str, object]) -> dict[str, str]:
    """Read those of the settings."""
    try:
        return dict(read(name, value) for name, value in table.items())
    except ValueError as error:
        raise UsageError(f"pyproject.toml: [tool.microscribe.variables]: {error}") from error
