"""What of a picture moves one unit at one position: gradients as pictures, whole and cut to what the unit sees."""
