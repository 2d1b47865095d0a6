"""The verifier accepts a plan worked out by hand, and names the rule that a tampered one breaks."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import amberway.mobility.verify as package
from amberway.mobility.verify import RULES, Verdict, verify
from hand_plan import CLOSURES, RESULT, HandPlan


def test_hand_plan_is_valid(tmp_path: Path) -> None:
    """The plan worked out by hand breaks no rule."""
    verdict = verify(HandPlan().write(tmp_path / "run"))
    assert [str(v) for v in verdict.violations] == []
    assert verdict.valid
    assert verdict.checked["lots"] == 14
    assert verdict.checked["moves"] == 37
    assert verdict.checked["sailings"] == 2
    assert verdict.checked["booked_resource_periods"] > 100


def test_numbers_are_those_of_the_hand_calculation(tmp_path: Path) -> None:
    """Closing days and headline numbers come out as the sums on paper."""
    verdict = verify(HandPlan().write(tmp_path / "run"))
    assert dict(verdict.closures) == CLOSURES
    assert {name: RESULT[name] for name in verdict.headline} == dict(verdict.headline)


def test_verdict_as_dict_names_rules_and_days(tmp_path: Path) -> None:
    """The JSON form says what, where and when."""
    plan = HandPlan()
    plan.move("road.w001", 1)["end"] = "26"
    plan.shift("road.w001", 2, -1)
    said = verify(plan.write(tmp_path / "run")).to_dict()
    assert not said["valid"]
    assert said["by_rule"]["duration"] == 1
    broken = next(v for v in said["violations"] if v["rule"] == "duration")
    assert (broken["subject"], broken["period"], broken["day"]) == ("road.w001", 16, 2.0)
    assert "11 periods" in broken["sentence"]


def test_imports_nothing_of_network_or_planner() -> None:
    """The package imports tables, units and errors of Amberway, and itself.

    The one exception asks what lots may choose from (ADR 0012).
    """
    allowed = ("amberway.scenario", "amberway.units", "amberway.errors", package.__name__)
    asking = {"amberway.mobility.ground", "amberway.mobility.lots"}
    for path in Path(package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                if name.startswith("amberway") and not (path.stem == "asking" and name in asking):
                    assert any(name == a or name.startswith(f"{a}.") for a in allowed), (path, name)


# --- tampering --------------------------------------------------------------------------------

Tamper = Callable[[HandPlan], None]
TAMPERS: dict[str, tuple[Tamper, set[str]]] = {}


def breaks(*rules: str) -> Callable[[Tamper], Tamper]:
    """Register a tamper with the rules that it breaks (numbers of result.json aside)."""

    def register(tamper: Tamper) -> Tamper:
        TAMPERS[tamper.__name__] = tamper, set(rules)
        return tamper

    return register


# Time and chain.


@breaks("readiness")
def lot_moved_before_it_is_ready(plan: HandPlan) -> None:
    plan.shift("road.w001", 1, -1)
    plan.move("road.w001", 1)["waits"] = ""


@breaks("order")
def leg_starts_before_the_last_one_ended(plan: HandPlan) -> None:
    plan.shift("sea.h001", 3, -1)
    plan.move("sea.h001", 3)["waits"] = ""


@breaks("ead")
def arrives_before_its_earliest_date(plan: HandPlan) -> None:
    plan.shift("air.p001", 4, -2)
    plan.move("air.p001", 4)["waits"] = "ead:air:1"


@breaks("duration")
def march_without_night_halt(plan: HandPlan) -> None:
    plan.move("road.w001", 1)["end"] = "21"
    plan.shift("road.w001", 2, -6)


@breaks("duration")
def train_too_fast(plan: HandPlan) -> None:
    plan.move("rail.h001", 2)["end"] = "22"
    plan.move("rail.h001", 3)["waits"] = "terminal:camp-reception:1"


@breaks("duration")
def sorties_in_one_wave(plan: HandPlan) -> None:
    plan.move("air.p001", 2)["end"] = "23"
    plan.shift("air.p001", 3, -2)
    plan.shift("air.p001", 4, 2)
    plan.move("air.p001", 3)["waits"] = ""
    plan.move("air.p001", 4)["waits"] = "ead:air:5"


@breaks("duration")
def handling_misstated(plan: HandPlan) -> None:
    plan.move("rail.h001", 1)["handling"] = "2"


@breaks("duration")
def received_in_no_time(plan: HandPlan) -> None:
    plan.move("road.w001", 2)["end"] = "27"


@breaks("horizon")
def arrives_after_the_horizon(plan: HandPlan) -> None:
    plan.shift("road.w001", 1, 60)


@breaks("chain")
def leg_starts_elsewhere(plan: HandPlan) -> None:
    plan.moves.remove(plan.move("air.p001", 1))
    for leg in (2, 3, 4):
        plan.move("air.p001", leg)["leg"] = str(leg - 1)
    plan.move("air.p001", 1)["waits"] = "lift:airlift:3"


@breaks("chain")
def leg_number_missing(plan: HandPlan) -> None:
    plan.move("rail.h001", 3)["leg"] = "4"


@breaks("complete")
def last_leg_dropped(plan: HandPlan) -> None:
    for leg in (3, 4):
        plan.moves.remove(plan.move("sea.h001", leg))


@breaks("complete")
def reception_skipped(plan: HandPlan) -> None:
    plan.moves.remove(plan.move("road.w001", 2))


@breaks("complete")
def moves_of_a_lot_dropped(plan: HandPlan) -> None:
    plan.moves = [m for m in plan.moves if m["lot"] != "road.w001"]


@breaks("complete")
def unmoved_lot_has_moves(plan: HandPlan) -> None:
    plan.unmoved.append({"lot": "road.w001", "cause": "none"})


@breaks("waits")
def wait_not_accounted_for(plan: HandPlan) -> None:
    plan.move("crate.c001", 1)["waits"] = "lift:trucks:20"


@breaks("waits")
def wait_for_nothing_that_exists(plan: HandPlan) -> None:
    plan.move("crate.c001", 1)["waits"] = "lift:lorries:24"


# Pins.


def pin(plan: HandPlan, name: str, **cells: str) -> None:
    """Pin a force element."""
    plan.scenario.setdefault("pins", []).append({"id": name, **cells})


def test_plan_that_obeys_its_pins_is_valid(tmp_path: Path) -> None:
    """Pins on mode, ports, place and day that the hand plan happens to obey break no rule."""
    plan = HandPlan()
    pin(plan, "a", force="rail", mode="rail", via="yard", depart_day="1")
    pin(plan, "b", force="road", mode="road", depart_day="2")
    pin(plan, "c", force="sea", mode="sea", poe="kiel-port", pod="klaipeda-port")
    pin(plan, "d", force="air", mode="air", poe="base-airfield", via="camp-airfield")
    pin(plan, "e", force="ferry", pod="klaipeda-port", via="kiel-port", depart_day="3")
    pin(plan, "f", force="stock", cargo="persons", mode="road")
    verdict = verify(plan.write(tmp_path / "run"))
    assert said(verdict) == ""


@breaks("pin")
def column_goes_by_road_though_pinned_to_rail(plan: HandPlan) -> None:
    pin(plan, "p", force="road", mode="rail")


@breaks("pin")
def train_though_pinned_to_road(plan: HandPlan) -> None:
    pin(plan, "p", force="rail", mode="road")


@breaks("pin")
def flight_though_pinned_to_sea(plan: HandPlan) -> None:
    pin(plan, "p", force="air", mode="sea")


@breaks("pin")
def another_port_of_embarkation(plan: HandPlan) -> None:
    pin(plan, "p", force="sea", poe="klaipeda-port")


@breaks("pin")
def another_port_of_debarkation(plan: HandPlan) -> None:
    pin(plan, "p", force="hold", pod="base-airfield")


@breaks("pin")
def no_port_though_one_is_pinned(plan: HandPlan) -> None:
    pin(plan, "p", force="road", pod="klaipeda-port")


@breaks("pin")
def never_where_it_is_to_call(plan: HandPlan) -> None:
    pin(plan, "p", force="box", via="yard")


@breaks("pin")
def departs_a_day_late(plan: HandPlan) -> None:
    pin(plan, "p", force="road", depart_day="2")
    plan.shift("road.w001", 1, 8)


@breaks("pin")
def departs_a_period_early(plan: HandPlan) -> None:
    pin(plan, "p", force="road", cargo="wheeled", depart_day="3")
    plan.shift("road.w001", 1, 7)


@breaks("pin")
def pin_of_a_class_goes_before_that_of_all(plan: HandPlan) -> None:
    pin(plan, "all", force="sea", mode="sea")
    pin(plan, "tanks", force="sea", cargo="heavy", mode="rail")


# Lots.


@breaks("holdings")
def lot_dropped(plan: HandPlan) -> None:
    plan.lots.remove(plan.lot("road.w001"))
    plan.moves = [m for m in plan.moves if m["lot"] != "road.w001"]


@breaks("holdings", "assets")
def items_left_behind(plan: HandPlan) -> None:
    plan.lot("box.c001")["items"] = "box:2"


@breaks("holdings", "lot")
def items_exchanged(plan: HandPlan) -> None:
    plan.lot("stock.w001")["items"] = "truck:1 box:1"


@breaks("holdings")
def persons_invented(plan: HandPlan) -> None:
    plan.lot("home.p001")["persons"] = "110"


@breaks("holdings")
def crew_stays_away(plan: HandPlan) -> None:
    plan.lot("ferry.w001")["persons"] = "8"
    plan.lot("ferry.p001")["persons"] = "22"
    plan.sailing("s2")["pax"] = "22"


@breaks("holdings")
def crew_of_stored_equipment_is_there_already(plan: HandPlan) -> None:
    plan.lot("stock.w001")["persons"] = "4"
    plan.lot("stock.p001")["persons"] = "6"


@breaks("holdings")
def force_in_place_is_moved(plan: HandPlan) -> None:
    plan.row("forces", "home")["in_place_since"] = "2024-01-01"


@breaks("lot-size")
def lot_of_too_many_persons(plan: HandPlan) -> None:
    plan.settings += "person_lot = 190\n"


@breaks("lot-size")
def lot_longer_than_a_train(plan: HandPlan) -> None:
    plan.settings += "train_wagons = 9\n"


@breaks("lot-size")
def lot_heavier_than_a_train(plan: HandPlan) -> None:
    plan.settings += "train_gross_t = 830\n"


@breaks("lot-size")
def lot_of_too_many_vehicles(plan: HandPlan) -> None:
    plan.settings += "serial_vehicles = 9\n"


@breaks("lot")
def lot_made_ready_earlier(plan: HandPlan) -> None:
    plan.lot("road.w001")["ready"] = "8"
    plan.move("road.w001", 1)["waits"] = "clearance:ltu:8"


@breaks("lot")
def lot_weighs_more(plan: HandPlan) -> None:
    plan.lot("road.w001")["weight"] = "4"


@breaks("lot", "chain")
def lot_starts_nearer(plan: HandPlan) -> None:
    plan.lot("road.w001")["origin"] = "post"


# Ways.


@breaks("path")
def path_with_a_gap(plan: HandPlan) -> None:
    plan.move("stock.p001", 1).update(links="r-west> r-east>", end="17")  # it is at kiel-port
    plan.shift("stock.p001", 2, -1)
    plan.move("stock.p001", 2)["waits"] = ""


@breaks("path", "duration")
def path_ends_too_early(plan: HandPlan) -> None:
    plan.move("road.w001", 1)["links"] = "r-west>"


@breaks("path", "duration")
def path_left_out(plan: HandPlan) -> None:
    plan.move("road.w001", 1)["links"] = ""


@breaks("path", "duration")
def trucks_on_rails(plan: HandPlan) -> None:
    plan.move("stock.w001", 1)["links"] = "t-west> t-east>"


@breaks("direction")
def one_way_link_driven_backwards(plan: HandPlan) -> None:
    plan.move("stock.p001", 1)["links"] = "r-single< r-west> r-east>"


@breaks("closed")
def link_not_built_yet(plan: HandPlan) -> None:
    plan.move("road.w001", 1)["links"] = "r-future> r-east>"


@breaks("closed")
def link_destroyed(plan: HandPlan) -> None:
    plan.scenario["disruptions"] = [
        {
            "id": "strike",
            "resource": "r-east",
            "from_day": "2",
            "to_day": "3",
            "remaining_share": "0",
        }
    ]


@breaks("closed")
def terminal_closed(plan: HandPlan) -> None:
    plan.row("terminals", "yard-rail")["closes"] = "2024-03-15"


@breaks("clearance")
def border_crossed_before_clearance(plan: HandPlan) -> None:
    plan.shift("stock.p001", 1, -1)
    plan.move("stock.p001", 1)["waits"] = "clearance:ltu:1"


@breaks("clearance")
def port_entered_before_clearance(plan: HandPlan) -> None:
    # Period 20; the ship comes 23 h after it departed in 12, that is within period 19.
    plan.row("nations", "ltu")["clearance_crisis_days"] = "2.5"
    for lot in ("rail.h001", "stock.w001", "stock.p001", "box.c001", "air.p001"):
        plan.moves = [m for m in plan.moves if m["lot"] != lot]
        plan.unmoved.append({"lot": lot, "cause": "none"})


@breaks("clearance")
def never_cleared(plan: HandPlan) -> None:
    plan.row("nations", "pol")["clearance_crisis_days"] = ""


# Loads and limits.


@breaks("load-class")
def tank_over_a_light_bridge(plan: HandPlan) -> None:
    plan.move("sea.h001", 3)["links"] = "r-bridge>"


@breaks("load-class")
def transporter_over_a_light_bridge(plan: HandPlan) -> None:
    plan.row("links", "r-kiel")["mlc_wheeled"] = "100"


@breaks("axle-load")
def axles_too_heavy_for_the_road(plan: HandPlan) -> None:
    plan.move("sea.w001", 3)["links"] = "r-weak>"


@breaks("axle-load")
def axles_too_heavy_for_the_rails(plan: HandPlan) -> None:
    plan.move("rail.h001", 1)["links"] = "t-light>"


@breaks("loading-profile")
def tank_too_high_for_the_tunnel(plan: HandPlan) -> None:
    plan.move("rail.h001", 1)["links"] = "t-low>"


@breaks("gauge")
def train_of_the_wrong_gauge(plan: HandPlan) -> None:
    plan.move("rail.h001", 2)["lift"] = "set-1435"
    plan.shift("rail.h001", 2, 6)  # when the set is back from the first haul


@breaks("gauge")
def through_train_over_the_gauge_break(plan: HandPlan) -> None:
    plan.moves.remove(plan.move("rail.h001", 2))
    first, last = plan.move("rail.h001", 1), plan.move("rail.h001", 3)
    first |= {"to": "camp", "links": "t-west> t-east>", "end": "21", "handling": "6"}
    last |= {"leg": "2", "waits": "ead:rail:2"}


@breaks("cargo")
def tanks_march_far(plan: HandPlan) -> None:
    plan.move("sea.h001", 3)["means"] = "march"
    plan.move("sea.h001", 3)["end"] = "23"
    plan.move("sea.h001", 4)["waits"] = "terminal:camp-reception:2"


@breaks("range")
def track_march_too_long(plan: HandPlan) -> None:
    plan.settings += "track_march_km = 90\n"


@breaks("lift")
def transporter_of_another_nation(plan: HandPlan) -> None:
    plan.move("sea.h001", 1)["lift"] = "foreign"
    plan.row("lift", "foreign")["item_mass_t"] = "72"


@breaks("lift", "item")
def tank_on_a_truck(plan: HandPlan) -> None:
    plan.move("sea.h001", 1)["lift"] = "trucks"
    plan.row("lift", "trucks")["count"] = "10"


@breaks("item")
def tank_too_heavy_for_the_transporter(plan: HandPlan) -> None:
    plan.row("lift", "hets")["item_mass_t"] = "55"


@breaks("item")
def truck_too_wide_for_the_hold(plan: HandPlan) -> None:
    plan.move("hold.w001", 1)["lift"] = "narrow"


@breaks("load")
def train_set_too_short(plan: HandPlan) -> None:
    plan.row("lift", "set-1520")["wagons"] = "9"


@breaks("load")
def train_set_too_heavy(plan: HandPlan) -> None:
    plan.row("lift", "set-1520")["gross_t"] = "830"


@breaks("runway")
def runway_too_short(plan: HandPlan) -> None:
    plan.move("hold.w001", 1)["lift"] = "longrun"


@breaks("range")
def aircraft_beyond_its_range(plan: HandPlan) -> None:
    plan.move("hold.w001", 1)["lift"] = "shorthaul"


@breaks("terminal")
def flight_from_a_place_without_airfield(plan: HandPlan) -> None:
    plan.scenario["terminals"].remove(plan.row("terminals", "base-apron"))


@breaks("assets")
def too_few_coaches(plan: HandPlan) -> None:
    plan.move("air.p001", 1)["assets"] = "3"


# Ships.


@breaks("ship-position")
def ship_in_two_places(plan: HandPlan) -> None:
    plan.sailing("s2").update(ballast_start="", ballast_links="")


@breaks("ship-position", "pool")
def ship_sails_before_it_is_discharged(plan: HandPlan) -> None:
    plan.sailing("s2")["ballast_start"] = "20"


@breaks("ship-position", "pool")
def ship_sails_before_its_notice(plan: HandPlan) -> None:
    plan.row("lift", "arka")["notice_days"] = "1.5"


@breaks("sailing")
def ship_sails_too_fast(plan: HandPlan) -> None:
    plan.sailing("s1")["arrive"] = "19"


@breaks("sailing")
def ballast_too_fast(plan: HandPlan) -> None:
    plan.sailing("s2")["ballast_start"] = "24"


@breaks("sailing")
def loaded_too_fast(plan: HandPlan) -> None:
    plan.sailing("s2")["load_start"] = "31"
    for lot, waits in (("ferry.w001", 6), ("ferry.p001", 4)):
        plan.move(lot, 2).update(start="31", waits=f"ship:kiel-port:{waits}", handling="3")


@breaks("sailing")
def others_could_not_join(plan: HandPlan) -> None:
    plan.settings = plan.settings.replace("ship_hold_h = 3", "ship_hold_h = 7")  # s2 loads 6 h


@breaks("sailing")
def discharged_before_a_full_ship_is(plan: HandPlan) -> None:
    # What is aboard takes 2.6 h, a full ship 8.1 h.
    plan.row("terminals", "klaipeda-berth")["lane_m_per_h"] = "70"


@breaks("sailing")
def port_that_rests_at_night(plan: HandPlan) -> None:
    plan.row("terminals", "klaipeda-berth")["hours_per_day"] = "12"  # 6.8 h: three periods


@breaks("ship-size")
def ballast_through_a_shallow_canal(plan: HandPlan) -> None:
    shallow = plan.row("links", "s-canal") | {"id": "s-shallow", "max_draught_m": "5"}
    plan.scenario["links"].append(shallow)
    plan.sailing("s2")["ballast_links"] = "s-open< s-shallow<"


@breaks("boarding")
def lot_comes_too_late_to_be_loaded(plan: HandPlan) -> None:
    plan.move("sea.h001", 2).update(start="12", waits="ship:kiel-port:1")


@breaks("boarding")
def lot_boards_before_the_ship_is_there(plan: HandPlan) -> None:
    plan.move("ferry.w001", 2).update(start="29", waits="ship:kiel-port:4")


@breaks("boarding")
def lot_leaves_before_discharge(plan: HandPlan) -> None:
    plan.move("sea.w001", 2)["end"] = "21"
    plan.move("sea.w001", 3)["waits"] = "link:r-coast>:1"


@breaks("boarding")
def lane_metres_misstated(plan: HandPlan) -> None:
    plan.sailing("s1")["lane_m"] = "60"


@breaks("unknown-id", "boarding", "sailing")
def sailing_that_does_not_exist(plan: HandPlan) -> None:
    for lot in ("ferry.w001", "ferry.p001"):
        plan.move(lot, 2)["sailing"] = "s9"
    plan.sailing("s2")["depart"] = "31"


@breaks("load")
def ship_overloaded(plan: HandPlan) -> None:
    plan.row("lift", "arka")["lane_m"] = "120"  # 102 with stow factor, 102.8 aboard


@breaks("load")
def too_many_passengers(plan: HandPlan) -> None:
    plan.row("lift", "arka")["pax"] = "19"


@breaks("ship-size")
def ship_too_beamy_for_the_canal(plan: HandPlan) -> None:
    change_ship(plan, "wide")


@breaks("ship-size")
def ship_too_deep_for_the_canal(plan: HandPlan) -> None:
    change_ship(plan, "deep")


@breaks("ship-size")
def ship_too_long_for_the_berth(plan: HandPlan) -> None:
    plan.row("terminals", "klaipeda-berth")["max_length_m"] = "140"
    plan.scenario["terminals"].append(  # each ship needs two berths to be well-formed
        plan.row("terminals", "kiel-berth") | {"id": "spare-berth", "place": "sound"}
    )


@breaks("ramp")
def item_too_heavy_for_the_ramp(plan: HandPlan) -> None:
    plan.row("lift", "arka")["ramp_limit_t"] = "59"


@breaks("ramp")
def item_too_heavy_for_the_port(plan: HandPlan) -> None:
    plan.row("terminals", "klaipeda-berth")["ramp_limit_t"] = "59"


@breaks("unknown-id")
def ship_of_a_pool_that_is_laid_up(plan: HandPlan) -> None:
    another_call(plan, "bella#2", load_start=0)


# Capacities.


@breaks("terminal-capacity")
def berth_used_twice(plan: HandPlan) -> None:
    another_call(plan, "bella#1", load_start=10)


@breaks("link-capacity")
def too_many_lots_on_a_link(plan: HandPlan) -> None:
    plan.shift("stock.w001", 1, 1)  # enters r-west with box.c001 in period 9


@breaks("link-capacity")
def disrupted_link_takes_less(plan: HandPlan) -> None:
    plan.scenario["disruptions"] = [
        {
            "id": "weather",
            "resource": "r-coast",
            "from_day": "2",
            "to_day": "4",
            "remaining_share": "0.5",
        }
    ]


@breaks("terminal-capacity")
def one_track_for_two_trains(plan: HandPlan) -> None:
    add_second_train(plan)


@breaks("terminal-capacity")
def two_terminals_for_three_trains(plan: HandPlan) -> None:
    add_second_train(plan)
    add_second_train(plan, "triplet")
    double_terminals(plan)


@breaks("terminal-capacity")
def second_terminal_not_open_yet(plan: HandPlan) -> None:
    add_second_train(plan)
    double_terminals(plan, opens="2030-01-01")


@breaks("terminal-capacity")
def apron_overcrowded(plan: HandPlan) -> None:
    plan.row("forces", "hold")["ntm_days"] = "2.75"
    plan.lot("hold.w001")["ready"] = "22"
    plan.row("lift", "narrow")["item_width_m"] = "3"
    plan.move("hold.w001", 1)["lift"] = "narrow"  # its own aircraft
    plan.shift("hold.w001", 1, -4)  # 120 stand-minutes in period 24 beside 60 of air.p001
    plan.move("hold.w001", 1)["waits"] = ""


@breaks("pool")
def pool_overdrawn(plan: HandPlan) -> None:
    plan.shift("crate.c001", 1, -20)


@breaks("pool")
def pool_overdrawn_on_the_way_back(plan: HandPlan) -> None:
    plan.shift("crate.c001", 1, -1)  # box.c001 has arrived in 21, its trucks are back in 32


@breaks("pool")
def aircraft_overdrawn_on_the_way_back(plan: HandPlan) -> None:
    plan.shift("hold.w001", 1, -1)


@breaks("pool")
def lift_used_before_its_notice(plan: HandPlan) -> None:
    plan.row("lift", "hets")["notice_days"] = "2"


@breaks("pool")
def pool_reduced_by_a_disruption(plan: HandPlan) -> None:
    plan.scenario["disruptions"] = [
        {
            "id": "strike",
            "resource": "trucks",
            "from_day": "3",
            "to_day": "4",
            "remaining_share": "0.4",
        }
    ]


# Ids.


@breaks("unknown-id")
def unknown_force(plan: HandPlan) -> None:
    plan.lots.append(plan.lot("late.p001") | {"id": "ghost.p001", "force": "ghost"})
    plan.unmoved.append({"lot": "ghost.p001", "cause": "none"})


@breaks("unknown-id", "holdings")
def unknown_item(plan: HandPlan) -> None:
    plan.lot("road.w001")["items"] = "lorry:10"


@breaks("unknown-id", "duration")
def unknown_link(plan: HandPlan) -> None:
    plan.move("sea.h001", 3)["links"] = "r-coast> r-nowhere>"
    plan.move("sea.h001", 3)["end"] = "26"
    plan.shift("sea.h001", 4, 1)
    plan.move("sea.h001", 4)["waits"] = ""


@breaks("unknown-id")
def unknown_lift(plan: HandPlan) -> None:
    plan.move("sea.h001", 1)["lift"] = "nothing"


@breaks("unknown-id")
def unknown_means(plan: HandPlan) -> None:
    plan.move("road.w001", 1)["means"] = "teleport"


@breaks("unknown-id")
def moves_of_no_lot(plan: HandPlan) -> None:
    plan.moves.append(plan.move("road.w001", 1) | {"lot": "nobody.w001"})


def add_second_train(plan: HandPlan, name: str = "twin") -> None:
    """Another force element like the one that goes by rail, at the same time."""
    lot = f"{name}.h001"
    plan.moves += [m | {"lot": lot} for m in plan.moves if m["lot"] == "rail.h001"]
    plan.lots.append(plan.lot("rail.h001") | {"id": lot, "force": name})
    plan.scenario["forces"].append(plan.row("forces", "rail") | {"id": name})
    for lift in ("set-1435", "set-1520"):
        plan.row("lift", lift)["count"] = str(int(plan.row("lift", lift)["count"]) + 1)


def double_terminals(plan: HandPlan, **changes: str) -> None:
    """A second terminal beside each for trains, and more room for reception."""
    for name in ("base-rail", "yard-rail", "camp-rail"):
        twin = plan.row("terminals", name) | {"id": f"{name}-2"} | changes
        plan.scenario["terminals"].append(twin)
    plan.row("terminals", "camp-reception")["slots"] = "9"


def change_ship(plan: HandPlan, ship: str) -> None:
    """Another ship makes the first voyage; the second finds its own at home."""
    plan.sailing("s1")["ship"] = ship
    for lot in ("sea.h001", "sea.w001"):
        plan.move(lot, 2)["lift"] = ship
    plan.sailing("s2").update(ballast_start="", ballast_links="")


def another_call(plan: HandPlan, ship: str, load_start: int) -> None:
    """An empty voyage of another ship: one period at each berth, eight at sea."""
    plan.sailings.append(
        plan.sailing("s1")
        | {
            "id": "s3",
            "ship": ship,
            "load_start": str(load_start),
            "depart": str(load_start + 1),
            "arrive": str(load_start + 9),
            "discharged": str(load_start + 10),
            "lane_m": "0",
        }
    )


@pytest.mark.parametrize("name", TAMPERS)
def test_tampered_plan_is_caught(name: str, tmp_path: Path) -> None:
    """Each tamper breaks the rules it is meant to break, and no other."""
    tamper, rules = TAMPERS[name]
    plan = HandPlan()
    tamper(plan)
    verdict = verify(plan.write(tmp_path / "run"))
    assert not verdict.valid
    assert set(verdict.by_rule()) - {"result"} == rules, said(verdict)


def test_second_terminal_takes_second_train(tmp_path: Path) -> None:
    """A plan names places only: a train may be at any of the terminals of a place."""
    plan = HandPlan()
    add_second_train(plan)
    double_terminals(plan)
    verdict = verify(plan.write(tmp_path / "run"))
    assert set(verdict.by_rule()) == {"result"}, said(verdict)


def test_ship_in_ballast_takes_no_slot(tmp_path: Path) -> None:
    """The slots of a canal are for ships with a load: those are in the periods 12 and 32."""
    plan = HandPlan()
    plan.row("links", "s-canal")["capacity_per_day"] = "1.24"  # none in period 28
    verdict = verify(plan.write(tmp_path / "run"))
    assert verdict.valid, said(verdict)


def test_slower_second_terminal_is_told_by_its_time(tmp_path: Path) -> None:
    """Of terminals that take different times, the one is meant that takes the time planned."""
    plan = HandPlan()
    double_terminals(plan, handling_h="24")
    plan.scenario["terminals"].reverse()
    assert verify(plan.write(tmp_path / "run")).valid


def test_every_rule_is_tried() -> None:
    """No rule is without a tamper that breaks it.

    Those about files and certificates have tests of their own.
    """
    tried = {rule for _, rules in TAMPERS.values() for rule in rules}
    about_files = {"files", "content-hash", "result"}
    certificate = {"offer", "prices", "free-flow", "bound", "gap"}
    assert set(RULES) - tried == about_files | certificate


def said(verdict: Verdict) -> str:
    """The violations, for a failing test."""
    return "\n".join(map(str, verdict.violations))
