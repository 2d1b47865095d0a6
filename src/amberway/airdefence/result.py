"""The result of the assessment of air defence: headline numbers, tables, what is missing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from amberway.airdefence.fighters import MissionRow, patrols
from amberway.airdefence.missing import shortfalls
from amberway.airdefence.moments import Closure
from amberway.airdefence.problem import LAYERS, Problem, reach
from amberway.airdefence.siting import Model, Siting
from amberway.airdefence.solve import LAST_DAY, Coverage, Step, Week, at_day
from amberway.scenario.air import Mission
from amberway.shortfall import Shortfall
from amberway.units import HOURS_PER_DAY

if TYPE_CHECKING:
    import polars as pl

DAYS = (0, 10, LAST_DAY)
"""Days after C-day that the headline names."""
_RING_POINTS = 72


@dataclass(frozen=True, eq=False)
class AirDefenceResult:
    """Everything the assessment says.

    `in_place` is the coverage by what stands on its site on C-day, whatever its notice; `steps` are
    the hours after C-day, counting each system from the closure of its force element (`closure`;
    `planned` says whether a deployment gave it). `sitings` are the next sites beside what is in
    place, `later_sitings` beside what covers at C+30. `missions` fly on C-day,
    `missions_by_year` at the end of each year.
    """

    problem: Problem
    planned: bool
    closure: Closure
    in_place: Coverage
    steps: tuple[Step, ...]
    weeks: tuple[Week, ...]
    years: dict[int, Coverage]
    sitings: tuple[Siting, ...]
    later_sitings: tuple[Siting, ...]
    missions: tuple[MissionRow, ...]
    missions_by_year: dict[int, tuple[MissionRow, ...]]

    def after(self, day: float) -> Coverage:
        """Coverage at C+`day`, up to C+30."""
        return at_day(self.steps, day)

    @cached_property
    def moments(self) -> dict[str, Coverage]:
        """The moments that the headline names."""
        return {"in place": self.in_place} | {f"C+{day}": self.after(day) for day in DAYS}

    @cached_property
    def headline(self) -> dict[str, Any]:
        """The numbers of the assessment, as in `amberway assess --json`."""
        problem = self.problem
        at = problem.reference
        falls = [week for week in self.weeks if (week.falls > 1e-9).any()]
        return {
            "c_day": problem.scenario.settings.c_day.isoformat(),
            "planned": self.planned,
            "assets": len(problem.assets),
            "systems": len(problem.systems),
            "reference_m": problem.factors.reference_m,
            "coverage": {name: _shares(one) for name, one in self.moments.items()},
            "assets_short": {
                name: int((one.depth[at] < problem.asked).sum())
                for name, one in self.moments.items()
            },
            "weeks": len(self.weeks),
            "weeks_falling": [week.monday.isoformat() for week in falls],
            "lowest_week": self._lowest(),
            "weeks_fewer_aircraft": self._fewer(),
            "by_year": {str(year): _shares(one) for year, one in self.years.items()},
            "next_sites": _sites(self.sitings),
            "next_sites_at_C+30": _sites(self.later_sitings),
            "greedy_loses": round(max((s.greedy for s in self._all), default=0.0), 6),
            "missions": {row.mission.value: _mission(row) for row in self.missions},
            "missions_by_year": {
                str(year): {row.mission.value: _flown(row) for row in rows}
                for year, rows in self.missions_by_year.items()
            },
        }

    def _fewer(self) -> dict[str, list[str]]:
        """Weeks with fewer aircraft of a mission than the week before."""
        return {
            mission.value: [
                now.monday.isoformat()
                for before, now in pairwise(self.weeks)
                if now.aircraft[mission] < before.aircraft[mission]
            ]
            for mission in Mission
        }

    @property
    def _all(self) -> tuple[Siting, ...]:
        return self.sitings + self.later_sitings

    def _lowest(self) -> dict[str, Any] | None:
        if not self.weeks or not self.problem.assets:
            return None
        at = self.problem.reference
        lowest = min(self.weeks, key=lambda week: float(week.coverage.any_layer[at]))
        share = float(lowest.coverage.any_layer[at])
        return {"monday": lowest.monday.isoformat(), "any_layer": round(share, 6)}

    @cached_property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """What is missing, in sentences."""
        return shortfalls(self)

    def to_dict(self) -> dict[str, Any]:
        """Headline numbers, shortfalls and every table."""
        problem = self.problem
        return self.headline | {
            "shortfalls": [one.to_dict() for one in self.shortfalls],
            "assets_in_full": [
                {
                    "place": asset.place,
                    "weight": asset.weight,
                    "asked": asset.layers,
                    "layers": {
                        name: {_metres(altitude): _names(coverage, h, a)
                               for h, altitude in enumerate(problem.altitudes)}
                        for name, coverage in self.moments.items()
                    },
                }
                for a, asset in enumerate(problem.assets)
            ],
            "steps": [
                {"day": round(step.day, 6), "begins": list(step.begins), "ends": list(step.ends),
                 "coverage": _shares(step.coverage)}
                for step in self.steps
            ],
            "calendar": [
                {"monday": week.monday.isoformat(), "coverage": _shares(week.coverage),
                 "lost": list(week.lost),
                 "aircraft": {m.value: count for m, count in week.aircraft.items()}}
                for week in self.weeks
            ],
            "sitings": [asdict(one) for one in self.sitings],
            "later_sitings": [asdict(one) for one in self.later_sitings],
        }  # fmt: skip

    def to_frame(self) -> pl.DataFrame:
        """Coverage hour by hour from C+0 to C+30: hour, altitude, layer (or "any"), share."""
        import polars as pl

        rows = []
        for hour in range(int(LAST_DAY * HOURS_PER_DAY) + 1):
            coverage = self.after(hour / HOURS_PER_DAY)
            for h, altitude in enumerate(self.problem.altitudes):
                shares = [*coverage.by_layer[h], coverage.any_layer[h]]
                for layer, share in zip(
                    (*(one.value for one in LAYERS), "any"), shares, strict=True
                ):
                    rows.append((hour, altitude, str(layer), float(share)))
        schema = {"hour": pl.Int64, "altitude_m": pl.Float64, "layer": pl.String,
                  "share": pl.Float64}  # fmt: skip
        return pl.DataFrame(rows, schema=schema, orient="row")

    def to_geojson(self) -> dict[str, Any]:
        """Assets with their layers, and what each system covers at C+30, at the reference."""
        problem = self.problem
        late, at = self.after(LAST_DAY), problem.reference
        features = []
        for a, asset in enumerate(problem.assets):
            place = problem.scenario.places[asset.place]
            features.append(
                _feature(
                    asset.id,
                    {"kind": "asset", "name": place.name, "weight": asset.weight,
                     "asked": asset.layers, "layers": int(late.depth[at, a])},
                    {"type": "Point", "coordinates": [place.lon, place.lat]},
                )
            )  # fmt: skip
        for s, system in enumerate(problem.systems):
            km = reach(system, problem.factors.reference_m)
            if late.active[s] and km > 0:
                place = problem.scenario.places[system.place]
                features.append(
                    _feature(
                        system.id,
                        {"kind": "system", "name": system.system, "nation": system.nation,
                         "layer": LAYERS[problem.layer_of[s]].value, "reach_km": round(km, 1)},
                        {"type": "Polygon", "coordinates": [ring(place.lon, place.lat, km)]},
                    )
                )  # fmt: skip
        return {"type": "FeatureCollection", "features": features}


def ring(lon: float, lat: float, km: float) -> list[list[float]]:
    """The closed ring of positions `km` from a point on WGS 84, anticlockwise."""
    from pyproj import Geod

    bearings = -np.linspace(0.0, 360.0, _RING_POINTS + 1)
    many = np.ones_like(bearings)
    lons, lats, _ = Geod(ellps="WGS84").fwd(lon * many, lat * many, bearings, km * 1000 * many)
    found = [[round(float(x), 5), round(float(y), 5)] for x, y in zip(lons, lats, strict=True)]
    return [*found[:-1], found[0]]


def _feature(name: str, properties: dict[str, Any], geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": name, "properties": properties, "geometry": geometry}


def _shares(coverage: Coverage) -> dict[str, dict[str, float]]:
    """Share of the weight by altitude: in each layer, in any, in as many layers as asked."""
    found = {}
    for h, altitude in enumerate(coverage.problem.altitudes):
        row = {
            one.value: round(float(coverage.by_layer[h, at]), 6) for at, one in enumerate(LAYERS)
        }
        row["any"] = round(float(coverage.any_layer[h]), 6)
        row["as_asked"] = round(float(coverage.as_asked[h]), 6)
        found[_metres(altitude)] = row
    return found


def _metres(altitude: float) -> str:
    return f"{altitude:g} m"


def _names(coverage: Coverage, h: int, a: int) -> list[str]:
    return [one.value for at, one in enumerate(LAYERS) if coverage.layers[h, at, a]]


def _sites(sitings: tuple[Siting, ...]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for one in sitings:
        models = found.setdefault(one.battery, {model.value: [] for model in Model})
        models[one.model.value].append(
            {"n": one.n, "sites": list(one.sites), "before": round(one.before, 6),
             "after": round(one.after, 6), "twice": round(one.twice, 6),
             "greedy_loses": round(one.greedy, 6)}
        )  # fmt: skip
    return found


def _mission(row: MissionRow) -> dict[str, Any]:
    minutes = [one.minutes for one in row.scrambles]
    return {
        "detachments": len(row.detachments),
        "aircraft": row.aircraft,
        "ready": round(row.ready, 3),
        "sorties_a_day": round(row.sorties, 3),
        "patrols": round(row.patrols, 3),
        "by_detachment": {one.id: round(patrols(one), 3) for one in row.detachments},
        "scramble_minutes": {
            one.point: {"minutes": round(one.minutes, 1), "by": one.detachment}
            for one in row.scrambles
        },
        "slowest_minutes": round(max(minutes), 1) if minutes else None,
    }


def _flown(row: MissionRow) -> dict[str, float]:
    return {"aircraft": row.aircraft, "patrols": round(row.patrols, 3)}


def mission_of(result: AirDefenceResult, mission: Mission) -> MissionRow:
    """The row of one mission."""
    return next(row for row in result.missions if row.mission is mission)
