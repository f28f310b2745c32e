"""The end of a build removes what is stale, and spares what pages that failed may need."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from builder import finishing
from builder.output import Output


@pytest.mark.parametrize("whole", [True, False])
def test_stale_files_go_where_everything_was_printed(house, whole: bool) -> None:
    settings = house.settings
    for names in (["one/index.html", "figures/one/a.html", "old.html"], ["index.html"]):
        output = Output(settings.output_folder, settings.store_folder / "output.json")
        for name in names:
            output.write(name, "text")
        plan = SimpleNamespace(article=SimpleNamespace(slug="one"), broken=True, is_remembered=False)
        finishing.finish(house, output, [plan], whole=whole or len(names) > 1)
    there = {str(path.relative_to(settings.output_folder)) for path in settings.output_folder.rglob("*.html")}
    assert there == {"index.html"} | (set() if whole else {"one/index.html", "figures/one/a.html"})
