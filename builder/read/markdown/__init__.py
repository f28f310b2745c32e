"""Markdown with figures, measured numbers and citations: one rule a file; `document` puts them together."""
