"""Who brings what: the capability that a force element counts for, and how much of it."""

from __future__ import annotations

from amberway.scenario import Scenario
from amberway.scenario.force import Force, Role, UnitType
from amberway.scenario.posture import Capability

HEAVY, MEDIUM, LIGHT = (
    Capability.HEAVY_BRIGADE,
    Capability.MEDIUM_BRIGADE,
    Capability.LIGHT_BRIGADE,
)
BRIGADES = frozenset({HEAVY, MEDIUM, LIGHT})

# Capabilities that count towards a need of one. Brigades count upwards, everything else for
# itself: "seven brigades, three of them heavy" is a need of 3 heavy and of 7 light.
COUNTS = {capability: frozenset({capability}) for capability in Capability} | {
    MEDIUM: frozenset({MEDIUM, HEAVY}),
    LIGHT: BRIGADES,
}

# One and many of what is needed.
NEEDED = {
    HEAVY: ("heavy brigade", "heavy brigades"),
    MEDIUM: ("medium or heavy brigade", "medium or heavy brigades"),
    LIGHT: ("brigade of any kind", "brigades of any kind"),
    Capability.ARTILLERY: ("artillery battalion", "artillery battalions"),
    Capability.LONG_RANGE_FIRES: (
        "battalion of long-range fires",
        "battalions of long-range fires",
    ),
    Capability.SHORT_RANGE_AIR_DEFENCE: (
        "short-range air-defence battalion",
        "short-range air-defence battalions",
    ),
    Capability.MEDIUM_RANGE_AIR_DEFENCE: (
        "medium-range air-defence battery",
        "medium-range air-defence batteries",
    ),
    Capability.LONG_RANGE_AIR_DEFENCE: (
        "long-range air-defence battery",
        "long-range air-defence batteries",
    ),
    Capability.ENGINEERS: ("engineer battalion", "engineer battalions"),
    Capability.LOGISTICS: ("logistics battalion", "logistics battalions"),
    Capability.MEDICAL: ("medical battalion", "medical battalions"),
    Capability.MARITIME: ("warship", "warships"),
    Capability.AIR: ("combat aircraft", "combat aircraft"),
}
# One and many of the unit that quantities are in.
UNITS = dict.fromkeys(Capability, ("battalion", "battalions")) | {
    HEAVY: ("brigade", "brigades"),
    MEDIUM: ("brigade", "brigades"),
    LIGHT: ("brigade", "brigades"),
    Capability.MEDIUM_RANGE_AIR_DEFENCE: ("battery", "batteries"),
    Capability.LONG_RANGE_AIR_DEFENCE: ("battery", "batteries"),
    Capability.MARITIME: ("warship", "warships"),
    Capability.AIR: ("combat aircraft", "combat aircraft"),
}

# Role → capability, counted in battalions by the echelon of the unit type's symbol. Roles that no
# requirement asks for (reconnaissance, headquarters, helicopters, territorial units) are not here.
_MANOEUVRE = {Role.HEAVY: HEAVY, Role.MEDIUM: MEDIUM, Role.LIGHT: LIGHT}
_SUPPORT = {
    Role.ENGINEER: Capability.ENGINEERS,
    Role.LOGISTICS: Capability.LOGISTICS,
    Role.MEDICAL: Capability.MEDICAL,
}
# APP-6 echelon (digits 9-10 of the symbol code) → battalions: company or battery, battalion,
# regiment, brigade. Assumed: four to a battalion, three to a brigade.
_BATTALIONS = {"14": 0.1, "15": 0.25, "16": 1.0, "17": 1.0, "18": 3.0}
# APP-6 entity (digits 11-16) of rocket artillery, and of air defence with missile systems.
_ROCKETS, _MISSILES = "1307", "130102"
_BATTERIES_A_BATTALION = 4


def brings(scenario: Scenario, force: Force) -> tuple[Capability, float] | None:
    """Capability of a force element and its quantity in the unit of `UNITS`; None: nothing asked.

    A row of `[[responsibility.brings]]` for the unit type decides; else role, brigade equivalent
    and symbol do. Both are taken times the strength of the force element.
    """
    for row in scenario.settings.responsibility.brings:
        if row.unit_type == force.unit_type:
            return (row.capability, row.quantity * force.strength) if row.quantity else None
    found = of_type(scenario.unit_types[force.unit_type])
    return None if found is None or not found[1] else (found[0], found[1] * force.strength)


def of_type(unit_type: UnitType) -> tuple[Capability, float] | None:
    """What a whole unit of a type counts for by its role and its APP-6 symbol."""
    role, battalions = unit_type.role, _BATTALIONS.get(unit_type.sidc[8:10], 1.0)
    if role in _MANOEUVRE:
        return _MANOEUVRE[role], unit_type.brigade_equivalent
    if role in _SUPPORT:
        return _SUPPORT[role], battalions
    if role is Role.FIRES:
        rockets = unit_type.sidc[10:16].startswith(_ROCKETS)
        return Capability.LONG_RANGE_FIRES if rockets else Capability.ARTILLERY, battalions
    if role is Role.AIR_DEFENCE:
        if unit_type.sidc[10:16] == _MISSILES:
            return Capability.MEDIUM_RANGE_AIR_DEFENCE, battalions * _BATTERIES_A_BATTALION
        return Capability.SHORT_RANGE_AIR_DEFENCE, battalions
    return None
