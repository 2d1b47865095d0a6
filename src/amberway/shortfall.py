"""What an assessment finds missing, in the same form for every action."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Shortfall:
    """One thing that is missing.

    `kind` names the rule (lower-case with hyphens), `where` the area, place or headquarters,
    `what` the capability, unit or domain; `amount` is in the unit that `text` names. `text` is a
    whole sentence that says what is missing, by how much, and why.
    """

    kind: str
    where: str
    what: str
    amount: float
    text: str

    def to_dict(self) -> dict[str, Any]:
        """As in `amberway assess --json`."""
        return asdict(self)
