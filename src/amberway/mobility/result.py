"""The one result of a mobility plan: headline numbers, closures, resources, as data to publish."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from amberway.mobility import evaluate
from amberway.mobility.certificate import CERTIFIED
from amberway.mobility.evaluate import THRESHOLDS, Closure, ResourceUse, Standing
from amberway.mobility.plan import Plan
from amberway.network.moves import Means
from amberway.shortfall import Shortfall

if TYPE_CHECKING:
    import polars as pl

_TOP = 10


@dataclass(frozen=True, eq=False)
class MobilityResult:
    """A plan with everything that is computed from it; see `to_dict` for the numbers."""

    plan: Plan

    @cached_property
    def closures(self) -> tuple[Closure, ...]:
        """One row per force element."""
        return tuple(evaluate.closures(self.plan))

    @cached_property
    def resources(self) -> tuple[ResourceUse, ...]:
        """Every resource used or waited for, the most waited for first."""
        return tuple(evaluate.resource_uses(self.plan))

    @cached_property
    def headline(self) -> dict[str, Any]:
        """The numbers that every plan shows, as in `amberway plan --json`."""
        plan, rows = self.plan, list(self.closures)
        settings = plan.scenario.settings
        closed = [
            row.day
            for row in rows
            if row.standing is not Standing.LOCAL and row.day is not None and row.lots
        ]
        legs = [leg for legs in plan.legs.values() for leg in legs]
        by_means = {means.value: sum(leg.means == means for leg in legs) for means in Means}
        return {
            "scenario": plan.scenario.name,
            "method": plan.method,
            "complete": plan.complete,
            "grid_hours": settings.grid_hours,
            "horizon_days": settings.horizon_days,
            "force_elements": len(rows),
            "lots": len(plan.lots),
            "lots_delivered": len(plan.legs),
            "items_total": evaluate.items_total(plan.scenario),
            "persons_total": sum(row.persons for row in rows),
            "persons_in_place": self._persons(Standing.IN_PLACE),
            "persons_local": self._persons(Standing.LOCAL),
            "persons_closed": self._by_day(arrived=True),
            "persons_available": self._by_day(arrived=False),
            "brigades_total": round(sum(row.brigades for row in rows), 3),
            "brigades_closed": {
                name: round(evaluate.brigades_by(rows, day), 3) for name, day in THRESHOLDS.items()
            },
            "reinforcing": {
                "persons_total": self._persons(Standing.REINFORCING),
                "persons_closed": self._by_day(arrived=True, standing=Standing.REINFORCING),
                "persons_available": self._by_day(arrived=False, standing=Standing.REINFORCING),
            },
            "last_closure_day": max(closed, default=None),
            "units_not_closed": sum(row.day is None for row in rows),
            **self._objective(),
            "moves_by_means": {means: count for means, count in by_means.items() if count},
            "trains": by_means[Means.TRAIN],
            "serials": sum(
                by_means[m]
                for m in (
                    Means.MARCH,
                    Means.TRACK_MARCH,
                    Means.HEAVY_TRANSPORTER,
                    Means.TRUCK,
                    Means.COACH,
                )
            ),
            "sorties": evaluate.sorties(plan),
            "sailings": len(plan.sailings),
            "ship_fill_mean": self._fill(),
            "resources_top": [asdict(use) for use in self.resources[:_TOP]],
        }

    @cached_property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """Units that do not close, and persons missing against the Force Model."""
        return (*(_unclosed(row) for row in self.closures if row.day is None), *self._too_few())

    def _too_few(self) -> list[Shortfall]:
        """Persons missing against the Force Model, without local forces, in both readings."""
        foreign = [row for row in self.closures if row.standing is not Standing.LOCAL]
        found = []
        for name, day in THRESHOLDS.items():
            for arrived, word in ((False, "available"), (True, "arrived")):
                have = evaluate.persons_by(foreign, day, arrived=arrived)
                lacking = evaluate.FORCE_MODEL[name] - have
                if lacking > 0 and foreign:
                    text = (
                        f"By {name} {have:,} persons of allies are {word}, {lacking:,} fewer than "
                        f"the Force Model's {evaluate.FORCE_MODEL[name]:,}."
                    )
                    found.append(Shortfall("force-model", name, word, float(lacking), text))
        return found

    def _objective(self) -> dict[str, Any]:
        """The objective and what is certified of it; None where the method certifies nothing."""
        plan = self.plan
        value = evaluate.objective(plan)
        numbers: dict[str, Any] = {"objective_name": plan.objective, "objective": round(value, 6)}
        if plan.certificate is None:
            return numbers | dict.fromkeys(CERTIFIED)
        return numbers | plan.certificate.numbers(value)

    def _persons(self, standing: Standing) -> int:
        return sum(row.persons for row in self.closures if row.standing is standing)

    def _by_day(self, *, arrived: bool, standing: Standing | None = None) -> dict[str, int]:
        rows = list(self.closures)
        return {
            name: evaluate.persons_by(rows, day, arrived=arrived, standing=standing)
            for name, day in THRESHOLDS.items()
        }

    def _fill(self) -> float | None:
        """Mean share of a ship's usable lane metres that is loaded; None without sailings."""
        scenario = self.plan.scenario
        stow = scenario.settings.factors.stow_factor
        shares = [
            sailing.lane_m / (lane_m * stow)
            for sailing in self.plan.sailings
            if (lane_m := scenario.lift[sailing.ship.partition("#")[0]].lane_m)
        ]
        return round(sum(shares) / len(shares), 4) if shares else None

    def to_dict(self) -> dict[str, Any]:
        """Headline numbers and the closure of every force element."""
        return self.headline | {"closures": [asdict(row) for row in self.closures]}

    def to_frame(self) -> pl.DataFrame:
        """The closures as a polars table (`.to_pandas()` for who wants it)."""
        import polars as pl

        return pl.DataFrame([asdict(row) for row in self.closures], infer_schema_length=None)

    def to_geojson(self) -> dict[str, Any]:
        """Force elements as points at the places where they close."""
        places = self.plan.scenario.places
        return {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": row.force,
                    "properties": asdict(row),
                    "geometry": {
                        "type": "Point",
                        "coordinates": [places[row.destination].lon, places[row.destination].lat],
                    },
                }
                for row in self.closures
            ],
        }


def _unclosed(row: Closure) -> Shortfall:
    text = (
        f"{row.name} ({row.persons:,} persons) does not close: {row.lots - row.lots_delivered} of "
        f"{row.lots} lots do not arrive ({row.cause})."
    )
    return Shortfall("does-not-close", row.area, row.force, float(row.persons), text)
