"""The run folder: a plan with its tables, complete in itself, the same bytes for the same input.

Files are written into a folder beside the target, which then takes its place, so that an
interrupted write never leaves half a run.
"""

from __future__ import annotations

import contextlib
import csv
import errno
import functools
import hashlib
import importlib.metadata
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amberway.errors import PlanError, UsageError
from amberway.mobility.certificate import DIGITS, Bottleneck, Certificate, Gain, GapParts
from amberway.mobility.explain import resource_words
from amberway.mobility.lots import lots_of
from amberway.mobility.plan import Leg, Plan, Voyage
from amberway.mobility.result import MobilityResult
from amberway.network import resources
from amberway.network.moves import Means
from amberway.scenario import Scenario, load
from amberway.scenario import write as write_scenario
from amberway.units import HOURS_PER_DAY

FORMAT = 1
# What reading tampered or half-copied files can raise.
_UNREADABLE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
    csv.Error,
)
_COLUMNS = {
    "lots.csv": "id force cargo origin destination ready weight persons items",
    "moves.csv": "lot leg means from to start end lift assets sailing links waits handling",
    "sailings.csv": "id ship from to ballast_start load_start depart arrive discharged links "
    "ballast_links lane_m pax",
    "unmoved.csv": "lot cause",
    "prices.csv": "resource first prices",
}
_TRIES = 10  # to put a folder in place while others do the same
_LIBRARIES = ("numpy", "numba", "polars", "pydantic", "scipy")


def check_target(target: Path) -> None:
    """Raise UsageError if a run cannot be written at `target`, as far as can be told beforehand."""
    try:
        if target.exists() and not (target / "run.json").is_file():
            raise UsageError(f"{target} exists and is not a run; choose another place with --out.")
        above = next(parent for parent in target.absolute().parents if parent.exists())
    except OSError as error:
        raise UsageError(
            f"cannot write to {str(target)[:200]} ({error.strerror}); choose another place with "
            "--out."
        ) from error
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise UsageError(f"cannot write to {above}; choose another place with --out.")


def save(result: MobilityResult, target: Path) -> Path:
    """Write the run folder of a result at `target`; see `staged`."""
    with staged(result, target):
        return target


@contextlib.contextmanager
def staged(result: MobilityResult, target: Path) -> Iterator[Path]:
    """The complete run folder of a result beside `target`, to be judged before it takes its place.

    It replaces an earlier run there. Raises UsageError if the place cannot be written, or holds
    something that is not a run.
    """
    check_target(target)
    place = target.resolve()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    except OSError as error:
        raise UsageError(
            f"cannot write to {target.parent} ({error.strerror}); choose another place with --out."
        ) from error
    try:
        _fill(result, beside)
        beside.chmod(0o755)
        yield beside
        _take_place(beside, place)
    except OSError as error:
        raise UsageError(f"cannot write {target} ({error.strerror}).") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _take_place(new: Path, target: Path) -> None:
    """Put a complete folder where an earlier one may be; of several writers the last one stays."""
    for _ in range(_TRIES):
        try:
            new.rename(target)
            return
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
        with contextlib.suppress(FileNotFoundError):  # another writer was quicker
            target.rename(old / "run")
        shutil.rmtree(old, ignore_errors=True)
    raise OSError(errno.EBUSY, "others keep writing there", str(target))


def read(folder: Path) -> Plan:
    """The plan of a run folder, for looking at; `verify` is what checks it.

    Raises PlanError if it is not a run folder or its files do not fit together.
    """
    if not (folder / "run.json").is_file():
        raise PlanError(f"{folder} is not a run folder; `amberway plan` writes one.")
    try:
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        scenario = load(folder / "scenario")
        lots = [lot for force in scenario.forces.values() for lot in lots_of(scenario, force)]
        lots.sort(key=lambda lot: lot.id)
        unmoved = {row["lot"]: row["cause"] for row in _rows(folder / "unmoved.csv")}
        legs: dict[str, list[Leg]] = {lot.id: [] for lot in lots if lot.id not in unmoved}
        for row in _rows(folder / "moves.csv"):
            legs[row["lot"]].append(_leg(row))
        sailings = tuple(_voyage(row) for row in _rows(folder / "sailings.csv"))
        _check_names(scenario, legs, sailings)
        return Plan(
            scenario,
            run["method"],
            tuple(lots),
            {lot: tuple(found) for lot, found in legs.items()},
            sailings,
            unmoved,
            run["complete"],
            run["objective"],
            _certificate(folder, run, resources.build(scenario).names),
        )
    except _UNREADABLE as error:
        raise PlanError(
            f"{folder} cannot be read as a plan ({error!r}); `amberway verify` says more."
        ) from error


def _check_names(
    scenario: Scenario, legs: dict[str, list[Leg]], sailings: tuple[Voyage, ...]
) -> None:
    """Raise KeyError or ValueError at the first name in the moves that the tables do not have."""
    ships = {voyage.id: scenario.lift[voyage.ship.partition("#")[0]] for voyage in sailings}
    for leg in (leg for found in legs.values() for leg in found):
        Means(leg.means)
        for place in (leg.start_place, leg.end_place):
            scenario.places[place]
        for link in leg.links:
            scenario.links[link[:-1]]
        if leg.lift is not None:
            scenario.lift[leg.lift]
        if leg.sailing is not None:
            ships[leg.sailing]
        for resource, _ in leg.waits:
            resource_words(scenario, resource)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != _COLUMNS[path.name].split():
            raise ValueError(f"{path.name} has not the header of a plan")
        return list(reader)


def _leg(row: dict[str, str]) -> Leg:
    waits = (pair.rpartition(":") for pair in row["waits"].split())
    return Leg(
        row["means"],
        row["from"],
        row["to"],
        int(row["start"]),
        int(row["end"]),
        row["lift"] or None,
        int(row["assets"]),
        row["sailing"] or None,
        tuple(row["links"].split()),
        tuple((name, int(n)) for name, _, n in waits),
        int(row["handling"]),
    )


def _voyage(row: dict[str, str]) -> Voyage:
    return Voyage(
        id=row["id"],
        ship=row["ship"],
        start_place=row["from"],
        end_place=row["to"],
        ballast_start=int(row["ballast_start"]),
        load_start=int(row["load_start"]),
        depart=int(row["depart"]),
        arrive=int(row["arrive"]),
        discharged=int(row["discharged"]),
        links=tuple(row["links"].split()),
        ballast_links=tuple(row["ballast_links"].split()),
        lane_m=float(row["lane_m"]),
        pax=int(row["pax"]),
    )


def _fill(result: MobilityResult, folder: Path) -> None:
    plan = result.plan
    write_scenario(plan.scenario, folder / "scenario")
    files = {
        "lots.csv": _lots(plan),
        "moves.csv": _moves(plan),
        "sailings.csv": _sailings(plan),
        "unmoved.csv": _table("unmoved.csv", plan.unmoved.items()),
        "result.json": _json(result.to_dict()),
    }
    certificate = plan.certificate
    if certificate is not None:
        files["prices.csv"] = _prices(plan.use.names, certificate.prices)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = plan.scenario.settings
    (folder / "run.json").write_text(
        _json(
            {
                "format": FORMAT,
                "amberway": importlib.metadata.version("amberway"),
                "scenario": plan.scenario.settings.name,
                "actions": list(plan.scenario.actions),
                "content_hash": plan.scenario.content_hash(),
                "method": plan.method,
                "objective": plan.objective,
                "seed": certificate.seed if certificate else 0,
                "time_limit": certificate.time_limit if certificate else None,
                "stopped": certificate.stopped if certificate else not plan.complete,
                "grid_hours": settings.grid_hours,
                "horizon_days": settings.horizon_days,
                "complete": plan.complete,
                "versions": _versions(),
                "files": {
                    name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()
                },
            }
        ),
        encoding="utf-8",
    )


@functools.cache
def _versions() -> dict[str, str]:
    """Versions of the libraries that a plan's numbers come through."""
    return {name: importlib.metadata.version(name) for name in _LIBRARIES}


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _table(name: str, rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS[name].split())
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue()


def _prices(names: tuple[str, ...], prices: NDArray[np.float64]) -> str:
    """One row per resource with a price; periods before the first and after the last have none."""
    rows = []
    for name, row in sorted(zip(names, prices, strict=True), key=lambda pair: pair[0]):
        priced = np.flatnonzero(row)
        if priced.size:
            span = row[priced[0] : priced[-1] + 1]
            rows.append((name, priced[0], " ".join(f"{price:.{DIGITS}g}" for price in span)))
    return _table("prices.csv", rows)


def _certificate(folder: Path, run: dict[str, Any], names: tuple[str, ...]) -> Certificate | None:
    """The certificate of a stored plan, if it has one."""
    if not (folder / "prices.csv").is_file():
        return None
    numbers = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    row = {name: i for i, name in enumerate(names)}
    prices = np.zeros((len(names), round(run["horizon_days"] * HOURS_PER_DAY / run["grid_hours"])))
    for cells in _rows(folder / "prices.csv"):
        values = [float(price) for price in cells["prices"].split()]
        first = int(cells["first"])
        prices[row[cells["resource"]], first : first + len(values)] = values
    return Certificate(
        numbers["bound"],
        numbers["free_flow_objective"],
        numbers["baseline_objective"],
        prices,
        run["seed"],
        run["time_limit"],
        run["stopped"],
        numbers["deadline"],
        None,
        None if numbers["gap_parts"] is None else GapParts(**numbers["gap_parts"]),
        tuple(
            Bottleneck(**(one | {"one_more_buys": (gain := one["one_more_buys"]) and Gain(**gain)}))
            for one in numbers["bottlenecks"]
        ),
    )


def _lots(plan: Plan) -> str:
    return _table(
        "lots.csv",
        (
            (
                lot.id,
                lot.force,
                lot.cargo.value,
                lot.origin,
                lot.destination,
                lot.ready,
                lot.weight,
                lot.persons,
                " ".join(f"{item.id}:{count}" for item, count in lot.items),
            )
            for lot in plan.lots
        ),
    )


def _moves(plan: Plan) -> str:
    return _table(
        "moves.csv",
        (
            (
                lot,
                number,
                leg.means,
                leg.start_place,
                leg.end_place,
                leg.start,
                leg.end,
                leg.lift,
                leg.assets,
                leg.sailing,
                " ".join(leg.links),
                _waits(leg),
                leg.handling,
            )
            for lot, legs in plan.legs.items()
            for number, leg in enumerate(legs, start=1)
        ),
    )


def _waits(leg: Leg) -> str:
    return " ".join(f"{resource}:{waited}" for resource, waited in leg.waits)


def _sailings(plan: Plan) -> str:
    return _table(
        "sailings.csv",
        (
            (
                v.id,
                v.ship,
                v.start_place,
                v.end_place,
                v.ballast_start,
                v.load_start,
                v.depart,
                v.arrive,
                v.discharged,
                " ".join(v.links),
                " ".join(v.ballast_links),
                v.lane_m,
                v.pax,
            )
            for v in plan.sailings
        ),
    )
