"""The error tree.

* AmberwayError
    * ScenarioError      the tables are wrong; carries every problem found
    * PlanError          a stored plan cannot be read or does not fit its scenario
    * UsageError         an argument or an output place cannot be used
    * ServerError        a request that the workbench cannot answer; carries the HTTP status

Every one of them is an expected outcome that the command line prints without a traceback
(exit code 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

# More than a person reads at once; the message says how many are left out.
SHOWN_PROBLEMS = 50


class AmberwayError(Exception):
    """Anything that is wrong with what the user gave, said in a sentence."""


@dataclass(frozen=True)
class Problem:
    """One fault in a scenario: where it is, what is wrong, how to mend it.

    `check` is the name under which the fault is documented and tested. `what` continues the
    sentence that the place begins ("is not a number"), `mend` is a sentence of its own. `row` is
    the line number in the file (the header is line 1), None if the fault concerns the whole file;
    `column` is the column of a table, or the key of a TOML file.
    """

    check: str
    file: str
    what: str
    mend: str
    _: KW_ONLY
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        where = self.file
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", {'key' if self.file.endswith('.toml') else 'column'} {self.column}"
        shown = "" if self.value is None else f" {self.value!r}"
        return f"{where}:{shown} {self.what}. {self.mend} [{self.check}]"


class ScenarioError(AmberwayError):
    """A scenario that cannot be used.

    `problems` lists everything wrong with it; the message shows the first 50 and their number.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        lines = ["1 problem in the scenario" if count == 1 else f"{count} problems in the scenario"]
        lines += map(str, self.problems[:SHOWN_PROBLEMS])
        if count > SHOWN_PROBLEMS:
            lines.append(f"... and {count - SHOWN_PROBLEMS} more")
        super().__init__("\n".join(lines))


class PlanError(AmberwayError):
    """A run folder that cannot be read, or that does not belong to its scenario."""


class UsageError(AmberwayError):
    """An argument or a path that cannot be used."""


class ServerError(AmberwayError):
    """A request that the workbench cannot answer.

    `status` is the HTTP status, `kind` the name of the fault that programs look at.
    """

    def __init__(self, status: int, kind: str, message: str) -> None:
        self.status, self.kind = status, kind
        super().__init__(message)
