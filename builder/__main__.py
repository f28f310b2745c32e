"""Run the command with `python -m builder`."""

from builder.cli import main

main()
