"""What the model leaves out, in plain words."""

from __future__ import annotations

from amberway.mobility.plan import Plan

_ONE_PASS = (
    "A plan by one-pass list scheduling is a possible plan: every lot, ship, track and berth is "
    "accounted for. The method gives no proof of how far a better plan could go."
)
_CERTIFIED = (
    "The bound holds for plans by the rules of this model and by these tables: for the ways that "
    "a lot is offered, for lots as they are cut, for capacities as they stand. It says nothing of "
    "what other rules or other tables would allow."
)
_ALWAYS = (
    "There is no attrition and no enemy action. Disruptions count only where the scenario lists "
    "them.",
    "There is no sustainment: no fuel, ammunition, food or casualties are moved.",
    "Crews travel with their vehicles. A unit closes when its last lot has arrived and the time "
    "for marry-up has passed; parts of a unit that arrived earlier do not count before.",
    "Ports, railheads and airfields have unlimited room to hold lots that wait.",
    "A ship holds its berth from the beginning of loading to departure, however little it loads.",
    "Clearance is granted by nation and legal phase, alike for all routes and cargoes.",
    "Capacities of links are shares left for this deployment, alike every day. Other traffic, "
    "refugees, weather and ice are in them only as far as the tables say so.",
    "Weapons, readiness and training of a unit are not judged. A brigade equivalent is counted in "
    "full once it closes.",
    "Times are counted in whole periods of the planning grid, always rounded up.",
)


def of(plan: Plan) -> tuple[str, ...]:
    """The limits of a plan, that of its method first."""
    return (_ONE_PASS if plan.certificate is None else _CERTIFIED, *_ALWAYS)
