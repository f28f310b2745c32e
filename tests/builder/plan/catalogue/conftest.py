"""Fixtures of the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.plan.catalogue.catalogue import Catalogue
from tests.builder.plan.catalogue.sample import Describer, open_catalogue


@pytest.fixture
def googlenet(tmp_path: Path) -> Catalogue:
    return open_catalogue(tmp_path, Describer())
