"""One article of a built site as one file."""

from pathlib import Path

import pytest

from builder import export
from builder.errors import UsageError
from builder.settings import Settings


@pytest.mark.parametrize(("slug", "hint"), [("curve", "; did you mean 'curves'"), ("../site/curves", ""), ("", "")])
def test_an_article_that_is_not_there_is_told(tmp_path: Path, slug: str, hint: str):
    (tmp_path / "site" / "curves").mkdir(parents=True)
    page = tmp_path / "site" / "curves" / "index.html"
    page.write_text("<p>Curves.</p>")
    assert export.page(Settings(tmp_path), "curves") == page
    with pytest.raises(UsageError, match=f"no page of an article '{slug}'{hint}.*build the site first"):
        export.page(Settings(tmp_path), slug)
