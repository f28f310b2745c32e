"""What networks answer to pictures that are harder to read than those they learned from."""
