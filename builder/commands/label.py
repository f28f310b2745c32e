"""Label crops in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands.common import device_option, plainly, port_option, site_option


@click.command()
@site_option
@click.argument("slug", metavar="ARTICLE")
@click.argument("figure")
@click.option("--annotator", default="", help="Who labels.  [default: the page asks]")
@click.option(
    "--crops", default=200, show_default=True, type=click.IntRange(min=1), help="How many there are to label."
)
@click.option(
    "--pause",
    default=50,
    show_default=True,
    type=click.IntRange(min=0),
    help="Offer one after so many labels; 0: never.",
)
@port_option(8100)
@click.option("--open", "open_", is_flag=True, help="Show the page in a browser.")
@device_option
@plainly
def label(
    root: Path, slug: str, figure: str, annotator: str, crops: int, pause: int, port: int, open_: bool, device: str
) -> None:
    """Label crops of a unit in a browser, without seeing how strongly it answers to them.

    FIGURE is the label of a `label-stackplot` or `label-agreement` in the article, with or without
    "fig-". Crops are drawn evenly from the whole range of its unit's activation and shuffled, for
    each annotator in an order of their own. Every label is written at once into the CSV that the
    figure reads; whoever comes back goes on where they stopped.

    \b
    Example:
      microscribe label curve-detectors agreement --annotator ann --open
    """
    from builder import reporter, settings, site
    from builder.labelling import directive, server
    from builder.plan import plan

    report = reporter.reporter()
    try:
        house = plan.open_house(settings.load(root), report)
        task = directive.task(house, slug, figure, crops)
        desk = server.desk_of(house, site.open_engine(house, report, device), task, annotator, pause)
        house.save()
        if task.missing:
            report.say(f"{task.wanted.place}: names no labels; write `{task.missing}` into it to show these")
        server.run(desk, report, port=port, open_browser=open_)
    finally:
        report.close()
