"""Labelling: people say what crops show, in a browser on this machine, without seeing how a unit answers."""
