"""Rows of CSV tables: the door to the figure library's one way to read them."""

from __future__ import annotations

from figures.rows import Row, RowsError, rows

__all__ = ["Row", "RowsError", "rows"]
