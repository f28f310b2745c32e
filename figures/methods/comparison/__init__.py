"""Two classes side by side: what of a layer speaks for one more than for the other, and what a patch of it does."""
