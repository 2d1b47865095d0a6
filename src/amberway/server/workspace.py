"""The folder in which the workbench keeps everything: nothing is read or written outside it.

    <workspace>/
      scenario/                 an ordinary scenario folder that extends the one served
        scenario.toml
        actions/<draft>/        a draft: an ordinary action folder
      runs/<run>/
        record.json             what was asked, in which state it is
        input/                  the scenario as it was asked for, its draft copied
        plan/                   an ordinary run folder (`amberway verify`, `amberway explain`)
        pages/                  what the pages show of it
        outcome.json            its first numbers, or why there are none
        worker.log              what the worker said on standard error
      cache/                    what assessments have in common, by hash of the tables

Files are written beside and renamed. Names of runs and drafts are slugs, which is also what keeps
every path within the folder.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import IO, Annotated

from pydantic import StringConstraints

from amberway.errors import UsageError
from amberway.server.faults import not_found

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=60)]
_LONGEST = 50
_MARK = "scenario/scenario.toml"


class Workspace:
    """The folder, locked for this process."""

    def __init__(self, folder: Path, base: str) -> None:
        """Open or make the workspace of the scenario `base` (a packaged name or a folder).

        Raises UsageError if the folder holds something else, is in use, or cannot be written.
        """
        self.folder = folder.resolve()
        self.scenario = self.folder / "scenario"
        self.drafts = self.scenario / "actions"
        self.runs = self.folder / "runs"
        try:
            if self.folder.is_dir() and any(self.folder.iterdir()):
                self._check_ours()
            self.drafts.mkdir(parents=True, exist_ok=True)
            self.runs.mkdir(exist_ok=True)
            self._lock = _locked(self.folder / ".lock")
            # TOML's basic strings escape as JSON's do.
            self.extends = f"extends = {json.dumps(base, ensure_ascii=False)}\n"
            write_text(self.folder / _MARK, self.extends)
        except OSError as error:
            raise UsageError(
                f"cannot use {folder} as a workspace ({error.strerror}); choose another with "
                "--workspace."
            ) from error

    def _check_ours(self) -> None:
        left = [path.name for path in self.folder.iterdir() if path.name != ".lock"]
        if left and not (self.folder / _MARK).is_file():
            raise UsageError(
                f"{self.folder} exists and is not a workspace; choose another with --workspace."
            )

    def close(self) -> None:
        """Let another process use the folder."""
        self._lock.close()

    def run(self, name: str) -> Path:
        """The folder of a run. Raises ServerError 404 if there is none."""
        return _inside(self.runs, name, "record.json", "run")

    def draft(self, name: str) -> Path:
        """The folder of a draft. Raises ServerError 404 if there is none."""
        return _inside(self.drafts, name, "action.toml", "draft")


def _inside(folder: Path, name: str, mark: str, what: str) -> Path:
    if not re.fullmatch(SLUG, name) or len(name) > 60 or not (folder / name / mark).is_file():
        raise not_found(what, name)
    return folder / name


def _locked(path: Path) -> IO[str]:
    """An open file that one process at a time can hold."""
    file = path.open("a", encoding="utf-8")
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:  # no such lock on this system
        pass
    except OSError as error:
        file.close()
        raise UsageError(
            f"{path.parent} is in use by another workbench; end that, or choose another folder "
            "with --workspace."
        ) from error
    return file


def slug(title: str, taken: Callable[[str], bool], otherwise: str) -> str:
    """A free id made from a title: lower-case letters, digits, hyphens; numbered if need be."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST].strip("-") or otherwise
    name, number = stem, 1
    while taken(name):
        number += 1
        name = f"{stem}-{number}"
    return name


def write_text(path: Path, text: str) -> None:
    """Write a file beside its place and rename it: whole or not at all."""
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def remove(folder: Path) -> None:
    """Delete a folder; it is gone from its place at once."""
    gone = Path(tempfile.mkdtemp(prefix=".gone-", dir=folder.parent))
    folder.rename(gone / folder.name)
    shutil.rmtree(gone, ignore_errors=True)
