"""What figures whose network answers in the page begin with."""
