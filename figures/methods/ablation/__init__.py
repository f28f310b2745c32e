"""What a network's classes do without some of its units, or with more of them."""
