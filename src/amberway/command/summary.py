"""The assessment of command as lines for the terminal."""

from __future__ import annotations

from amberway.command.result import CommandResult
from amberway.scenario.posture import CommandPhase

_OVERLOADS = 3


def lines(result: CommandResult) -> list[str]:
    """The scorecard of a command structure, in about a dozen lines."""
    numbers = result.headline
    if not result.problem.headquarters:
        return [result.shortfalls[0].text]
    moving = ""
    if numbers["transfers_mean_moving"] is not None:
        moving = f" ({numbers['transfers_mean_moving']:.2f} for those that move)"
    text = [
        f"{numbers['headquarters']} headquarters, {numbers['force_elements']} force elements, "
        f"{numbers['persons']:,} persons",
        f"{'':40}" + "".join(f"{phase.value:>12}" for phase in CommandPhase),
        _row("persons with a chain to SACEUR", numbers["persons_under_saceur"]),
        _row(
            f"areas and domains with one commander, of {numbers['area_domains']}",
            numbers["one_commander"],
        ),
        _row(f"  of them at sea, of {numbers['sea_area_domains']}", numbers["sea_one_commander"]),
        _row("seams at sea that only SACEUR settles", numbers["open_seams"]),
        f"transfers of authority on a unit's way: {numbers['transfers_mean'] or 0:.2f} on "
        f"average{moving}, at most {numbers['transfers_max']}",
    ]
    for one in numbers["joint"]:
        share = f"{one['lead_share']:.0%} of its lead nation"
        if one["lead_share_from_abroad"] is not None:
            share += f" ({one['lead_share_from_abroad']:.0%} without local forces)"
        text.append(f"{one['name']}: {one['persons_assigned']:,} persons in the defence, {share}")
        if one["over_day_from_abroad"] is not None:
            text.append(
                f"  built for {one['capacity']:,}: even without local forces it has more from "
                f"C+{one['over_day_from_abroad']:.1f} on"
            )
    over = sorted(
        (load for load in result.loads if load.over_day is not None),
        key=lambda load: (-(load.ratio or 0), load.headquarters),
    )
    if over:
        many = len(over) != 1
        text.append(f"{len(over)} headquarters {'are' if many else 'is'} over capacity:")
    for load in over[:_OVERLOADS]:
        text.append(
            f"  {result.problem.name(load.headquarters)}: from C+{load.over_day:.1f}, peak "
            f"{load.peak:,} of {load.capacity:,} persons ({load.ratio:.1f} times)"
        )
    if len(over) > _OVERLOADS:
        text.append(f"  and {len(over) - _OVERLOADS} more")
    if result.deployment is None:
        text.append("No deployment given: loads by day and days of transfers are not known.")
    return text


def _row(label: str, values: dict[str, int]) -> str:
    return f"{label:<40}" + "".join(f"{value:>12,}" for value in values.values())
