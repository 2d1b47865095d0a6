"""A progress bar on standard error, if a person is looking at it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Move = Callable[[float, str], None]
"""Move the bar to a share of the work, with words beside it."""


@contextmanager
def bar(title: str) -> Iterator[Move | None]:
    """What moves the bar; None if standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TextColumn("{task.fields[words]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(title, total=1.0, words="")

        def move(done: float, words: str) -> None:
            shown.update(task, completed=done, words=words)

        yield move
