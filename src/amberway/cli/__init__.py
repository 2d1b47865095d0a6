"""The command line: one verb per task.

Standard output carries the answer (with `--json` one object and nothing else); progress and
errors go to standard error. Exit codes: 0 fine, 1 the answer is no, 2 bad input or usage.
Heavy modules are imported inside the verb that needs them.
"""

from __future__ import annotations

from amberway.cli import folders, mobility, package, posture, serve  # noqa: F401  (verbs, in order)
from amberway.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Entry point of the `amberway` program."""
    app(prog_name="amberway")
