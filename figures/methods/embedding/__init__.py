"""Which images a layer holds for alike: codes, maps of them in the plane, and what those maps are worth."""
