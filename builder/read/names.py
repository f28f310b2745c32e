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
AND_OTHERS = re.compile(r"(?:,|\s+and|\s*;)?\s+et\.?\s*al\.?\s*$", re.IGNORECASE)
NAMED = re.compile(r"\b(family|given|prefix|suffix|given-i|family-i|prefix-i|useprefix)\s*=\s*", re.IGNORECASE)
"""Parts of a name as biblatex has them, each by its own word."""
BODIES = "Team|Group|Collaboration|Consortium|Committee|Association|Institute|University|Foundation"
BODY = re.compile(rf"\b(?:{BODIES})$")
"""How organisations end: they have no given name, whether or not braces say so."""
LISTED = re.compile(r"[^\s,{}]+\s+[^,{}]+(?:,\s*[^\s,{}]+\s+[^,{}]+)+")
TURNED = re.compile(r"[A-ZÀ-Þ][\w'’-]+\s+(?:[A-Z]\.?[ -]?){1,3}")


def read(field: str) -> Names:
    """Read a field `author`: people joined by "and", each "Family, Given" or "Given Family"."""
    if not field.strip():
        return ()
    people = _people(AND_OTHERS.sub(" and others", " ".join(field.split())))
    return tuple(_person(person) for person in people if any(map(str.isalpha, person)))


def mistake(field: str) -> str:
    """Say what of a field `author` BibTeX reads otherwise than it was meant; "" where nothing strikes."""
    people = [person for person in _people(" ".join(field.split())) if person and not person.startswith("{")]
    for person in people:
        parted = next((sign for sign in (";", " & ", r" \& ") if sign in person), "")
        if parted or (len(people) == 1 and person.count(",") > 1 and LISTED.fullmatch(person)):
            return f"people are parted by the word 'and', not by {(parted or ',').strip()!r}: {person[:60]!r}"
        if TURNED.fullmatch(person):
            family, _, given = person.partition(" ")
            return f"a comma follows a family name that comes first: '{family}, {given}', not {person!r}"
    return ""


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
    if NAMED.match(whole):
        return _by_parts(whole)
    plain = HOMONYM.sub("", undone(GROUP.sub(lambda match: _held(match[1]), whole)))
    if "," not in plain and (BODY.search(plain) or plain.lower() == plain.upper()):
        return "", _freed(plain)  # scripts without capitals put the family first, and a space says nothing
    given, family = _parted(plain.replace("\N{NO-BREAK SPACE}", " "))
    return _freed(given), _freed(family)


def _by_parts(whole: str) -> tuple[str, str]:
    """Read a name as biblatex has it: `family=Goethe, given=Johann, prefix=von`."""
    words = NAMED.split(whole)[1:]
    values = (undone(value.strip().rstrip(",").strip('"')) for value in words[1::2])
    parts = dict(zip(map(str.lower, words[::2]), values, strict=True))
    return parts.get("given", ""), " ".join(filter(None, [parts.get(key) for key in ("prefix", "family", "suffix")]))


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
    text = text.replace(HELD[" "], " ").replace(HELD[","], ",").replace("{", "").replace("}", "")
    return re.sub(r"^[‘'](?=\w)", "’", text)  # 't Hooft


def listed(names: Names) -> str:
    """List authors with initials: "C. Olah, N. Cammarata and L. Schubert"."""
    shown = [_with_initials(given, family) for given, family in names if family != "others"]
    if len(shown) < len(names):
        return f"{', '.join(shown)} et al".strip()
    text = ", ".join(shown[:-1]) + " and " + shown[-1] if len(shown) > 1 else "".join(shown)
    return text.removesuffix(".")


def _with_initials(given: str, family: str) -> str:
    return " ".join([*filter(None, map(_initial, re.sub(r"\.(?=[^\s-])", ". ", given).split())), family]).strip()


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
