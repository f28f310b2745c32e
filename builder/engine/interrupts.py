"""Stop soon when asked to, whatever the main thread is at.

Python hears a signal only between two of its own steps, and one step of torch may last long.
So a thread listens as well, and ends the process where the main thread has not by itself, be
it that libraries wait for their own threads at the end.
What is finished is in the store, written atomically: an end at any moment loses only what is
under way.
"""

from __future__ import annotations

import atexit
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE_S = 1.2
FAREWELL_S = 0.5
STATUS = 130
MESSAGE = "stopped; what was measured is kept, and the next build goes on from there"
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping() -> Iterator[None]:
    """Let SIGINT and SIGTERM raise KeyboardInterrupt, and end the process if that does not happen soon."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    listening, told = socket.socketpair()
    for one in (listening, told):
        one.setblocking(False)
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(listening, done), daemon=True, name="interrupts")
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    wakeup = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    for number in _SIGNALS:
        if before[number] is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    watcher.start()
    try:
        yield
    except KeyboardInterrupt:
        atexit.register(_leave)  # before libraries take themselves apart, which takes seconds
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(wakeup)
        done.set()
        told.close()
        watcher.join(timeout=0.1)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _leave() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(STATUS)


def _watch(listening: socket.socket, done: threading.Event) -> None:
    """Wait for a signal; end the process where the block, or after it the program, does not end soon."""
    select.select([listening], [], [])
    heard = _numbers(listening)
    if not heard:
        return
    if done.wait(PATIENCE_S):
        time.sleep(FAREWELL_S)  # for words, and for what libraries do at the end
    else:
        print(MESSAGE, file=sys.stderr, flush=True)  # noqa: T201
    os._exit(STATUS)


def _numbers(listening: socket.socket) -> list[int]:
    try:
        return [number for number in listening.recv(64) if number in _SIGNALS]
    except OSError:
        return []
