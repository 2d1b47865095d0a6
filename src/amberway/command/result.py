"""The result of an assessment of command: chains, commanders, loads, transfers, findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from amberway.command.areas import Command, Seam, commands, seams
from amberway.command.evaluate import faults
from amberway.command.findings import findings
from amberway.command.load import Load, PhaseChains, assigned, loads
from amberway.command.problem import Limits, Problem
from amberway.command.solve import chains
from amberway.command.transfers import Passage, passages
from amberway.deployment import Deployment
from amberway.scenario.geography import Domain
from amberway.scenario.posture import CommandPhase, Echelon
from amberway.shortfall import Shortfall

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, eq=False)
class CommandResult:
    """A command structure with everything that is computed from it; see `to_dict`.

    Without a deployment there are no loads by day and no days of transfers.
    """

    problem: Problem
    deployment: Deployment | None = None
    limits: Limits = field(default_factory=Limits)

    @cached_property
    def chains(self) -> PhaseChains:
        """The chain of every force element and headquarters, by phase."""
        return {phase: chains(self.problem, phase) for phase in CommandPhase}

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """Commanders of every area, domain and phase."""
        return commands(self.problem)

    @cached_property
    def seams(self) -> tuple[Seam, ...]:
        """Where commanders meet on the sea and over it."""
        return seams(self.problem, self.commands)

    @cached_property
    def assigned(self) -> dict[CommandPhase, dict[str, dict[str, int]]]:
        """Persons by phase, headquarters and nation, if everybody were there."""
        return {phase: assigned(self.problem, self.chains[phase]) for phase in CommandPhase}

    @cached_property
    def loads(self) -> tuple[Load, ...]:
        """Persons under each headquarters by day; empty without a deployment."""
        if self.deployment is None:
            return ()
        return loads(self.problem, self.chains, self.deployment)

    @cached_property
    def loads_from_abroad(self) -> tuple[Load, ...]:
        """The same without local forces."""
        if self.deployment is None:
            return ()
        return loads(self.problem, self.chains, self.deployment, abroad=True)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Each force element's commanders and transfers on its way."""
        return passages(self.problem, self.chains, self.deployment)

    @cached_property
    def spans(self) -> dict[str, dict[CommandPhase, int]]:
        """Subordinates of each headquarters by phase, as `span-of-control` counts them."""
        problem, types = self.problem, self.problem.scenario.unit_types
        counted = set(problem.headquarters) | {
            force.id
            for force in problem.scenario.forces.values()
            if types[force.unit_type].brigade_equivalent > 0
        }
        found: dict[str, dict[CommandPhase, int]] = {row: {} for row in problem.headquarters}
        for phase in CommandPhase:
            below: dict[str, set[str]] = {}
            for force in problem.persons:
                chain = self.chains[phase][force]
                if chain.complete:
                    for low, high in pairwise(chain.nodes):
                        if low in counted:
                            below.setdefault(high, set()).add(low)
            for row, spans in found.items():
                if row in below:
                    spans[phase] = len(below[row])
        return found

    @cached_property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """What the named checks find."""
        return findings(self)

    @cached_property
    def headline(self) -> dict[str, Any]:
        """The numbers that every assessment of command shows."""
        problem = self.problem
        counts = [len(passage.transfers) for passage in self.passages]
        over = [load for load in self.loads if load.over_day is not None]
        worst = max(over, key=lambda load: load.ratio or 0, default=None)
        defence = CommandPhase.DEFENCE
        found = Counter(shortfall.kind for shortfall in self.shortfalls)
        return {
            "scenario": problem.scenario.name,
            "headquarters": len(problem.headquarters),
            "force_elements": len(problem.persons),
            "persons": sum(problem.persons.values()),
            "with_deployment": self.deployment is not None,
            "chains_to_saceur": {
                phase.value: sum(self.chains[phase][f].complete for f in problem.persons)
                for phase in CommandPhase
            },
            "persons_under_saceur": {
                phase.value: sum(
                    persons
                    for force, persons in problem.persons.items()
                    if self.chains[phase][force].complete
                )
                for phase in CommandPhase
            },
            "chain_faults": sum(
                len(faults(problem, self.chains[phase], phase)) for phase in CommandPhase
            ),
            "mean_chain_links_defence": _mean(
                [
                    len(chain.nodes) - 1
                    for force in problem.persons
                    if (chain := self.chains[defence][force]).complete
                ]
            ),
            "area_domains": sum(c.phase is defence for c in self.commands),
            "one_commander": {
                phase.value: sum(len(c.commanders) == 1 for c in self.commands if c.phase is phase)
                for phase in CommandPhase
            },
            "sea_area_domains": sum(c.phase is defence for c in self._at_sea()),
            "sea_one_commander": {
                phase.value: sum(len(c.commanders) == 1 for c in self._at_sea() if c.phase is phase)
                for phase in CommandPhase
            },
            "seams": {
                phase.value: sum(seam.phase is phase for seam in self.seams)
                for phase in CommandPhase
            },
            "open_seams": {
                phase.value: sum(seam.open for seam in self.seams if seam.phase is phase)
                for phase in CommandPhase
            },
            "transfers_total": sum(counts),
            "transfers_mean": _mean(counts),
            "transfers_mean_moving": self._transfers_moving(),
            "transfers_max": max(counts, default=0),
            "hosts_mean": _mean([len(p.hosts) for p in self.passages if p.hosts]),
            "hosts_max": max((len(passage.hosts) for passage in self.passages), default=0),
            "overloaded": len(over),
            "peak_load_ratio": round(worst.ratio, 3) if worst and worst.ratio else None,
            "peak_load_headquarters": worst.headquarters if worst else None,
            "first_over_day": min(
                (load.over_day for load in over if load.over_day is not None), default=None
            ),
            "joint": self._joint(),
            "us_led_share": self.led_by("usa"),
            "findings": dict(found),
        }

    def _transfers_moving(self) -> float | None:
        """Transfers of those that the deployment moves, mean; None without any."""
        moved = {move.force for move in self.deployment.movements} if self.deployment else set()
        return _mean([len(p.transfers) for p in self.passages if p.force in moved])

    def _at_sea(self) -> list[Command]:
        areas = self.problem.scenario.areas
        return [c for c in self.commands if areas[c.area].domain is Domain.SEA]

    def _joint(self) -> list[dict[str, Any]]:
        """The joint headquarters with forces under them in the defence, and their load."""
        by_row = {load.headquarters: load for load in self.loads}
        abroad = {load.headquarters: load.over_day for load in self.loads_from_abroad}
        found = []
        for row, nations in self.assigned[CommandPhase.DEFENCE].items():
            hq = self.problem.headquarters[row]
            if hq.echelon is not Echelon.JOINT or hq.national or not nations:
                continue
            load = by_row.get(row)
            found.append(
                {
                    "headquarters": row,
                    "name": hq.name,
                    "lead_nation": hq.lead_nation,
                    "persons_assigned": sum(nations.values()),
                    "lead_share": round(
                        nations.get(hq.lead_nation, 0) / (sum(nations.values()) or 1), 4
                    ),
                    "lead_share_from_abroad": self._from_abroad(row),
                    "capacity": hq.capacity,
                    "peak": load.peak if load else None,
                    "over_day": load.over_day if load else None,
                    "over_day_from_abroad": abroad.get(row),
                    "ratio": round(load.ratio, 3) if load and load.ratio else None,
                }
            )
        return found

    def _from_abroad(self, row: str) -> float | None:
        """The lead nation's share of persons under a headquarters, without local forces."""
        lead, total, led = self.problem.headquarters[row].lead_nation, 0, 0
        for force, persons in self.problem.persons.items():
            chain = self.chains[CommandPhase.DEFENCE][force]
            if row in chain.nodes and not self.problem.local(force):
                total += persons
                led += persons * (self.problem.scenario.forces[force].nation == lead)
        return round(led / total, 4) if total else None

    def led_by(self, nation: str) -> float | None:
        """Share of persons in the defence whose joint headquarters this nation leads.

        Joint are those of echelon joint that are no nation's own; None if nobody is under one.
        """
        rows = self.problem.headquarters
        total = led = 0
        for force, persons in self.problem.persons.items():
            chain = self.chains[CommandPhase.DEFENCE][force]
            joint = next(
                (
                    rows[node]
                    for node in chain.nodes
                    if node in rows
                    and rows[node].echelon is Echelon.JOINT
                    and not rows[node].national
                ),
                None,
            )
            if chain.complete and joint is not None:
                total += persons
                led += persons * (joint.lead_nation == nation)
        return round(led / total, 4) if total else None

    def to_frame(self) -> pl.DataFrame:
        """One row per force element and phase: its chain, upwards, and its strength."""
        import polars as pl

        rows = [
            {
                "force": force,
                "phase": phase.value,
                "persons": persons,
                "complete": chain.complete,
                "strength": chain.strength.value if chain.strength else None,
                "chain": " > ".join(chain.nodes[1:]),
            }
            for phase in CommandPhase
            for force, persons in self.problem.persons.items()
            for chain in [self.chains[phase][force]]
        ]
        schema = {
            "force": pl.String,
            "phase": pl.String,
            "persons": pl.Int64,
            "complete": pl.Boolean,
            "strength": pl.String,
            "chain": pl.String,
        }
        return pl.DataFrame(rows, schema=schema)

    def to_geojson(self) -> dict[str, Any]:
        """Seats of the headquarters as points, with their peak load."""
        by_row = {load.headquarters: load for load in self.loads}
        features = []
        for row in self.problem.headquarters.values():
            place = self.problem.scenario.places[row.place]
            load = by_row.get(row.id)
            features.append(
                {
                    "type": "Feature",
                    "id": row.id,
                    "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
                    "properties": {
                        "name": row.name,
                        "echelon": row.echelon.value,
                        "lead_nation": row.lead_nation,
                        "capacity": row.capacity,
                        "peak": load.peak if load else None,
                        "over_day": load.over_day if load else None,
                    },
                }
            )
        return {"type": "FeatureCollection", "features": features}

    def to_dict(self) -> dict[str, Any]:
        """As in `amberway assess --json`: headline, shortfalls, details."""
        return self.headline | {
            "shortfalls": [shortfall.to_dict() for shortfall in self.shortfalls],
            "commands": [asdict(held) for held in self.commands],
            "seams": [asdict(seam) for seam in self.seams],
            "loads": [
                {
                    "headquarters": load.headquarters,
                    "capacity": load.capacity,
                    "peak": load.peak,
                    "peak_day": load.peak_day,
                    "over_day": load.over_day,
                    "ratio": load.ratio,
                    "steps": [list(step) for step in load.steps],
                }
                for load in self.loads
            ],
            "passages": [asdict(passage) for passage in self.passages],
        }


def _mean(values: list[int]) -> float | None:
    return round(sum(values) / len(values), 3) if values else None
