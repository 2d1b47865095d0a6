"""The tables of a scenario: name → row model. The one list that loading, checks, schemas,
reference page and overlays work from.
"""

from __future__ import annotations

from amberway.scenario import air, force, geography, lift, pins, posture
from amberway.scenario.row import Row

TABLES: dict[str, type[Row]] = {
    "nations": geography.Nation,
    "places": geography.Place,
    "terminals": geography.Terminal,
    "links": geography.Link,
    "equipment": force.Equipment,
    "unit_types": force.UnitType,
    "unit_equipment": force.UnitEquipment,
    "forces": force.Force,
    "lift": lift.Lift,
    "areas": geography.Area,
    "requirements": posture.Requirement,
    "pledges": posture.Pledge,
    "rotations": posture.Rotation,
    "host_support": posture.HostSupport,
    "air_defence": posture.AirDefence,
    "defended_assets": posture.DefendedAsset,
    "fighters": air.Fighter,
    "headquarters": posture.Headquarters,
    "command_relations": posture.CommandRelation,
    "disruptions": posture.Disruption,
    "pins": pins.Pin,
    "sources": posture.Source,
}


def header(table: str) -> tuple[str, ...]:
    """Column names of a table as they stand in its CSV file, provenance last."""
    fields = TABLES[table].model_fields
    names = [field.alias or name for name, field in fields.items()]
    last = ["source", "confidence", "release", "note"]
    return tuple([n for n in names if n not in last] + last)


def required(table: str) -> tuple[str, ...]:
    """Names of the columns without a default."""
    fields = TABLES[table].model_fields
    return tuple(field.alias or name for name, field in fields.items() if field.is_required())
