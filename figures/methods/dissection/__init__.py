"""Which concepts the units of a layer agree with: their maps with masks, or their maxima with labels."""
