"""The program that the verbs register with."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="amberway",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Plans, tests and explains the defence of the Baltic states, in the open: who is "
    "responsible for what, who is already there, what covers the sky, how the rest arrives, who "
    "commands.",
)
