"""The catalogue of metrics: what a reader of policy compares variants by, for all five actions.

Each reads the headline of its own action; those that claims and tracker ask for are added from
`evidence`. A metric has no value (None) where its scenario does not pose the question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from amberway.initiative.assessment import Assessment
from amberway.initiative.evidence import EVIDENCE
from amberway.initiative.metric import Metric
from amberway.mobility import evaluate
from amberway.mobility.evaluate import Standing
from amberway.scenario.air import Mission

ACTIONS = ("responsibility", "presence", "airdefence", "mobility", "command")
_STATES = ("estonia", "latvia", "lithuania")
_ALTITUDES = (100, 1_000, 10_000)


def _at(*keys: str) -> Callable[[Mapping[str, Any]], float | None]:
    """The number under these keys of a headline; None if one of them is missing."""

    def value(headline: Mapping[str, Any]) -> float | None:
        found: Any = headline
        for key in keys:
            if not isinstance(found, Mapping) or key not in found:
                return None
            found = found[key]
        return None if found is None else float(found)

    return value


def _share(part: Callable[[Mapping[str, Any]], float | None], whole: str) -> Any:
    def value(headline: Mapping[str, Any]) -> float | None:
        number, total = part(headline), headline[whole]
        return None if number is None or not total else number / total

    return value


def _of(action: str, read: Callable[[Mapping[str, Any]], float | None], a: Assessment) -> Any:
    return read(getattr(a, action).headline)


def _metric(
    action: str, name: str, title: str, unit: str, better: Any, read: Any, *, plan: bool = False
) -> Metric:
    return Metric(name, action, title, unit, better, partial(_of, action, read), plan)


# --- presence ----------------------------------------------------------------


def _allied_least(headline: Mapping[str, Any]) -> float | None:
    """Allied brigade equivalents on the poorest day of the year, all areas together."""
    areas = headline["areas"].values()
    return sum(area["allied_minimum"] for area in areas) if areas else None


def _host_short(what: str, headline: Mapping[str, Any]) -> float | None:
    """What hosts lack in the year of C-day."""
    return _at("host_short", str(headline["year"]), what)(headline)


def _pools_over(headline: Mapping[str, Any]) -> float:
    """Nations of which presence binds more than their pool at the dwell ratio."""
    pools = headline["brigades_bound"].values()
    return float(sum(row["bound"] > row["pool"] + 1e-9 for row in pools))


def _bound(headline: Mapping[str, Any]) -> float:
    return float(sum(row["bound"] for row in headline["brigades_bound"].values()))


def _to_goal(headline: Mapping[str, Any]) -> float:
    goals = headline["to_reach_goal"].values()
    return float(sum(row["lead_brigades"] + row["us_brigades"] for row in goals))


# --- air defence -------------------------------------------------------------


def _lowest_week(headline: Mapping[str, Any]) -> float | None:
    return _at("lowest_week", "any_layer")(headline) if headline["lowest_week"] else None


def _coverage() -> tuple[Metric, ...]:
    moments = (("c0", "in place", "on C-day", False), ("c30", "C+30", "on C+30", True))
    return tuple(
        _metric(
            "airdefence", f"coverage_{metres}m_{short}",
            f"Weight of the assets covered at {metres:,} m {words}", "share", "higher",
            _at("coverage", moment, f"{metres:g} m", "any"), plan=plan,
        )
        for short, moment, words, plan in moments
        for metres in _ALTITUDES
    )  # fmt: skip


# --- mobility ----------------------------------------------------------------


def _allied_by(day: float, arrived: bool, a: Assessment) -> float:
    rows = [row for row in a.mobility.closures if row.standing is not Standing.LOCAL]
    return float(evaluate.persons_by(rows, day, arrived=arrived))


def _delay(headline: Mapping[str, Any]) -> float | None:
    """Objective above free flow: the delay that more capacity could avoid."""
    free = headline.get("free_flow_objective")
    return None if free is None else round(headline["objective"] - free, 6)


# --- command -----------------------------------------------------------------


def _unbroken(phase: str, headline: Mapping[str, Any]) -> float | None:
    """Share of persons with an unbroken chain of command to SACEUR in a phase."""
    persons = headline["persons"]
    return headline["persons_under_saceur"][phase] / persons if persons else None


def _no_commander(headline: Mapping[str, Any]) -> float:
    """Areas and domains without exactly one commander in the defence."""
    return float(headline["area_domains"] - headline["one_commander"]["defence"])


METRICS: tuple[Metric, ...] = (
    *(
        _metric("responsibility", f"requirements_met_c{day}",
                f"Needs by C+{day} that are met as planned", "needs", "higher",
                _at("met_by_day", f"C+{day}"), plan=True)
        for day in (2, 10, 30)
    ),
    _metric("responsibility", "requirements_met_share", "Needs that are met, of all", "share",
            "higher", _share(_at("met"), "requirements"), plan=True),
    _metric("responsibility", "requirements_late", "Needs with an owner that comes too late",
            "needs", "lower", _at("late"), plan=True),
    _metric("responsibility", "single_dependencies", "Needs met that fail without one nation",
            "needs", "lower", _at("single_dependencies"), plan=True),
    _metric("responsibility", "responsibility_score", "Fulfilment of the needs as planned",
            "points of 100", "higher", _at("score_planned"), plan=True),
    _metric("responsibility", "responsibility_best", "Fulfilment in the best assignment",
            "points of 100", "higher", _at("score_best"), plan=True),
    *(
        _metric("presence", f"brigades_in_place_{state}",
                f"Brigades in place in {state.title()} on C-day, those of the host counted",
                "brigades", "higher", _at("areas", state, "on_c_day", "total"))
        for state in _STATES
    ),
    *(
        _metric("presence", f"allied_in_place_{state}",
                f"Allied brigades in place in {state.title()} on C-day", "brigades", "higher",
                _at("areas", state, "on_c_day", "allied"))
        for state in _STATES
    ),
    _metric("presence", "allied_in_place_least", "Allied brigades in place on the poorest days of "
            "the year", "brigades", "higher", _allied_least),
    _metric("presence", "presence_to_goal", "Brigades missing to one lead and one US brigade in "
            "each state", "brigades", "lower", _to_goal),
    _metric("presence", "rotation_gap_days", "Days without relief between turns in the year",
            "days", "lower", _at("gap_days")),
    _metric("presence", "brigade_days_lost", "Brigade days lost in those gaps", "brigade-days",
            "lower", _at("brigade_days_lost")),
    _metric("presence", "brigades_bound", "Brigades that presence binds, all nations", "brigades",
            "lower", _bound),
    _metric("presence", "pools_exhausted", "Nations of which presence binds more than they have",
            "nations", "lower", _pools_over),
    _metric("presence", "beds_short", "Beds missing in the year of C-day", "beds", "lower",
            partial(_host_short, "beds")),
    _metric("presence", "homes_short", "Family homes missing in the year of C-day", "homes",
            "lower", partial(_host_short, "homes")),
    _metric("presence", "training_weeks_short", "Training area missing in the year of C-day",
            "brigade-weeks", "lower", partial(_host_short, "training_weeks")),
    *_coverage(),
    _metric("airdefence", "coverage_lowest_week", "Weight of the assets covered in the poorest "
            "week of the year", "share", "higher", _lowest_week),
    _metric("airdefence", "policing_aircraft", "Aircraft for air policing on C-day", "aircraft",
            "higher", _at("missions", Mission.POLICING.value, "aircraft")),
    _metric("airdefence", "slowest_scramble", "Slowest scramble for defence to a point on the "
            "border", "minutes", "lower",
            _at("missions", Mission.DEFENCE.value, "slowest_minutes")),
    *(
        _metric("mobility", f"closed_c{day}", f"Persons closed by C+{day}, local forces counted",
                "persons", "higher", _at("persons_closed", f"C+{day}"), plan=True)
        for day in (30,)
    ),
    Metric("allied_closed_c30", "mobility", "Allied persons closed by C+30, those in place "
           "counted", "persons", "higher", partial(_allied_by, 30, True), True),
    Metric("allied_available_c10", "mobility", "Allied persons available by C+10", "persons",
           "higher", partial(_allied_by, 10, False), True),
    Metric("allied_available_c30", "mobility", "Allied persons available by C+30", "persons",
           "higher", partial(_allied_by, 30, False), True),
    *(
        _metric("mobility", f"brigades_closed_c{day}", f"Brigades closed by C+{day}", "brigades",
                "higher", _at("brigades_closed", f"C+{day}"), plan=True)
        for day in (10, 30)
    ),
    _metric("mobility", "avoidable_delay", "Weighted delay above free flow", "weighted days",
            "lower", _delay, plan=True),
    _metric("mobility", "last_closure", "Last closure of a unit that moves", "day", "lower",
            _at("last_closure_day"), plan=True),
    _metric("mobility", "units_not_closed", "Units that do not close", "units", "lower",
            _at("units_not_closed"), plan=True),
    _metric("command", "unbroken_chains", "Persons with an unbroken chain to SACEUR in the "
            "defence", "share", "higher", partial(_unbroken, "defence")),
    _metric("command", "unbroken_chains_crisis", "Persons with an unbroken chain to SACEUR in a "
            "crisis", "share", "higher", partial(_unbroken, "crisis")),
    _metric("command", "no_one_commander", "Areas and domains without exactly one commander in "
            "the defence", "areas x domains", "lower", _no_commander),
    _metric("command", "overloaded_headquarters", "Headquarters with more under them than they "
            "can command", "headquarters", "lower", _at("overloaded"), plan=True),
    _metric("command", "transfers_per_unit", "Transfers of authority of a unit on its way, mean",
            "transfers", "lower", _at("transfers_mean")),
    *EVIDENCE,
)  # fmt: skip
BY_NAME = {metric.name: metric for metric in METRICS}
