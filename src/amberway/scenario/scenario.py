"""A scenario: what is, as immutable typed tables."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amberway.errors import UsageError
from amberway.scenario.air import Fighter
from amberway.scenario.force import Equipment, Force, UnitEquipment, UnitType
from amberway.scenario.geography import Area, Link, Nation, Place, Terminal
from amberway.scenario.lift import Lift
from amberway.scenario.pins import Pin
from amberway.scenario.posture import (
    AirDefence,
    CommandRelation,
    DefendedAsset,
    Disruption,
    Headquarters,
    HostSupport,
    Pledge,
    Requirement,
    Rotation,
    Source,
)
from amberway.scenario.row import Confidence, Row
from amberway.scenario.settings import Settings
from amberway.scenario.tables import TABLES

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Scenario:
    """One scenario. Each table maps id → row, in the order of the file.

    `geometry` is the parsed areas.geojson; `actions` names the overlays that were laid over;
    `origin` tells the file and line of each row, by (table, id); `malformed` has the sound
    cells of the rows that are in the files but in no table because a cell or the header is faulty
    (none in what `load` gives); `loaded` is the folder and the actions that `load` was asked for,
    None if the rows came otherwise.
    """

    settings: Settings
    nations: dict[str, Nation] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    terminals: dict[str, Terminal] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    equipment: dict[str, Equipment] = field(default_factory=dict)
    unit_types: dict[str, UnitType] = field(default_factory=dict)
    unit_equipment: dict[str, UnitEquipment] = field(default_factory=dict)
    forces: dict[str, Force] = field(default_factory=dict)
    lift: dict[str, Lift] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    requirements: dict[str, Requirement] = field(default_factory=dict)
    pledges: dict[str, Pledge] = field(default_factory=dict)
    rotations: dict[str, Rotation] = field(default_factory=dict)
    host_support: dict[str, HostSupport] = field(default_factory=dict)
    air_defence: dict[str, AirDefence] = field(default_factory=dict)
    defended_assets: dict[str, DefendedAsset] = field(default_factory=dict)
    fighters: dict[str, Fighter] = field(default_factory=dict)
    headquarters: dict[str, Headquarters] = field(default_factory=dict)
    command_relations: dict[str, CommandRelation] = field(default_factory=dict)
    disruptions: dict[str, Disruption] = field(default_factory=dict)
    pins: dict[str, Pin] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    geometry: dict[str, Any] = field(default_factory=dict)
    actions: tuple[str, ...] = ()
    origin: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict, compare=False)
    malformed: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict, compare=False)
    loaded: tuple[Path, tuple[str, ...]] | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """Short name, with the actions laid over."""
        return "+".join((self.settings.name, *self.actions))

    def with_actions(self, *names: str) -> Scenario:
        """This scenario, read again with more actions laid over.

        Raises ScenarioError as `load` does, UsageError if it was not loaded from a folder.
        """
        from amberway.scenario.load import load

        if self.loaded is None:
            raise UsageError(f"{self.name} was not loaded from a folder that could hold actions.")
        folder, before = self.loaded
        return load(folder, (*before, *names))

    def table(self, name: str) -> dict[str, Row]:
        """The rows of a table by its name."""
        rows: dict[str, Row] = getattr(self, name)
        return rows

    def known(self, table: str) -> set[str]:
        """The ids of a table, also of malformed rows."""
        return {*self.table(table), *(row for where, row in self.malformed if where == table)}

    def frame(self, table: str) -> pl.DataFrame:
        """A table as a polars frame with typed columns, in the order of the file."""
        from amberway.scenario.frame import frame

        return frame(table, self.table(table))

    def assumed_shares(self) -> dict[str, float]:
        """Share of rows whose confidence is `assumed`, per table with rows (but sources)."""
        return {
            name: sum(row.confidence is Confidence.ASSUMED for row in rows.values()) / len(rows)
            for name in TABLES
            if name != "sources" and (rows := self.table(name))
        }

    def content_hash(self) -> str:
        """SHA-256 over every value; files, order of rows and names of actions do not count."""
        content: dict[str, Any] = {
            f.name: {i: r.model_dump(mode="json") for i, r in self.table(f.name).items()}
            for f in fields(self)
            if f.name in TABLES
        }
        content["settings"] = self.settings.model_dump(mode="json")
        content["geometry"] = self.geometry
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
