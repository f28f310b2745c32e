"""Networks written down as a page computes them: a list of steps, and weights as bytes."""
