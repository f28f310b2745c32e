"""Atlases of what a layer tells apart: activation vectors of many places, laid out by likeness."""
