"""Formulas whose printed results are compared, by the names that expected.toml uses."""

from __future__ import annotations

from collections.abc import Callable

from amberway.network import march, rail_capacity
from amberway.validation import covering

FORMULAS: dict[str, Callable[..., float]] = {
    "continuous tractive effort": rail_capacity.continuous_tractive_effort,
    "drawbar pull": rail_capacity.drawbar_pull,
    "gross trailing load": rail_capacity.gross_trailing_load,
    "net train load": rail_capacity.net_train_load,
    "train density": rail_capacity.train_density,
    "division tonnage": rail_capacity.division_tonnage,
    "end delivery tonnage": rail_capacity.end_delivery_tonnage,
    "wagon fleet": rail_capacity.wagon_fleet,
    "road engines": rail_capacity.road_engines,
    "column length": march.column_km,
    "pass time": march.pass_time_h,
    "fewest sites": covering.fewest_sites,
    "people covered": covering.people_covered,
    "tracts covered": covering.tracts_covered,
}
