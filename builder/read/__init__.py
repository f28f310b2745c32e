"""What stands in an article's folder, read once: head, Markdown, bibliography, pictures."""
