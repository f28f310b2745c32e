"""One import under way: the text, the files beside it, what the site knows, what was named so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.errors import Place
from builder.frozen import frozen
from builder.importers.draft import Draft
from builder.importers.files import Files
from builder.importers.heads import OldHead
from builder.plan.plan import House
from builder.plan.request import Asked

WORDS_OF_A_NAME = 4


@frozen
class Site:
    """What a site can show: the units of a network, and figures. Each answer says why not, "" where it can.

    `model` is the network that the article speaks of, `asked` whether the author named it; one that was named and is
    not known on this machine is taken at its word.
    """

    house: House
    model: str
    asked: bool = False

    def unit(self, name: str) -> str:
        """Say why no unit can be shown."""
        try:
            self.house.catalogue.unit(self.model, name)
        except ValueError as error:
            return "" if self.asked and not self._is_known() else str(error)
        return ""

    def _is_known(self) -> bool:
        try:
            return bool(self.house.catalogue.model(self.model))
        except ValueError:
            return False

    def has_figure(self, name: str) -> bool:
        """Tell whether there is a figure of this name."""
        return name in self.house.binder.signatures

    def needs(self, name: str) -> list[str]:
        """List the parameters that a figure cannot do without."""
        return [one.name for one in self.house.binder.signatures[name].parameters.values() if one.required]

    def figure(self, name: str, options: Mapping[str, str], folder: Path) -> str:
        """Say why a figure cannot be made with these options."""
        if self.asked and not self._is_known():
            known = self.house.binder.signatures[name].parameters
            wrong = [
                *(key for key in options if key not in known),
                *(key for key in self.needs(name) if key not in options),
            ]
            return ", ".join(wrong)
        settings = self.house.settings
        defaults = {"model": self.model, "dataset": settings.dataset, "seed": settings.seed}
        asked = Asked(name, options, {}, Place(Path("import")), folder)
        _, problems = self.house.binder.bind(asked, defaults)
        return "; ".join(problem.message for problem in problems)


@dataclass
class Work:
    """What the steps of an import share. `numbers` are references by what the source calls things, "Figure 3";
    `boxes` are the names of those for what is missing, `names` all that were given.

    `works` are entries of the bibliography by key, in BibTeX; `components` are the files that MDX takes its
    components from; with `cites`, footnotes that are references are cited.
    """

    draft: Draft
    files: Files
    site: Site
    head: OldHead = field(default_factory=OldHead)
    cites: bool = False
    numbers: dict[str, str] = field(default_factory=dict)
    boxes: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    works: dict[str, str] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)

    def called(self, name: str) -> str:
        """Keep a name that the source gives, unless it is given already."""
        if name in self.names:
            return self.name(name)
        self.names.add(name)
        return name

    def name(self, words: str, fallback: str = "figure") -> str:
        """Make a name that is not given yet of words or of a file's stem."""
        parts = re.findall(r"[a-z0-9]+", words.lower())[:WORDS_OF_A_NAME]
        base = "-".join(parts)
        base = base if base[:1].isalpha() else f"{fallback}-{base}".rstrip("-")
        name, number = base, 2
        while name in self.names:
            name, number = f"{base}-{number}", number + 1
        self.names.add(name)
        return name


Step = Callable[[Work], None]
