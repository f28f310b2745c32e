"""What a build is to do: the site's rooms opened, every article's directives bound to requests."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from builder import packages
from builder.errors import Place, Problem
from builder.frozen import frozen
from builder.plan import choices as choosing
from builder.plan.choices import Choices
from builder.plan.request import Asked, Binder, Request
from builder.reporter import Reporter
from builder.settings import Settings

if TYPE_CHECKING:
    from builder.plan.catalogue.cards import NetworkCard
    from builder.plan.catalogue.catalogue import Catalogue
    from builder.plan.catalogue.signatures import Signature
    from builder.plan.catalogue.units import NetworkUnit, Unit
    from builder.plan.closure import Sources
    from builder.read.article import Article
    from builder.store import Store

CARD = "unit-card"
"""The figure behind the chip and the specimen page of every unit that has one."""

TUNING = "tuning-curve"
"""The figure that a specimen page shows besides, where arcs can be shown to the unit."""

LARGE_PX = 128
COARSE = {"orientations": "180"}
"""What a specimen page asks for its tuning in a network of larger images: 720 directions take a minute there."""

ALL = "all"
"""The setting under which units that figures name get a specimen page too, and not only those of prose."""


SETTINGS = Path("pyproject.toml")


@frozen
class Plan:
    """An article with its requests by label, and every unit of it that gets a specimen page.

    `choices` are the states of figures that have several, by label; the first is the label's request. `spellings`
    leads from the units as prose writes them, "glyphs/mixed3b:17", to their names.
    """

    article: Article
    requests: Mapping[str, Request] = field(default_factory=dict)
    cards: Mapping[NetworkUnit, Request] = field(default_factory=dict)
    tunings: Mapping[NetworkUnit, Request] = field(default_factory=dict)
    spellings: Mapping[str, NetworkUnit] = field(default_factory=dict)
    model: str = ""
    problems: tuple[Problem, ...] = ()
    choices: Mapping[str, Choices] = field(default_factory=dict)

    def figures(self) -> list[Request]:
        """List the figures of the article, what is seen at first before what a reader may choose."""
        others = (state.request for one in self.choices.values() for state in one.states[1:])
        return [*self.requests.values(), *others]

    def shown(self) -> list[Request]:
        """List what the article's own page shows: its figures, and the cards of its units."""
        return [*self.figures(), *self.cards.values()]

    def wanted(self) -> list[Request]:
        """List everything to measure or find for this article, what the pages of its units show besides last."""
        return [*self.shown(), *self.tunings.values()]

    @property
    def is_remembered(self) -> bool:
        """Tell whether nothing but what others need is known of the article."""
        return self.article.is_remembered

    @property
    def broken(self) -> bool:
        return any(not problem.warning for problem in self.problems)


@dataclass
class House:
    """The rooms that a build goes through, each opened once, when it is needed.

    Offline, a network that is not in the store is not loaded to learn about it.
    """

    settings: Settings
    reporter: Reporter
    offline: bool = False

    @functools.cached_property
    def store(self) -> Store:
        """What was measured."""
        from builder.store import opened

        return opened(self.settings, self.reporter.warn)

    @functools.cached_property
    def sources(self) -> Sources:
        """The modules that figures are made of, the site's own too."""
        from builder.plan.catalogue import specs
        from builder.plan.closure import Sources

        galleries = _galleries(self.settings)
        roots: dict[str, Path | Sequence[Path]] = {"figures": package_folder(), "": self.settings.root}
        roots[specs.NETWORKS] = specs.network_folders()
        return Sources(roots | ({"figures.gallery": galleries[1]} if len(galleries) > 1 else {}))

    @functools.cached_property
    def catalogue(self) -> Catalogue:
        """The networks and data sets."""
        return _catalogue(self.settings, self.reporter, self.sources, self.store, self.offline)

    @functools.cached_property
    def binder(self) -> Binder:
        """What binds directives to figures."""
        found, _ = self._signatures
        return Binder(found, self.catalogue, self.sources, _families(_galleries(self.settings)))

    def save(self) -> None:
        """Keep what was learnt of networks and data sets, for the next build."""
        if "catalogue" in vars(self):
            self.catalogue.save()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the scripts of figures; with those of the tool alone nothing is."""
        if not (self.settings.root / self.settings.gallery).is_dir():
            return ()
        root, (_, problems) = self.settings.root, self._signatures
        return tuple(Problem(Place(_relative(p.place.path, root), p.place.line), p.message) for p in problems)

    @functools.cached_property
    def _signatures(self) -> tuple[dict[str, Signature], list[Problem]]:
        from builder.plan.catalogue import signatures as signature_reader

        return signature_reader.read(_galleries(self.settings))


def package_folder() -> Path:
    """Return the folder of the figure library, without importing it."""
    return packages.folder("figures")


def source_folders(settings: Settings) -> list[Path]:
    """Return the folders whose code decides how a site looks."""
    own = settings.root / settings.gallery
    return [package_folder(), own] if own.is_dir() and not own.is_relative_to(package_folder()) else [package_folder()]


def signatures(settings: Settings) -> dict[str, Signature]:
    """Return every figure that articles of this site may name."""
    from builder.plan.catalogue import signatures as signature_reader

    return signature_reader.read(_galleries(settings))[0]


def _galleries(settings: Settings) -> list[Path]:
    ours, own = package_folder() / "gallery", settings.root / settings.gallery
    return [ours, own] if own.is_dir() and own.resolve() != ours.resolve() else [ours]


def open_house(settings: Settings, reporter: Reporter, *, offline: bool = False) -> House:
    """Return the rooms of a site."""
    return House(settings, reporter, offline)


def _families(galleries: Iterable[Path]) -> dict[str, tuple[str, str]]:
    """Return the families of stimuli that figures of this site may show: module and function by name."""
    from builder.plan.catalogue import signatures as signature_reader

    scripts = {"figures.methods.families": package_folder() / "methods" / "families.py"}
    scripts |= {f"figures.gallery.{path.stem}": path for folder in galleries for path in sorted(folder.glob("*.py"))}
    return signature_reader.families(scripts)


def _catalogue(settings: Settings, reporter: Reporter, sources: Sources, store: Store, offline: bool) -> Catalogue:
    from builder.plan.catalogue import specs
    from builder.plan.catalogue.catalogue import Catalogue

    site = specs.site(settings.root, settings.models, settings.datasets)

    def describe(name: str) -> NetworkCard:
        from builder.engine.describe import describe_network

        task = reporter.begin(f"looking at {name}", None)
        try:
            card = describe_network(name, site, sources)
        finally:
            reporter.end(task)
        if card.weights.note:
            reporter.warn(f"{name}: {card.weights.note}")
        return card

    memory = settings.store_folder / "digests.json"
    return Catalogue(sources, memory, site, store, None if offline else describe, reporter)


def plan_article(house: House, article: Article) -> Plan:
    """Bind every directive and unit of an article."""
    defaults, problems = _defaults(house, article)
    problems = [*article.problems, *problems]
    bound: dict[str, Choices] = {}
    for one in article.directives:
        asked = Asked(one.figure, one.options, one.option_lines, one.place, article.path.parent / one.folder)
        choices, found = choosing.bind(house.binder, asked, defaults)
        problems += found
        if choices is not None:
            bound[one.label] = choices
    problems += choosing.misnamed(bound, article.values)
    shown, found = _shown(house, article, [state.request for one in bound.values() for state in one.states], defaults)
    return Plan(
        article,
        {label: one.states[0].request for label, one in bound.items()},
        **shown,
        model="" if defaults["model"] is None else str(defaults["model"]),
        problems=(*problems, *found),
        choices={label: one for label, one in bound.items() if one.choices},
    )


class _Shown(TypedDict):
    """What a plan says of the units of its article."""

    cards: dict[NetworkUnit, Request]
    tunings: dict[NetworkUnit, Request]
    spellings: dict[str, NetworkUnit]


def _shown(
    house: House, article: Article, requests: Iterable[Request], defaults: Mapping[str, object]
) -> tuple[_Shown, list[Problem]]:
    """Ask for the specimen page of every unit, under the one name that all its spellings lead to."""
    from builder.plan.catalogue.units import NetworkUnit, read

    cards: dict[NetworkUnit, Request] = {}
    tunings: dict[NetworkUnit, Request] = {}
    spellings: dict[str, NetworkUnit] = {}
    problems: list[Problem] = []
    for written, place in _units(house, article, requests, defaults):
        options = {"unit": str(written.unit), "model": written.network}
        request, found = house.binder.bind(Asked(CARD, options, {}, place, article.path.parent), defaults)
        problems += [replace(p, message=p.message.removeprefix(f"{CARD}: ")) for p in found]
        if request is not None:
            unit = read(str(request.parameters["unit"]))
            name = NetworkUnit(written.network, unit)
            spellings[str(written)] = name
            cards.setdefault(name, request)
            if tuning := _tuning(house, article, written.network, unit, place, defaults):
                tunings[name] = tuning
    return {"cards": cards, "tunings": tunings, "spellings": spellings}, problems


def _tuning(
    house: House, article: Article, network: str, unit: Unit, place: Place, defaults: Mapping[str, object]
) -> Request | None:
    """Ask for the tuning of a unit's channel where there is such a figure, and arcs can be shown to the unit."""
    card = house.catalogue.model(network)
    if TUNING not in house.binder.signatures or not card.follows_curves(unit.layer):
        return None
    options = {"units": str(unit.channel), "model": network}
    if card.input.size_px > LARGE_PX and COARSE.keys() <= house.binder.signatures[TUNING].parameters.keys():
        options |= COARSE
    request, _ = house.binder.bind(Asked(TUNING, options, {}, place, article.path.parent), defaults)
    return request


def _defaults(house: House, article: Article) -> tuple[dict[str, object], list[Problem]]:
    """Return the article's model, data set and seed, with what is wrong about them: that is None then."""
    settings, front = house.settings, article.front
    defaults: dict[str, object] = {}
    problems = []
    for key in ("model", "dataset", "seed"):
        own = getattr(front, key)
        defaults[key] = getattr(settings, key) if own is None else own
        place = Place(SETTINGS) if own is None else Place(article.name, front.lines.get(key, 1))
        if own is None and not _uses(house, article, key):
            continue
        try:
            _look(house, key, str(defaults[key]))
        except ValueError as error:
            problems.append(Problem(place, f"{key}: {error}"))
            defaults[key] = None
    return defaults, problems


def _look(house: House, key: str, value: str) -> None:
    """Raise ValueError for what is no model, data set or seed."""
    from builder.plan.catalogue.signatures import seed

    {"model": house.catalogue.model, "dataset": house.catalogue.dataset, "seed": seed}[key](value)


def _uses(house: House, article: Article, key: str) -> bool:
    """Tell whether an article takes a default of the settings somewhere."""
    if article.units:
        return True
    if not article.directives:
        return False
    asked = [one for one in article.directives if one.figure in house.binder.signatures]
    return any(key in house.binder.signatures[one.figure].parameters and key not in one.options for one in asked)


def _units(
    house: House, article: Article, requests: Iterable[Request], defaults: Mapping[str, object]
) -> Iterator[tuple[NetworkUnit, Place]]:
    """Yield the units of prose as they are written; where the settings say so, those that figures name too."""
    from builder.plan.catalogue.units import NetworkUnit, read

    for mention in article.units:
        if mention.unit.network or defaults["model"] is not None:
            yield mention.unit.within(str(defaults["model"])), mention.place
    for request in requests if house.settings.specimens == ALL else ():
        typed = house.binder.signatures[request.figure].parameters
        for name, value in request.parameters.items():
            if typed[name].kind in ("Unit", "Units") and value:
                network = str(request.parameters.get("model", defaults["model"]))
                for unit in [value] if isinstance(value, str) else value:
                    yield NetworkUnit(network, read(str(unit))), request.place


def _relative(path: Path, root: Path) -> Path:
    return path.resolve().relative_to(root.resolve()) if path.resolve().is_relative_to(root.resolve()) else path
