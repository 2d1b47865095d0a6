"""Does each pinned lot go as its pin has it?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from amberway.mobility.verify.means import MEANS
from amberway.mobility.verify.rows import Lot, Move
from amberway.mobility.verify.verdict import Findings
from amberway.mobility.verify.world import World
from amberway.scenario.geography import Mode
from amberway.scenario.pins import Pin
from amberway.units import HOURS_PER_DAY

# By main mode: what a lot may not use at all.
_BARRED = {
    Mode.ROAD: {Mode.RAIL, Mode.SEA, Mode.AIR},
    Mode.RAIL: {Mode.SEA, Mode.AIR},
    Mode.SEA: {Mode.AIR},
    Mode.AIR: {Mode.SEA},
}


def check_pin(world: World, lot: Lot, moves: Sequence[Move], findings: Findings) -> None:
    """The moves of a lot that arrives, against the pin that binds it, if one does."""
    pin = _binding(world, lot)
    hauls = [move for move in moves if move.means != "reception" and move.means in MEANS]
    if pin is None or not hauls:
        return

    def broken(what: str, move: Move) -> None:
        findings.add("pin", lot.id, f"{what}, against pin {pin.id!r}", move.start)

    if pin.mode is not None:
        _check_mode(pin.mode, hauls, broken)
    _check_ports(pin, hauls, broken)
    if pin.via is not None and not any(
        pin.via in (move.origin, move.destination) for move in hauls
    ):
        broken(f"does not call at {pin.via}", hauls[0])
    if pin.depart_day is not None:
        day = hauls[0].start * world.grid / HOURS_PER_DAY
        if not pin.depart_day - 1e-9 <= day < pin.depart_day + 1 - 1e-9:
            broken(f"departs on C+{day:.2f}, not on C+{pin.depart_day}", hauls[0])


def _binding(world: World, lot: Lot) -> Pin | None:
    """The pin of a lot that has somewhere to go: that for its class before that for all."""
    if lot.origin == lot.destination:
        return None
    of_force = [pin for pin in world.scenario.pins.values() if pin.force == lot.force]
    for cargo in (lot.cargo, None):
        for pin in of_force:
            if pin.cargo == cargo:
                return pin
    return None


def _check_mode(mode: Mode, hauls: Sequence[Move], broken: Callable[[str, Move], None]) -> None:
    for move in hauls:
        if MEANS[move.means].mode in _BARRED[mode]:
            broken(f"leg {move.leg} goes by {move.means}", move)
    if not any(MEANS[move.means].mode is mode for move in hauls):
        broken(f"never goes by {mode}", hauls[0])


def _check_ports(pin: Pin, hauls: Sequence[Move], broken: Callable[[str, Move], None]) -> None:
    """Every voyage and flight is between the ports named, and there is one."""
    if pin.poe is None and pin.pod is None:
        return
    crossings = [move for move in hauls if MEANS[move.means].mode in (Mode.SEA, Mode.AIR)]
    if not crossings:
        broken("goes neither by ship nor by aircraft", hauls[0])
    for move in crossings:
        if pin.poe not in (None, move.origin):
            broken(f"leg {move.leg} leaves from {move.origin}, not from {pin.poe}", move)
        if pin.pod not in (None, move.destination):
            broken(f"leg {move.leg} calls at {move.destination}, not at {pin.pod}", move)
