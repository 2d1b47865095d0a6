"""The example of docs/methods/certificate.md: three columns, a border with one column a day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from amberway.mobility import folder, one_pass
from amberway.mobility.certificate import Certificate
from amberway.mobility.result import MobilityResult
from amberway.scenario import Scenario
from small import TRUCK, Rows, link, nation, place, scenario, unit

BORDER = "link:border>"


def three_lots(**changes: Rows) -> Scenario:
    """Units of one truck each, weights 4, 2 and 1, ready at once, a day's march from their goal.

    `changes` are tables in place of these.
    """
    tables: dict[str, Rows] = {
        "nations": [nation("deu"), nation("pol")],
        "places": [place("home", 52, 14), place("goal", 52, 17, "pol", "assembly-area")],
        "links": [link("border", "home", "goal", "road", 300, capacity_per_day=1)],
        "equipment": [TRUCK],
        "unit_types": [unit("column", 2)],
        "unit_equipment": [{"id": "c", "unit_type": "column", "equipment": "truck", "count": 1}],
        "areas": [{"id": "area", "name": "Area", "nations": "pol", "domain": "land"}],
        "forces": [
            {"id": name, "name": name.title(), "nation": "deu", "unit_type": "column",
             "home": "home", "ntm_days": 0, "area": "area", "destination": "goal", "priority": n}
            for n, name in enumerate(("ant", "bee", "cat"), start=1)
        ],
    }  # fmt: skip
    settings = {"name": "three-lots", "grid_hours": 24, "horizon_days": 10}
    return scenario(settings, **(tables | changes))


def certified(run: Path, prices: tuple[float, ...] = (2, 1), bound: float = 10) -> Path:
    """The one-pass plan of the three in a run folder, with prices of the border and their bound.

    Its baseline is a plan that sends the second column first: 2·1 + 4·2 + 1·3 = 13.
    """
    plan = one_pass.solve(three_lots())
    priced = np.zeros(plan.use.capacity.shape)
    priced[plan.use.names.index(BORDER), : len(prices)] = prices
    plan = replace(plan, certificate=Certificate(bound, 7.0, 13.0, priced))
    return folder.save(MobilityResult(plan), run)


def rewrite(run: Path, files: Mapping[str, str]) -> Path:
    """Change files of a run and their hashes: what somebody would do who wants to be believed."""
    meta = json.loads((run / "run.json").read_text(encoding="utf-8"))
    for name, text in files.items():
        (run / name).write_text(text, encoding="utf-8")
        meta["files"][name] = hashlib.sha256(text.encode()).hexdigest()
    (run / "run.json").write_text(json.dumps(meta), encoding="utf-8")
    return run
