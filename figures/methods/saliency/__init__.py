"""Which pixels of a picture move a unit: maps by several methods, and what they are worth."""
