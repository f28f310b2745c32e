"""Which macros draw which kind of part: the one place of the builder where a new kind is entered."""

from __future__ import annotations

import jinja2
from markupsafe import Markup

from builder.engine.artifacts import (
    ChartPart,
    HierarchyPart,
    ImagePart,
    KeptPart,
    LensPart,
    LivePart,
    MosaicPart,
    SpritePart,
)
from builder.frozen import frozen


@frozen
class Macros:
    """The macros of one kind of part, all in `parts/<file>.html`.

    `part` draws it in a figure, `hero` in a title block, `icon` for a unit; "" where it is not shown. A macro is
    given what it asks for by name: of a figure `part`, `view`, `svg`, `id`, `alt`, `width` and `known`; of a title
    block `part`, `view`, `svg` and `parts`, the part and those that follow it; of a unit `part` and `view`.
    """

    file: str
    part: str
    hero: str = ""
    icon: str = ""


MACROS: dict[type[KeptPart], Macros] = {
    ChartPart: Macros("figure", "chart", hero="hero_chart"),
    ImagePart: Macros("figure", "image", hero="hero_image", icon="icon_image"),
    SpritePart: Macros("sprite", "sprite", hero="strip", icon="icon"),
    HierarchyPart: Macros("hierarchy", "hierarchy", hero="strip_of"),
    MosaicPart: Macros("mosaic", "mosaic", hero="hero_mosaic"),
    LivePart: Macros("live", "live", hero="hero_live"),
    LensPart: Macros("lens", "lens", hero="hero_lens"),
}


def draws(part: KeptPart, role: str) -> bool:
    """Tell whether a kind of part has a macro for a role: `part`, `hero` or `icon`."""
    return bool(getattr(_macros(part), role))


@jinja2.pass_context
def drawn(context: jinja2.runtime.Context, role: str, part: KeptPart, **given: object) -> Markup:
    """Draw a part with the macro that its kind has for a role; nothing where it has none."""
    macros = _macros(part)
    name = getattr(macros, role)
    if not name:
        return Markup()
    template = context.environment.get_template(f"parts/{macros.file}.html")
    macro = getattr(template.make_module(context.get_all()), name)
    given["part"] = part
    html: Markup = macro(**{argument: given[argument] for argument in macro.arguments if argument in given})
    return html


def _macros(part: KeptPart) -> Macros:
    if type(part) not in MACROS:
        raise LookupError(
            f"no macros for parts of kind {part.kind!r}; enter {type(part).__name__} in builder.press.kinds.MACROS"
        )
    return MACROS[type(part)]
