"""What is said of a piece of the dialect where it is defined: the reference is written from it."""

from __future__ import annotations

from builder.frozen import frozen


@frozen
class Explained:
    """A piece of the dialect, in Markdown; `directives` and `roles` are those that it is about.

    An example that is not `alone` needs files beside it or belongs to a whole article: it is shown, and not set.
    """

    title: str
    text: str
    example: str
    directives: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    alone: bool = True
