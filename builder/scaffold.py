"""Begin a new article."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from builder.errors import UsageError
from builder.settings import Settings

ARTICLE = """\
---
title: {title}
description: One sentence that says what the article finds.
date: {date}
model: {model}
---

Say here what you looked at and why. A unit is mentioned like this: {{unit}}`mixed3b:17`.

:::{{feature-visualization}}
:name: first-look
:units: mixed3b:0..7
:width: body

What these units respond to most, found by gradient ascent from noise.
:::

@fig-first-look was measured when this page was built.
"""


def article(settings: Settings, slug: str) -> Path:
    """Write the first version of an article; raises UsageError for a bad or taken slug."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise UsageError(f"{slug!r} is not a slug; expected small letters, digits and hyphens, as in my-first-circuit")
    folder = settings.articles_folder / slug
    path = folder / "index.md"
    if path.exists() or folder.with_suffix(".md").exists():
        raise UsageError(f"there is an article {slug!r} already")
    folder.mkdir(parents=True, exist_ok=True)
    title = slug.replace("-", " ").capitalize()
    today = datetime.date.today()
    path.write_text(ARTICLE.format(title=title, date=today, model=settings.model), "utf-8")
    return path
