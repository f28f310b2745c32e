"""The figure library: measurements on networks, and the figures drawn from them."""
