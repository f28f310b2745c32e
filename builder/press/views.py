"""What the templates are given: plain frozen records, addresses from the root of the site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from builder.engine.artifacts import Control, FigureRecord, ImagePart, KeptPart, SpritePart
from builder.frozen import frozen
from builder.plan.choices import Choice
from builder.press import addresses
from builder.press.policy import POLICY


@frozen
class SiteView:
    """What all pages share.

    `parts` is the style sheet of what few pages have, `theme` the script that runs before the first paint, `sheet`
    the one of the unit indexes, `elements` the one of tabs, films, comparisons and pictures under a grid, `mosaic`
    the one of mosaics, `lasso` the one of charts that readers draw a line into, `near` the one that brings `live`,
    networks that answer, with the style sheet `live_sheet`, and names the scripts of each of `devices` that they may
    run on; `walks` the one of trees of units, `sorting` the one of tables that can be put in order, `charts` the one
    that brings charts to life with `runtime`; `sections` are links of the head, `tags` the address of each tag's
    page; `search` is the script that asks the site's `index`, "" where there is none; with `twins` every article
    lies beside its page as Markdown; `policy` is what pages may load and run.
    """

    title: str
    description: str = ""
    url: str = ""
    styles: tuple[str, ...] = ()
    parts: str = ""
    theme: str = ""
    scripts: tuple[str, ...] = ()
    sheet: str = ""
    elements: str = ""
    mosaic: str = ""
    lasso: str = ""
    near: str = ""
    live: str = ""
    devices: tuple[tuple[str, str], ...] = ()
    live_sheet: str = ""
    walks: str = ""
    sorting: str = ""
    charts: str = ""
    runtime: str = ""
    preload: tuple[str, ...] = ()
    feed: str = ""
    icon: str = ""
    home: str = "index.html"
    sections: tuple[tuple[str, str], ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    search: str = ""
    index: str = ""
    twins: bool = False
    policy: str = POLICY


@frozen
class Frame:
    """A page's place in the site: `path` is its address from the root, "curves/index.html".

    `base` is the path of the root on its host, for a page that is shown under any address; "" else.
    """

    site: SiteView
    path: str
    base: str = ""

    @property
    def root(self) -> str:
        """Lead back to the root of the site: "", "../" or "../../"."""
        return self.base or "../" * self.path.count("/")

    def to(self, address: str) -> str:
        """Make an address relative to this page; those of other hosts stay."""
        return address if "://" in address else self.root + address

    @property
    def canonical(self) -> str:
        """Give the page's full address, or "" where the site does not know its own."""
        return f"{self.site.url.rstrip('/')}/{self.path.removesuffix('index.html')}" if self.site.url else ""


@frozen
class Rerun:
    """The command that makes a figure, the address of its notebook, and where that runs at once; "" for none."""

    command: str
    notebook: str = ""
    colab: str = ""


@frozen
class FigureView:
    """A measured figure: its record and provenance, and where its objects lie.

    `assets` gives addresses by digest (specifications as scripts; a drawing for dark pages by `dark_of`
    its digest), `svg` the drawings to put
    in line, `directive` the text that asked for it, `random` the networks that nobody trained,
    `page` the address of the figure's own page, `small` small copies of sheets by digest, `made` the address of the
    provenance as JSON, `source` that of the figure's script where a host shows it, `rerun` how a reader makes
    the figure again, `bibtex` how it is cited. Where a reader chooses among several, `choices` are what can be
    chosen and `states` all of them, this one first; `state` says in words which one this is.
    """

    record: FigureRecord
    provenance: Mapping[str, Any] = field(default_factory=dict)
    directive: str = ""
    assets: Mapping[str, str] = field(default_factory=dict)
    svg: Mapping[str, str] = field(default_factory=dict)
    random: tuple[str, ...] = ()
    page: str = ""
    small: Mapping[str, str] = field(default_factory=dict)
    made: str = ""
    source: str = ""
    rerun: Rerun | None = None
    bibtex: str = ""
    state: str = ""
    choices: tuple[Choice, ...] = ()
    states: tuple[StateView, ...] = ()

    @property
    def looks(self) -> tuple[StateView, ...]:
        """List its states; a figure that has no choices is seen always."""
        own: tuple[tuple[Control, Mapping[str, str]], ...] = tuple((one, {}) for one in self.record.controls)
        return self.states or (StateView(self, {}, own, self.record.parts),)

    def of(self, named: Mapping[str, str]) -> FigureView | None:
        """Find the one of several figures that is named; what is not named stands as at first."""
        wanted = {one.name: one.label(named.get(one.name, one.first)) for one in self.choices}
        return next((look.view for look in self.looks if look.shown == wanted), None)

    @property
    def chosen(self) -> tuple[Choice | Control, ...]:
        """List all that a reader may choose."""
        return *self.choices, *(control for look in self.looks for control, _ in look.controls)

    @property
    def notes(self) -> list[tuple[str, Mapping[str, str]]]:
        """List what the caption must say, with the labels for which it is so."""
        several = {look.view.record.notes: look for look in reversed(self.looks)}
        if len(several) == 1:
            return [(note, {}) for note in self.record.notes]
        return [(note, look.shown) for look in self.looks for note in look.view.record.notes]

    @staticmethod
    def dark_of(digest: str) -> str:
        """Name the drawing for dark pages that belongs to a drawing."""
        return f"{digest}-dark"

    @property
    def measured(self) -> list[tuple[str, int, float]]:
        """List what was measured, each measurement once: its name, how many records of it, their seconds."""
        seconds: dict[str, list[float]] = {}
        for one in self.provenance.get("measurements") or ():
            seconds.setdefault(one["name"].rpartition(".")[2], []).append(one["seconds"])
        return [(name, len(each), sum(each)) for name, each in seconds.items()]

    @property
    def height(self) -> int:
        """Give the height of its parts in pixels, one below the other."""
        return sum(part.height_px for part in self.record.parts)

    @property
    def model(self) -> str:
        """Name the network that the figure shows, or ""."""
        parameters = self.provenance.get("parameters") or {}
        models = list(self.provenance.get("models") or {})
        return str(parameters.get("model") or (models[0] if len(models) == 1 else ""))


@frozen
class StateView:
    """One of several figures: it is seen while the labels `shown` are chosen.

    `parts` are those of its record, each with all that it is shown for; `controls` are those of the figure itself,
    each with the labels for which it is seen.
    """

    view: FigureView
    shown: Mapping[str, str]
    controls: tuple[tuple[Control, Mapping[str, str]], ...]
    parts: tuple[KeptPart, ...]


@frozen
class UnitView:
    """A unit: its page, and the figure that shows it (None where it is not measured)."""

    model: str
    name: str
    url: str
    figure: FigureView | None = None
    tuning: FigureView | None = None

    @property
    def layer(self) -> str:
        return self.name.partition(":")[0]

    @property
    def parts(self) -> tuple[KeptPart, ...]:
        """List the parts of its figure."""
        return self.figure.record.parts if self.figure else ()

    @property
    def large(self) -> ImagePart | None:
        """Give the picture that its page begins with, if it does."""
        return next((part for part in self.parts[:1] if isinstance(part, ImagePart)), None)

    @property
    def examples(self) -> SpritePart | None:
        """Give the first tiles of its figure."""
        return next((part for part in self.parts if isinstance(part, SpritePart)), None)

    @property
    def key(self) -> str:
        """Name the unit across networks: "glyphs/mixed3b:17"."""
        return f"{self.model}/{self.name}"

    @property
    def id(self) -> str:
        """Name the unit in the attributes of a page."""
        return addresses.identifier(f"{addresses.of_model(self.model)}-{addresses.of_unit(self.name)}")


@frozen
class ImageView:
    """A file of an article as published; sides of pictures and films in their own pixels, 0 where unknown."""

    url: str
    width: int = 0
    height: int = 0


@frozen
class Mention:
    """A place that speaks of a unit."""

    title: str
    url: str


@frozen
class Sheet:
    """The index of a network's units, of which there are `count`: its address, and the units that it begins with."""

    model: str
    url: str
    count: int
    first: Sequence[UnitView]
