"""The commands, one file each: a thin skin over the rooms of the builder."""
