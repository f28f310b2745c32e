"""Keep the memory that layers have used for the layers after them.

A layer's output is a block of tens of megabytes. The allocator of glibc asks the kernel for each such block and gives
it back at once, and the kernel clears every page again: on a CPU that takes as long as the convolutions themselves.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
from typing import Any

# mallopt(3); the numbers are those of malloc.h.
_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX = -1, -2, -4
_KEPT_BYTES, _STEP_BYTES = 2**31 - 1, 2**26


@functools.cache
def keep() -> bool:
    """Make this process keep the blocks that it frees, for the next; return whether its allocator does so."""
    library = _glibc()
    if library is None:
        return False
    options = {_MMAP_MAX: 0, _TRIM_THRESHOLD: _KEPT_BYTES, _TOP_PAD: _STEP_BYTES}
    taken = [library.mallopt(option, value) for option, value in options.items()]
    return all(taken)


def release() -> None:
    """Give the kernel what is kept and not in use."""
    if keep.cache_info().currsize and (library := _glibc()) is not None:
        library.malloc_trim(0)


def _glibc() -> Any:
    """Return the C library of this process where it is glibc."""
    with contextlib.suppress(OSError, TypeError, AttributeError):
        library = ctypes.CDLL(None)
        return library if library.gnu_get_libc_version else None
    return None
