"""Why a publication stopped."""

from __future__ import annotations

from builder.errors import BuildError


class PublishError(BuildError):
    """A publication that could not be made; the message says what to do about it."""

    def __init__(self, message: str) -> None:
        super().__init__(())
        self.args = (message,)
