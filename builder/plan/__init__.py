"""From directives to requests: what is asked for, bound to figures, networks and data, each with its key."""
