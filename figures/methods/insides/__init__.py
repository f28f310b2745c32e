"""What networks are made of: their graphs, their layers, and what these see."""
