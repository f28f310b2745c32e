"""From articles and artifacts to files: pages, lists, feeds, cards, fonts."""
