"""The program that the verbs register with."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="amberway",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Plans, tests and explains how a force gets to the Baltic states, in the open.",
)
