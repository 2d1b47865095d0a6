"""A plan as the deployment that the other actions receive."""

from __future__ import annotations

from amberway.deployment import Deployment, Movement, Stage
from amberway.mobility.evaluate import closures
from amberway.mobility.plan import Plan
from amberway.units import period_to_days


def deployment(plan: Plan) -> Deployment:
    """Movements and closures of a plan, in days after C-day."""
    grid = plan.scenario.settings.grid_hours

    def day(period: int) -> float:
        return period_to_days(period, grid)

    movements = []
    for lot in plan.lots:
        arrival = plan.arrival(lot)
        stages = tuple(
            Stage(leg.means, leg.start_place, leg.end_place, day(leg.start), day(leg.end))
            for leg in plan.legs.get(lot.id, ())
        )
        movements.append(
            Movement(
                lot.id,
                lot.force,
                lot.persons,
                day(lot.ready),
                stages,
                None if arrival is None else day(arrival),
            )
        )
    return Deployment(tuple(movements), {row.force: row.day for row in closures(plan)})
