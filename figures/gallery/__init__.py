"""The figures that authors name: one family a file."""
