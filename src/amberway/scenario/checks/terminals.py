"""Checks of terminals, and of where gauges meet."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.graph import components
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.geography import Function, Mode
from amberway.scenario.scenario import Scenario

# What a terminal of a function cannot do without.
TERMINAL_NEEDS = {
    Function.RAIL: ("gauges_mm", "handling_h"),
    Function.SEA: ("lane_m_per_h",),
    Function.AIR: ("handling_h", "runway_m"),
    Function.RECEPTION: ("handling_h",),
}


@named("terminal-form")
def terminal_form(scenario: Scenario) -> Iterator[Problem]:
    """A terminal lacks what its function needs: gauges, handling time, loading rate, runway."""
    for terminal in scenario.terminals.values():
        for column in TERMINAL_NEEDS[terminal.function]:
            if getattr(terminal, column) in (None, ()):
                what = f"is blank, but a {terminal.function} terminal needs it"
                mend = "Fill it in, or change the function."
                yield at_row(
                    scenario, "terminal-form", "terminals", terminal, what, mend, column=column
                )


@named("unlinked-terminal", whole=True)
def unlinked_terminal(scenario: Scenario) -> Iterator[Problem]:
    """A port, airfield or rail terminal that no link of its mode (and gauge) touches."""
    touched: dict[tuple[str, str], set[int | None]] = {}
    for link in scenario.links.values():
        for end in (link.from_place, link.to_place):
            touched.setdefault((end, link.mode.value), set()).add(link.gauge_mm)
    for terminal in scenario.terminals.values():
        function, place = terminal.function, terminal.place
        if function is Function.RECEPTION:
            continue
        gauges = touched.get((place, function.value))
        if gauges is None:
            what = f"is at {place!r}, which no {function} link touches"
            column = "place"
        elif function is Function.RAIL and (missing := set(terminal.gauges_mm) - gauges):
            what = f"includes {min(missing)} mm, but no link of that gauge touches {place!r}"
            column = "gauges_mm"
        else:
            continue
        mend = "Add the link that leads there, or remove what leads nowhere."
        yield at_row(
            scenario, "unlinked-terminal", "terminals", terminal, what, mend, column=column
        )


@named("gauge-break", whole=True)
def gauge_break(scenario: Scenario) -> Iterator[Problem]:
    """Rail networks of two gauges meet, but at no transload yard (a terminal with both gauges)."""
    rail = [link for link in scenario.links.values() if link.mode is Mode.RAIL and link.gauge_mm]
    networks = [
        (gauge, nodes)
        for gauge in sorted({link.gauge_mm for link in rail if link.gauge_mm})
        for nodes in components(
            (link.from_place, link.to_place) for link in rail if link.gauge_mm == gauge
        )
    ]
    yards = [
        (terminal.place, set(terminal.gauges_mm))
        for terminal in scenario.terminals.values()
        if terminal.function is Function.RAIL and len(terminal.gauges_mm) > 1
    ]
    for position, (gauge, nodes) in enumerate(networks):
        for other_gauge, other_nodes in networks[position + 1 :]:
            meeting = sorted((nodes & other_nodes) & scenario.places.keys())
            both = {gauge, other_gauge}
            if (
                gauge == other_gauge
                or not meeting
                or any(place in meeting and both <= gauges for place, gauges in yards)
            ):
                continue
            what = f"is where {gauge} and {other_gauge} mm meet, without a transload yard"
            if len(meeting) > 1:
                what += f" here or at {', '.join(meeting[1:4])}"
            yield at_row(
                scenario,
                "gauge-break",
                "places",
                scenario.places[meeting[0]],
                what,
                f'Add a rail terminal with gauges_mm "{gauge} {other_gauge}" where trains are '
                "reloaded, or end one of the lines elsewhere.",
            )
