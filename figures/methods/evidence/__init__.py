"""What each place of a picture says for a class, and what is left of an answer without the places' order."""
