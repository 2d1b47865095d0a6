"""The table of pins: what a planner has fixed of a force element's way, whatever the method."""

from __future__ import annotations

from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Mode
from amberway.scenario.row import Id, Row, column
from amberway.units import HOURS_PER_DAY, periods


class Pin(Row):
    """What a planner fixes of a force element's way: its mode, ports, a place on it, its date.

    A pin binds each lot of the force element that has somewhere to go. A pin for a cargo class
    takes the place of one for all classes. A blank cell leaves its matter to the method.

    * `mode`: `road` – by road alone. `rail` – at least one train; by road besides. `sea` – at
      least one ship, no aircraft; by road and rail to the port and from it. `air` – at least one
      aircraft, no ship; by road and rail besides.
    * `poe`, `pod`: the lot goes on a ship or an aircraft, and each that it goes on leaves from
      `poe` and calls at `pod`.
    * `via`: one of its moves starts or ends there. A lot may be brought to any place by road; a
      train, a ship or an aircraft stops there if the place has a terminal for it.
    * `depart_day`: its first move starts on that day, from C+`depart_day` on and before the next.
      A lot for which that day has no room is left behind.

    A pin that no plan could obey is refused with the reason: by one of the checks below if the
    tables alone show it, else before planning begins (`impossible-pin`).
    """

    force: Id = column("whose lots it binds", ref="forces")
    cargo: CargoClass | None = column(
        "binds its lots of this class only; blank: all its lots", default=None
    )
    mode: Mode | None = column("main mode; blank: any", default=None)
    poe: Id | None = column(
        "port (or airfield) of embarkation; blank: any", ref="places", default=None
    )
    pod: Id | None = column(
        "port (or airfield) of debarkation; blank: any", ref="places", default=None
    )
    via: Id | None = column("place to call at; blank: any way", ref="places", default=None)
    depart_day: int | None = column(
        "day of departure; blank: any", unit="C+days", default=None, ge=0, le=720
    )

    def starts(self, grid_hours: float) -> range | None:
        """Periods in which the first move may start; None if the pin names no day."""
        if self.depart_day is None:
            return None
        first, after = (
            periods(day * HOURS_PER_DAY, grid_hours)
            for day in (self.depart_day, self.depart_day + 1)
        )
        return range(first, after)
