"""What a build is to do: the site's rooms opened, every article's directives bound to requests."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from builder import signatures as signature_reader
from builder.article import Article
from builder.catalogue import Catalogue
from builder.closure import Sources
from builder.errors import Place, Problem
from builder.reporter import Reporter
from builder.request import Asked, Binder, Request
from builder.settings import Settings
from builder.signatures import Signature
from builder.store import Store

CARD = "unit-card"
"""The figure behind every unit's chip and specimen page."""

TUNING = "tuning-curve"
"""The figure that the specimen page of a unit with a place in the image shows besides."""


@dataclass(frozen=True)
class UnitName:
    """A unit of a named network."""

    model: str
    unit: str

    @property
    def page(self) -> str:
        """Give the specimen page's name in the output folder."""
        return f"units/{self.model}/{self.unit.replace(':', '-')}.html"


@dataclass(frozen=True)
class Plan:
    """An article with its requests by label, and every unit that it shows or mentions."""

    article: Article
    requests: Mapping[str, Request] = field(default_factory=dict)
    cards: Mapping[UnitName, Request] = field(default_factory=dict)
    tunings: Mapping[UnitName, Request] = field(default_factory=dict)
    model: str = ""
    problems: tuple[Problem, ...] = ()

    def wanted(self) -> list[Request]:
        """List everything to measure or find for this article."""
        return [*self.requests.values(), *self.cards.values(), *self.tunings.values()]

    @property
    def broken(self) -> bool:
        return any(not problem.warning for problem in self.problems)


@dataclass(frozen=True)
class House:
    """The rooms that a build goes through, opened once."""

    settings: Settings
    sources: Sources
    catalogue: Catalogue
    binder: Binder
    store: Store
    problems: tuple[Problem, ...]


def package_folder() -> Path:
    """Return the folder of the figure library, without importing it."""
    return Path(importlib.util.find_spec("figures").origin).parent


def source_folders(settings: Settings) -> list[Path]:
    """Return the folders whose code decides how a site looks."""
    own = settings.root / settings.gallery
    return [package_folder(), own] if own.is_dir() and not own.is_relative_to(package_folder()) else [package_folder()]


def template_folders(settings: Settings) -> list[Path]:
    """Return the folders of templates: the site's own first, then the tool's."""
    package = Path(__file__).parent
    ours = package / "templates" if (package / "templates").is_dir() else package.parent / "templates"
    own = settings.root / settings.templates
    return [own, ours] if own.is_dir() and own.resolve() != ours.resolve() else [ours]


def signatures(settings: Settings) -> dict[str, Signature]:
    """Return every figure that articles of this site may name."""
    return signature_reader.read(_galleries(settings))[0]


def _galleries(settings: Settings) -> list[Path]:
    ours, own = package_folder() / "gallery", settings.root / settings.gallery
    return [ours, own] if own.is_dir() and own.resolve() != ours.resolve() else [ours]


def open_house(settings: Settings, reporter: Reporter) -> House:
    """Open the store, read the figures' signatures and the networks' records."""
    galleries = _galleries(settings)
    found, problems = signature_reader.read(galleries)
    roots = {"figures": package_folder()}
    if len(galleries) > 1:
        roots["figures.gallery"] = galleries[1]
    sources = Sources(roots)
    catalogue = Catalogue(package_folder() / "glyphs" / "weights", sources, settings.store_folder / "digests.json")
    relative = [Problem(Place(_relative(p.place.path, settings.root), p.place.line), p.message) for p in problems]
    store = Store(settings.store_folder, reporter.warn)
    return House(settings, sources, catalogue, Binder(found, catalogue, sources), store, tuple(relative))


def plan_article(house: House, article: Article) -> Plan:
    """Bind every directive and unit of an article."""
    defaults, problems = _defaults(house, article)
    problems = [*article.problems, *problems]
    requests: dict[str, Request] = {}
    cards: dict[UnitName, Request] = {}
    tunings: dict[UnitName, Request] = {}
    for asked, label in _asked(article):
        request, found = house.binder.bind(asked, defaults)
        problems += found
        if request is not None:
            requests[label] = request
    for name, place in _units(house, article, requests, defaults):
        options = {"unit": name.unit, "model": name.model}
        request, found = house.binder.bind(Asked(CARD, options, {}, place, article.path.parent), defaults)
        problems += [replace(p, message=p.message.removeprefix(f"{CARD}: ")) for p in found]
        if request is not None:
            cards.setdefault(name, request)
            tunings |= _tuning(house, article, name, place, defaults)
    return Plan(article, requests, cards, tunings, str(defaults["model"]), tuple(problems))


def _tuning(
    house: House, article: Article, name: UnitName, place: Place, defaults: Mapping[str, object]
) -> dict[UnitName, Request]:
    """Ask for a unit's tuning where there is such a figure and the unit is not a class."""
    layer = name.unit.partition(":")[0]
    if TUNING not in house.binder.signatures or layer not in house.catalogue.model(name.model).layers:
        return {}
    options = {"units": name.unit, "model": name.model}
    request, _ = house.binder.bind(Asked(TUNING, options, {}, place, article.path.parent), defaults)
    return {name: request} if request else {}


def _defaults(house: House, article: Article) -> tuple[dict[str, object], list[Problem]]:
    """Return the article's model, data set and seed, with what is wrong about them."""
    settings, front = house.settings, article.front
    chosen = {"model": front.model, "dataset": front.dataset, "seed": front.seed}
    fallback = {"model": settings.model, "dataset": settings.dataset, "seed": settings.seed}
    problems = []
    for key, look in (("model", house.catalogue.model), ("dataset", house.catalogue.dataset)):
        if chosen[key] is not None:
            try:
                look(str(chosen[key]))
            except ValueError as error:
                problems.append(Problem(Place(article.name, front.lines.get(key, 1)), f"{key}: {error}"))
                chosen[key] = None
    return {key: fallback[key] if value is None else value for key, value in chosen.items()}, problems


def _asked(article: Article) -> Iterator[tuple[Asked, str]]:
    for one in article.directives:
        yield Asked(one.figure, one.options, one.option_lines, one.place, article.path.parent), one.label


def _units(
    house: House, article: Article, requests: Mapping[str, Request], defaults: Mapping[str, object]
) -> Iterator[tuple[UnitName, Place]]:
    """Yield the units of prose, and those that figures ask for by name."""
    for mention in article.units:
        yield UnitName(mention.model or str(defaults["model"]), mention.name), mention.place
    for request in requests.values():
        typed = house.binder.signatures[request.figure].parameters
        for name, value in request.parameters.items():
            if typed[name].type in ("Unit", "Units") and value:
                for unit in [value] if isinstance(value, str) else value:
                    yield UnitName(str(request.parameters.get("model", defaults["model"])), str(unit)), request.place


def _relative(path: Path, root: Path) -> Path:
    return path.resolve().relative_to(root.resolve()) if path.resolve().is_relative_to(root.resolve()) else path
