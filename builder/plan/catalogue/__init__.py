"""What networks and data sets there are, what figures and units are called: the door to the names of the library.

What is imported from there is of the standard library only.
"""
