"""The means of transport: what each travels on, the lift it needs, the cargo it takes."""

from __future__ import annotations

from dataclasses import dataclass

from amberway.scenario.force import CargoClass
from amberway.scenario.geography import Mode
from amberway.scenario.lift import LiftKind


@dataclass(frozen=True)
class Means:
    """What a means travels on, the kind of lift it needs, the cargo it takes."""

    mode: Mode | None
    kind: LiftKind | None
    cargo: frozenset[CargoClass] = frozenset(CargoClass)


MEANS = {
    "march": Means(Mode.ROAD, None, frozenset({CargoClass.WHEELED})),
    "track-march": Means(Mode.ROAD, None, frozenset({CargoClass.HEAVY})),
    "heavy-transporter": Means(
        Mode.ROAD, LiftKind.HEAVY_TRANSPORTER, frozenset({CargoClass.HEAVY})
    ),
    "truck": Means(Mode.ROAD, LiftKind.TRUCK, frozenset({CargoClass.CONTAINERS})),
    "coach": Means(Mode.ROAD, LiftKind.COACH, frozenset({CargoClass.PERSONS})),
    "train": Means(Mode.RAIL, LiftKind.TRAIN_SET),
    "ship": Means(Mode.SEA, LiftKind.SHIP),
    "aircraft": Means(Mode.AIR, LiftKind.AIRCRAFT),
    "reception": Means(None, None),
}
