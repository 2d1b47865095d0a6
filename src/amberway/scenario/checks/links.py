"""Checks of links."""

from __future__ import annotations

from collections.abc import Iterator

from amberway.errors import Problem
from amberway.scenario.checks.geodesy import great_circles_km
from amberway.scenario.checks.registry import at_row, named
from amberway.scenario.geography import Mode
from amberway.scenario.scenario import Scenario

# What a link of a mode cannot do without.
LINK_NEEDS = {Mode.ROAD: ("speed_kmh",), Mode.RAIL: ("speed_kmh", "gauge_mm")}
# A way is at least as long as the great circle, but for rounding and for where in a town the
# distance was measured from; and a way over this many times as long is probably a slip.
SHORTEST, LONGEST, LONGEST_EXTRA_KM = 0.98, 4.0, 100.0


@named("link-form")
def link_form(scenario: Scenario) -> Iterator[Problem]:
    """A link lacks what its mode needs: road a speed, rail a speed and a gauge."""
    for link in scenario.links.values():
        for column in LINK_NEEDS.get(link.mode, ()):
            if getattr(link, column) is None:
                what = f"is blank, but a {link.mode} link needs it"
                mend = "Fill it in, or change the mode."
                yield at_row(scenario, "link-form", "links", link, what, mend, column=column)


@named("loop-link")
def loop_link(scenario: Scenario) -> Iterator[Problem]:
    """A link leads from a place to itself."""
    for link in scenario.links.values():
        if link.from_place == link.to_place:
            mend = "Name the other end."
            what = "is where the link begins"
            yield at_row(scenario, "loop-link", "links", link, what, mend, column="to")


@named("link-length")
def link_length(scenario: Scenario) -> Iterator[Problem]:
    """A link is shorter than the great circle between its ends (by 2 %), or absurdly long."""
    links = [
        link
        for link in scenario.links.values()
        if {link.from_place, link.to_place} <= scenario.places.keys()
        and link.from_place != link.to_place
    ]
    ends = [(scenario.places[link.from_place], scenario.places[link.to_place]) for link in links]
    for link, direct_km in zip(links, great_circles_km(ends), strict=True):
        if link.km < SHORTEST * direct_km:
            what = f"is less than the great circle of {direct_km:.0f} km between its ends"
        elif link.km > LONGEST * direct_km + LONGEST_EXTRA_KM:
            what = f"is absurdly more than the great circle of {direct_km:.0f} km between its ends"
        else:
            continue
        mend = "Correct the length, or the position of an end (latitude before longitude)."
        yield at_row(scenario, "link-length", "links", link, what, mend, column="km")
