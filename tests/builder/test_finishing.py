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


@pytest.mark.parametrize("stopped", [True, False])
def test_what_a_killed_build_was_writing_is_removed_by_the_next(house, stopped: bool) -> None:
    settings = house.settings
    torn = settings.output_folder / "one" / ".new-torn"
    torn.parent.mkdir(parents=True)
    torn.write_bytes(b"half a pa")
    if stopped:
        Output(settings.output_folder, settings.store_folder / "output.json").write("one/index.html", "text")
    output = Output(settings.output_folder, settings.store_folder / "output.json")
    output.write("one/index.html", "other text")
    finishing.finish(house, output, [], whole=True)
    assert torn.is_file() is not stopped
    assert not Output(settings.output_folder, settings.store_folder / "output.json").was_stopped
