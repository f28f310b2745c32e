"""Architectures that no library has, or none as it was published."""
