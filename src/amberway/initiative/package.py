"""The package: a scenario with its actions, run as a whole or in every subset, and what follows.

The subsets are those of the actions named, or of all that the scenario has. An action that brings
its own C-day is a record of a later state: it is no part of a subset, but run beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from amberway.errors import ScenarioError, UsageError
from amberway.initiative.audit import Audit, audit
from amberway.initiative.claims import RECORD, Claim, judge
from amberway.initiative.compare import SideBySide, open_metrics, side_by_side
from amberway.initiative.contribution import Contribution, Interaction, contributions
from amberway.initiative.metrics import METRICS
from amberway.initiative.reads import call_key
from amberway.initiative.roadmap import Roadmap, roadmap
from amberway.initiative.runs import Advance, Entry, How, Standing, run, variants
from amberway.initiative.shapley import subsets
from amberway.initiative.tracker import Item, track
from amberway.initiative.variant import Variant
from amberway.scenario import Scenario, actions_of, load
from amberway.scenario.action import Action
from amberway.scenario.load import files_of

MOST = 8  # actions; 256 subsets
_STRONGEST = 5
_FAINT = 0.05  # share of a metric's range below which an interaction is not told
_ENTRIES, _AUDITS = TypeAdapter(tuple[Entry, ...]), TypeAdapter(tuple[Audit, ...])


@dataclass(frozen=True)
class Package:
    """What was run, and what it says.

    `side` has the status quo against the package and, of all subsets, the record. `runs` are by
    subset; without `--all-subsets` the status quo and the package alone, and then there are no
    contributions, claims nor tracker, and the roadmap has shares and cost alone.
    """

    folder: str
    titles: dict[str, str]
    actions: tuple[str, ...]
    side: SideBySide
    runs: dict[frozenset[str], Variant]
    record: Variant | None
    contributions: tuple[Contribution, ...]
    claims: tuple[Claim, ...]
    tracker: tuple[Item, ...]
    roadmap: Roadmap
    audited: int

    @property
    def base(self) -> Variant:
        """The status quo."""
        return self.runs[frozenset()]

    @property
    def whole(self) -> Variant:
        """All the actions."""
        return self.runs[frozenset(self.actions)]

    @property
    def plans_valid(self) -> bool:
        """Did the verifier find every plan valid?"""
        record = [] if self.record is None else [self.record]
        return all(one.valid for one in (*self.runs.values(), *record))

    @property
    def valid(self) -> bool:
        """Is every plan valid, and every difference of the tables a row of an action?"""
        return self.side.clean and self.plans_valid

    @property
    def worst_gap(self) -> float | None:
        """The largest certified gap of all runs; None if one has no certificate."""
        gaps = [one.gap for one in self.runs.values()]
        known = [gap for gap in gaps if gap is not None]
        return max(known) if len(known) == len(gaps) else None

    def strongest(self) -> list[tuple[str, Interaction]]:
        """The strongest interactions with their metrics, of each pair of actions the strongest.

        What is strong is told by the share of the range that the metric has over the subsets.
        """
        found: dict[tuple[str, str], tuple[float, str, Interaction]] = {}
        for one in self.contributions:
            known = [
                value for run in self.runs.values() if (value := run.values[one.metric]) is not None
            ]
            span = max(known) - min(known) if known else 0.0
            for pair in one.strongest:
                share = abs(pair.amount) / span if span > 0 else 0.0
                if share > max(_FAINT, found.get(pair.actions, (0.0,))[0]):
                    found[pair.actions] = (share, one.metric, pair)
        order = sorted(found.values(), key=lambda row: (-row[0], row[1]))
        return [(metric, pair) for _, metric, pair in order[:_STRONGEST]]

    def to_dict(self) -> dict[str, Any]:
        """As `amberway compare --json`."""
        record = [] if self.record is None else [self.record]
        return {
            "scenario": self.folder,
            "actions": list(self.actions),
            "valid": self.valid,
            "metrics": [
                {
                    "name": one.name, "action": one.action, "title": one.title, "unit": one.unit,
                    "better": one.better, "by_plan": one.plan,
                }
                for one in METRICS
            ],
            "subsets": [
                one.to_dict() | {"not_distinguishable": open_metrics(self.base, one)}
                for one in self.runs.values()
            ],
            "record": [one.to_dict() for one in record],
            "worst_certified_gap": self.worst_gap,
            "differences": [asdict(one) for one in self.side.rows],
            "shapley": [one.to_dict() for one in self.contributions],
            "interactions": [
                {"metric": metric, "actions": list(pair.actions), "amount": pair.amount}
                for metric, pair in self.strongest()
            ],
            "claims": [one.to_dict() for one in self.claims],
            "tracker": [one.to_dict() for one in self.tracker],
            "roadmap": self.roadmap.to_dict(),
            "audit": {
                "variants": self.audited,
                "clean": self.side.clean,
                "of": [one.to_dict() for one in self.side.audits],
            },
        }  # fmt: skip


def package(
    scenario: str | Path, actions: Sequence[str], *, every: bool, how: How,
    advance: Advance | None = None,
) -> Package:  # fmt: skip
    """Run the package of these actions, or with `every` each of their subsets, and what follows.

    No actions: all that the scenario has. Raises UsageError and ScenarioError as `runs.run` and
    `audit.audit` do, UsageError also for a scenario without actions, or too many of them.
    """
    try:
        known = actions_of(scenario)
    except ScenarioError:
        load(scenario, actions)  # with a faulty action.toml, whatever else is wrong is told too
        raise
    chosen = _chosen(known, actions)
    wanted: list[tuple[str, ...]] = [(), chosen]
    records = [name for name, action in known.items() if action.c_day is not None]
    if every:
        if both := [name for name in chosen if name in records]:
            raise UsageError(
                f"{both[0]} is a record of a later state and no part of a subset; leave it out of "
                "--with: it is run beside the subsets."
            )
        if len(chosen) > MOST:
            raise UsageError(
                f"{len(chosen)} actions have {2 ** len(chosen):,} subsets; name at most {MOST} "
                "with --with."
            )
        wanted = [tuple(name for name in chosen if name in one) for one in subsets(chosen)]
        record = (RECORD,) if RECORD in records else tuple(records[:1])
        wanted += [record] if record else []
    how.check()
    entries, audits = _entries(scenario, wanted, how, advance)
    found = variants(entries, how.store)
    if found is None:
        raise UsageError(f"results vanished from {how.store.root} meanwhile; try again.")
    runs = {frozenset(one.actions): one for one in found}
    beside = runs.pop(frozenset(wanted[-1]), None) if every and records else None
    shown = [runs[frozenset(chosen)], *([] if beside is None else [beside])]
    by_name = {one.actions: one for one in audits}
    side = side_by_side(runs[frozenset()], shown, [by_name[one.actions] for one in shown])
    whole = runs[frozenset(chosen)]
    return Package(
        str(scenario),
        {name: action.title for name, action in known.items()},
        chosen,
        SideBySide(side.base, side.variants, side.rows, tuple(audits)),
        runs,
        beside,
        contributions(chosen, runs) if every else (),
        judge(runs, beside) if every else (),
        track(runs[frozenset()], whole, beside) if every and beside is not None else (),
        roadmap(known, runs),
        len(wanted) - 1,
    )


def _chosen(known: dict[str, Action], actions: Sequence[str]) -> tuple[str, ...]:
    """The actions to combine, in the order of their names: the order in which they are laid."""
    if actions:
        return tuple(sorted(dict.fromkeys(actions)))
    chosen = tuple(name for name, action in known.items() if action.c_day is None)
    if not chosen:
        raise UsageError("the scenario has no actions to compare; make a folder actions/<name>.")
    return chosen


def _entries(
    scenario: str | Path, wanted: Sequence[tuple[str, ...]], how: How, advance: Advance | None
) -> tuple[tuple[Entry, ...], tuple[Audit, ...]]:
    """The keys of the variants and the audits that are shown, from the cache if nothing changed."""
    files = ((name, path.read_bytes()) for name, path in sorted(files_of(scenario).items()))
    key = call_key(files, how.method, asdict(how.effort), [list(names) for names in wanted])
    told = how.store.get("calls", key)
    if told is not None:
        entries = _ENTRIES.validate_python(told["entries"])
        if variants(entries, how.store) is not None:
            return entries, _AUDITS.validate_python(told["audits"])
    loaded = []
    for number, names in enumerate(wanted):
        loaded.append(load(scenario, names))
        if advance is not None:
            advance(Standing(0.0, f"{number + 1} of {len(wanted)} variants read"))
    made = run(loaded, how, advance)
    entries = tuple(replace(one, actions=names) for one, names in zip(made, wanted, strict=True))
    # After the runs: nobody should have edited a table meanwhile.
    audits = tuple(_audits(loaded, wanted))
    content = {
        "entries": _ENTRIES.dump_python(entries, mode="json"),
        "audits": _AUDITS.dump_python(audits, mode="json"),
    }
    if all(one.clean for one in audits):  # else it would be found again after the edit is undone
        how.store.put("calls", key, content)
    return entries, _AUDITS.validate_python(content["audits"])


def _audits(loaded: Sequence[Scenario], wanted: Sequence[tuple[str, ...]]) -> list[Audit]:
    """Audits of the variants: all are made; those of the largest, of a record, and any that finds
    something unexplained are kept."""
    base = loaded[0]
    most = max(len(names) for names in wanted)
    found = [
        (audit(base, other, names), names)
        for other, names in zip(loaded[1:], wanted[1:], strict=True)
    ]
    last = wanted[-1]
    return [one for one, names in found if not one.clean or len(names) == most or names == last]
