"""The cache: plans and results by the key of what they were computed from.

Whatever is found under a key is right, so nothing is ever changed: an edited table has another key.
Files are written beside and renamed, so that Ctrl-C leaves either the whole or nothing, and several
processes may work on one cache. What cannot be read is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from amberway.errors import PlanError, UsageError
from amberway.mobility import folder
from amberway.mobility.plan import Plan
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import Verdict

DEFAULT = Path("runs") / "cache"
_TAG = "CACHEDIR.TAG"
# The signature that backup programs look for (bford.info/cachedir).
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n"
VERDICT = "verdict.json"
_VERDICT = TypeAdapter(Verdict)
Kind = Literal["records", "calls"]


@dataclass(frozen=True)
class Store:
    """A folder with `plans/<key>/` (run folders), `records/<key>.json` and `calls/<key>.json`."""

    root: Path

    def prepare(self) -> None:
        """Make the folder. Raises UsageError if it cannot be made, or is something else."""
        try:
            if self.root.is_dir() and any(self.root.iterdir()) and not (self.root / _TAG).is_file():
                raise UsageError(
                    f"{self.root} holds something that is not a cache of Amberway; choose another "
                    "place with --cache."
                )
            for part in ("plans", "records", "calls"):
                (self.root / part).mkdir(parents=True, exist_ok=True)
            (self.root / _TAG).write_text(_SIGNATURE, encoding="utf-8")
        except OSError as error:
            raise UsageError(
                f"cannot write to {self.root} ({error.strerror}); choose another place with "
                "--cache."
            ) from error

    def get(self, kind: Kind, key: str) -> dict[str, Any] | None:
        """What is stored under a key; None if nothing is, or it cannot be read."""
        try:
            found = json.loads((self.root / kind / f"{key}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def put(self, kind: Kind, key: str, content: dict[str, Any]) -> None:
        """Store under a key."""
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        target = self.root / kind / f"{key}.json"
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=target.parent, prefix=f".{key}-", delete=False
        ) as beside:
            path = Path(beside.name)
            try:
                beside.write(text)
                beside.close()
                path.replace(target)
            finally:
                path.unlink(missing_ok=True)

    def plan_folder(self, key: str) -> Path:
        """Where the plan of a key is, or would be."""
        return self.root / "plans" / key

    def has_plan(self, key: str) -> bool:
        """Is there a plan under this key, with a verdict and every file as it was written?"""
        run = self.plan_folder(key)
        try:
            self.verdict(key)
            files = json.loads((run / "run.json").read_text(encoding="utf-8"))["files"]
            return all(
                hashlib.sha256((run / name).read_bytes()).hexdigest() == digest
                for name, digest in files.items()
            )
        except (PlanError, OSError, ValueError, LookupError, TypeError, AttributeError):
            return False

    def plan(self, key: str) -> Plan:
        """The plan under a key. Raises PlanError if it is not there or cannot be read."""
        return folder.read(self.plan_folder(key))

    @contextlib.contextmanager
    def staged(self, result: MobilityResult, key: str) -> Iterator[Path]:
        """The run folder beside its place, to be verified before it counts as stored."""
        with folder.staged(result, self.plan_folder(key)) as beside:
            yield beside

    def verdict(self, key: str) -> Verdict:
        """What the verifier said of the plan under this key. Raises PlanError if not known."""
        try:
            return _VERDICT.validate_json((self.plan_folder(key) / VERDICT).read_bytes())
        except (OSError, ValueError) as error:
            raise PlanError(
                f"nothing is known of how {self.plan_folder(key)} was judged"
            ) from error


def write_verdict(verdict: Verdict, folder: Path) -> None:
    """Keep what the verifier said beside the run."""
    (folder / VERDICT).write_bytes(_VERDICT.dump_json(verdict, indent=1) + b"\n")
