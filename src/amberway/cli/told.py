"""How every verb answers: expected errors in words, one JSON object, exit codes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

from amberway.errors import AmberwayError, ScenarioError

NO, BAD_INPUT, INTERRUPTED = 1, 2, 130
_SHOWN = 50


@contextmanager
def told(as_json: bool = False) -> Iterator[None]:
    """Say expected errors in words, with exit code 2 and no traceback."""
    try:
        yield
    except ScenarioError as error:
        if as_json:
            print_json({"valid": False, "problems": [vars(p) for p in error.problems]})
        for problem in error.problems[:_SHOWN]:
            typer.echo(str(problem), err=True)
        count = len(error.problems)
        more = f" ({count - _SHOWN} more not shown; --json has all)" if count > _SHOWN else ""
        typer.echo(f"{count} problem{'s' if count > 1 else ''}{more}.", err=True)
        raise typer.Exit(BAD_INPUT) from error
    except AmberwayError as error:
        if as_json:
            print_json({"valid": False, "error": str(error)})
        typer.echo(f"amberway: {error}", err=True)
        raise typer.Exit(BAD_INPUT) from error
    except BrokenPipeError:
        raise  # whoever read the output has seen enough: typer ends quietly
    except OSError as error:
        where = f"{str(error.filename)[:200]}: " if error.filename else ""
        if as_json:
            print_json({"valid": False, "error": f"{where}{error.strerror}"})
        typer.echo(f"amberway: {where}{error.strerror}.", err=True)
        raise typer.Exit(BAD_INPUT) from error
    except KeyboardInterrupt:
        typer.echo("amberway: interrupted; nothing was written.", err=True)
        raise typer.Exit(INTERRUPTED) from None


def print_json(content: dict[str, Any]) -> None:
    typer.echo(json.dumps(content, indent=1, ensure_ascii=False, default=str))
