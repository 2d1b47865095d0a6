"""Ctrl-C between two steps instead of in the middle of one."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Interrupt:
    """Whether Ctrl-C was pressed."""

    asked = False


@contextmanager
def ctrl_c() -> Iterator[Interrupt]:
    """Note Ctrl-C instead of raising it, so that a step is never cut in half.

    A second Ctrl-C raises KeyboardInterrupt at once. Outside the main thread, where Python
    delivers no signals, nothing is changed.
    """
    noted = Interrupt()
    if threading.current_thread() is not threading.main_thread():
        yield noted
        return
    before = signal.getsignal(signal.SIGINT)

    def note(*_: object) -> None:
        noted.asked = True
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, note)
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, before)
