"""Pictures whose shape says one thing and whose texture another, and pictures that have lost one of the two."""
