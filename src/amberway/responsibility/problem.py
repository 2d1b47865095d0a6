"""The question as data: what is needed, what stands fixed, what may be sent where and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amberway.deployment import Reach
from amberway.responsibility.capability import BRIGADES, COUNTS, brings
from amberway.responsibility.choices import Choice, choices, fixed, is_local, pledges_of
from amberway.scenario import Scenario
from amberway.scenario.geography import Domain
from amberway.scenario.posture import Capability
from amberway.scenario.settings import Measure, Rule

_SLACK = 1e-9
THRESHOLDS = (2.0, 10.0, 30.0)


@dataclass(frozen=True)
class Need:
    """One requirement. `points` is what meeting it in full adds to the score; all add up to 100.

    `enough` is the quantity from which it counts as met.
    """

    id: str
    area: str
    capability: Capability
    quantity: float
    day: float
    points: float
    enough: float


@dataclass(frozen=True)
class Supply:
    """A quantity of a capability in an area from a day on; `day` None: it never gets there.

    `force` is None where a nation pledges without naming a force element. `local` marks what a
    nation has on its own soil.
    """

    owner: str
    nation: str
    area: str
    capability: Capability
    quantity: float
    day: float | None
    force: str | None
    local: bool

    def there(self, day: float) -> bool:
        """Has it arrived by a day?"""
        return self.day is not None and self.day <= day + _SLACK


@dataclass(frozen=True, eq=False)
class Problem:
    """Needs, supplies and choices, with the rules in force.

    `supplies` has what each force element brings to each area that it may serve. `candidates`
    has every land area with a need of brigades, and the nations that may lead there, first
    offered first. `shares` is what the burden of each nation is measured against. `stay` is where
    each force element that may be sent is at no cost of moving.
    """

    scenario: Scenario
    needs: tuple[Need, ...]
    fixed: tuple[Supply, ...]
    choices: tuple[Choice, ...]
    supplies: Mapping[tuple[str, str], tuple[Supply, ...]]
    candidates: Mapping[str, tuple[str, ...]]
    shares: Mapping[str, float]
    rules: tuple[Rule, ...]
    stay: Mapping[str, str | None]

    @property
    def days(self) -> tuple[float, ...]:
        """Days on which something is needed; C+2, C+10 and C+30 if nothing is."""
        return tuple(sorted({need.day for need in self.needs})) or THRESHOLDS

    def counts(self, supply: Supply, need: Need) -> bool:
        """Does a supply count towards a need, whenever it arrives?"""
        return (
            supply.area == need.area
            and supply.capability in COUNTS[need.capability]
            and not (
                supply.local
                and supply.capability in BRIGADES
                and not self.scenario.settings.responsibility.count_local
            )
        )


def build(
    scenario: Scenario,
    days: Reach,
    lead: Mapping[str, str] | None = None,
    rules: tuple[Rule, ...] | None = None,
    stay: Mapping[str, str | None] | None = None,
) -> Problem:
    """The problem for given arrival days (see `days.py`).

    `lead` (area → nation) forces leads; `rules` are those of the scenario unless given. A move is
    one away from the area in forces.csv, or from `stay`.
    """
    settings = scenario.settings.responsibility
    offered = choices(scenario, lead)
    needs = _needs(scenario)
    supplies = {
        (name, area): _brought(scenario, name, area, days.get((name, area)))
        for choice in offered
        for name in choice.members
        for area in dict.fromkeys((*choice.areas, scenario.forces[name].area))
    }
    standing = tuple(
        supply
        for name in fixed(scenario)
        for area in (scenario.forces[name].area,)
        for supply in _brought(scenario, name, area, days.get((name, area)))
    ) + tuple(
        Supply(
            row.id, row.nation, row.area, row.capability, row.quantity, row.from_day, None,
            is_local(scenario, row.nation, row.area),
        )
        for row in scenario.pledges.values()
        if row.force is None
    )  # fmt: skip
    return Problem(
        scenario,
        needs,
        standing,
        offered,
        supplies,
        _candidates(scenario, needs, lead or {}),
        _shares(scenario, standing, offered, supplies),
        settings.rules if rules is None else rules,
        {n: scenario.forces[n].area for choice in offered for n in choice.members}
        | dict(stay or {}),
    )


def _needs(scenario: Scenario) -> tuple[Need, ...]:
    settings = scenario.settings.responsibility
    half_life, share = settings.half_life_days, settings.met_share
    rows = scenario.requirements.values()
    weights = [2.0 ** (3 - row.priority - row.by_day / half_life) for row in rows]
    total = sum(weights)
    return tuple(
        Need(
            row.id,
            row.area,
            row.capability,
            row.quantity,
            row.by_day,
            100 * weight / total,
            share * row.quantity,
        )
        for row, weight in zip(rows, weights, strict=True)
    )


def _brought(scenario: Scenario, name: str, area: str, day: float | None) -> tuple[Supply, ...]:
    """What a force element brings to an area: what its pledges there say, else its unit type."""
    force = scenario.forces[name]
    local = is_local(scenario, force.nation, area)
    pledged = [row for row in pledges_of(scenario).get(name, ()) if row.area == area]
    if pledged:
        return tuple(
            Supply(
                name, force.nation, area, row.capability, row.quantity,
                None if day is None else max(day, row.from_day), name, local,
            )
            for row in pledged
        )  # fmt: skip
    found = brings(scenario, force)
    if found is None:
        return ()
    return (Supply(name, force.nation, area, *found, day, name, local),)


def _candidates(
    scenario: Scenario, needs: tuple[Need, ...], lead: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    asked = {need.area for need in needs if need.capability in BRIGADES} | set(lead)
    found = {}
    for area in scenario.areas.values():
        if area.id not in asked or area.domain is not Domain.LAND:
            continue
        offers = [p.nation for p in scenario.pledges.values() if p.leads and p.area == area.id]
        forced = lead.get(area.id)
        found[area.id] = tuple(dict.fromkeys(offers)) if forced is None else (forced,)
    return found


def _shares(
    scenario: Scenario,
    standing: tuple[Supply, ...],
    offered: tuple[Choice, ...],
    supplies: Mapping[tuple[str, str], tuple[Supply, ...]],
) -> dict[str, float]:
    """What each nation with allied manoeuvre units has: brigades, GDP or defence spending."""
    planned = [
        supply
        for choice in offered
        for name in choice.members
        for supply in supplies[name, scenario.forces[name].area]
    ]
    brigades: dict[str, float] = {}
    for supply in (*standing, *planned):
        if supply.capability in BRIGADES and not supply.local:
            brigades[supply.nation] = brigades.get(supply.nation, 0.0) + supply.quantity
    measure = scenario.settings.responsibility.burden_by
    if measure is Measure.FORCE:
        return brigades
    found = {}
    for name in brigades:
        nation = scenario.nations[name]
        share = nation.gdp_busd
        if share is not None and measure is Measure.DEFENCE:
            spent = nation.defence_spending_pct
            share = None if spent is None else share * spent / 100
        if share:
            found[name] = share
    return found
