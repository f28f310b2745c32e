"""Names of authors in a bibliography: who they are, and how references and running text write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.read.undone import undone

Names = tuple[tuple[str, str], ...]
"""Pairs (given, family); a suffix stands behind the family, "others" alone for those who are not named."""
SUFFIX = re.compile(r",? (Jr\.?|Sr\.?|I{2,3}|IV)$")
HELD = {" ": "\ue000", ",": "\ue001", "\N{NO-BREAK SPACE}": "\ue000"}
GROUP = re.compile(r"\{([^{}\\]*)\}")
MARK = re.compile(r"[{}]|(?:^| )[aA][nN][dD](?= |$)")
HOMONYM = re.compile(r"\s\d{4}$")


def read(field: str) -> Names:
    """Read a field `author`: people joined by "and", each "Family, Given" or "Given Family"."""
    if not field.strip():
        return ()
    return tuple(_person(person) for person in _people(" ".join(field.split())) if person)


def _people(field: str) -> Iterator[str]:
    """Part people at the word "and" outside of braces; bibtexparser loses the accent that a name begins with."""
    depth, begin = 0, 0
    for match in MARK.finditer(field):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth <= 0 and len(match[0]) > 1:
            yield field[begin : match.start()].strip()
            begin = match.end()
    yield field[begin:].strip()


def _person(whole: str) -> tuple[str, str]:
    """Part a name once its accents are signs: a command at its beginning says nothing of its case."""
    if whole.startswith("{") and whole.endswith("}") and _is_one_group(whole):
        return "", undone(whole)
    plain = HOMONYM.sub("", undone(GROUP.sub(lambda match: _held(match[1]), whole)))
    if "," not in plain and plain.lower() == plain.upper():
        return "", plain  # scripts without capitals put the family first, and a space says nothing
    given, family = _parted(plain.replace("\N{NO-BREAK SPACE}", " "))
    return _freed(given), _freed(family)


def _is_one_group(text: str) -> bool:
    """Tell whether the first brace is closed by the last."""
    depth = 0
    for number, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return number == len(text) - 1
    return False


def _parted(name: str) -> tuple[str, str]:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    try:
        parts = parse_single_name_into_parts(name, strict=False)
    except Exception:
        return "", name
    given, family, suffix = list(parts.first), [*parts.von, *parts.last], [*parts.jr]
    if not suffix and len(family) > 1 and SUFFIX.fullmatch(f" {' '.join(given)}"):
        *given, surname = family  # "John Smith, III"
        return " ".join(given), f"{surname} {parts.first[0]}"
    if not suffix and given and family and SUFFIX.fullmatch(f" {family[-1]}"):
        family, suffix, given = [given[-1]], [family[-1]], given[:-1]
    return " ".join(given), " ".join([*family, *suffix])


def _held(text: str) -> str:
    return "{" + "".join(HELD.get(sign, sign) for sign in text) + "}"


def _freed(text: str) -> str:
    return text.replace(HELD[" "], " ").replace(HELD[","], ",")


def listed(names: Names) -> str:
    """List authors with initials: "C. Olah, N. Cammarata and L. Schubert"."""
    shown = [_with_initials(given, family) for given, family in names if family != "others"]
    if len(shown) < len(names):
        return f"{', '.join(shown)} et al".strip()
    text = ", ".join(shown[:-1]) + " and " + shown[-1] if len(shown) > 1 else "".join(shown)
    return text.removesuffix(".")


def _with_initials(given: str, family: str) -> str:
    return " ".join([*filter(None, map(_initial, re.sub(r"\.(?=\S)", ". ", given).split())), family]).strip()


def _initial(word: str) -> str:
    """Shorten a given name: "Jean-Pierre" to "J.-P.", "DP" to "D. P."; scripts without capitals have no initials."""
    letters = re.sub(r"^\W+|[^\w.-]+$", "", word)
    if re.fullmatch(r"[A-Z]{2,3}", letters):
        return " ".join(f"{letter}." for letter in letters)
    parts = [part for part in letters.split("-") if part.strip(".")]
    if not parts or parts[0][0].lower() == parts[0][0].upper():
        return letters
    return "-".join(f"{part[0]}." for part in parts)


def short(names: Names) -> str:
    """Name authors as running text does: "Olah et al.", "Geirhos and Bethge"; "" where there are none."""
    families = [SUFFIX.sub("", family) or given for given, family in names]
    if not families:
        return ""
    if len(families) > 2 or families[-1] == "others":
        return f"{families[0]} et al."
    return " and ".join(families)
