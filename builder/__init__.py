"""The site generator: text, pages, commands."""

__version__ = "0.1.0"
