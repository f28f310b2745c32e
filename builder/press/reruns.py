"""Run this yourself: what a reader takes along to make a figure again, the command and a notebook that checks it."""

from __future__ import annotations

import json
import re

from builder.engine.artifacts import FigureEntry
from builder.output import Output
from builder.plan.catalogue import specs
from builder.plan.plan import House, Plan, package_folder
from builder.plan.request import Request
from builder.press import addresses, notebooks
from builder.press.views import Frame, Rerun, SiteView
from builder.settings import PAGES_BRANCH

MOST_ROWS = 200
"""A longer table is compared by its first rows."""
_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")


def rerun(house: House, output: Output, site: SiteView, plan: Plan, label: str, entry: FigureEntry) -> Rerun:
    """Say how a figure of an article is made again, and write its notebook.

    One that reads files of its site has a notebook where the settings say from where those can be fetched.
    """
    request = plan.requests[label]
    options = _options(request)
    command = notebooks.command(request.figure, options)
    here = not _is_of_everyone(house, request)
    if here and not house.settings.repository:
        return Rerun(command)
    path = f"{plan.article.slug}/index.html"
    address = Frame(site, path).canonical
    target = plan.article.targets.get(label)
    number = f"Figure {target.number}" if target else "A figure"
    rows = json.loads(entry.read(entry.record.table.json)) if entry.record.table.columns else []
    made = notebooks.Made(
        figure=request.figure,
        title=f"{number} of {plan.article.front.title}",
        alt=entry.record.alt,
        options=options,
        models=list(request.parts["models"]),
        key=request.key,
        rows=rows[:MOST_ROWS],
        count=len(rows),
        home=f"{address}#{label}" if address else "",
        clone=house.settings.repository if here else "",
        folder=plan.article.name.parent.as_posix(),
    )
    stem = addresses.safe(f"{plan.article.slug}-{label.removeprefix('fig-')}")
    notebook = output.asset(stem, "ipynb", notebooks.written(made))
    return Rerun(command, notebook, _colab(house, notebook))


def _options(request: Request) -> dict[str, str]:
    """Give the options of a directive, and the network, data set and seed that it takes from its article."""
    taken = {n: str(v) for n, v in request.parameters.items() if n in ("model", "dataset", "seed") and v is not None}
    return request.options | {name: value for name, value in taken.items() if name not in request.options}


def _is_of_everyone(house: House, request: Request) -> bool:
    """Tell whether a figure can be made where its site is not: of the library's code, networks and data alone."""
    modules = {name.partition(":")[0] for name in request.parts["sources"]}
    files = [house.sources.find(module) for module in modules]
    return (
        not request.paths
        and all(file is not None and file.is_relative_to(package_folder()) for file in files)
        and specs.is_of_everyone(list(request.parts["models"]), list(request.parts["datasets"]), house.catalogue.site)
    )


def _colab(house: House, notebook: str) -> str:
    """Give the address at which Google Colab opens a notebook of a site that is published from its repository."""
    publish, repository = house.settings.publish, _GITHUB.fullmatch(house.settings.repository)
    if repository is None or publish.get("target") != "github-pages":
        return ""
    branch = publish.get("branch", PAGES_BRANCH)
    return f"https://colab.research.google.com/github/{repository[1]}/blob/{branch}/{notebook}"
