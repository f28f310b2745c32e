"""What is kept of an artifact, checked before and typed after; standard library only."""
