"""Ships as individuals: one place at a time, berths in turn, decks and seats not overfilled."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from amberway.mobility import folder, one_pass
from amberway.mobility.plan import Plan
from amberway.mobility.result import MobilityResult
from amberway.mobility.verify import verify
from corridor import Corridor


def sea(**items: int) -> Corridor:
    """A unit that has to go by sea. Full ship: 850 lane m, 3.4 h + 2 h; held 24 h; voyage 20 h."""
    return Corridor().only("road", "sea").set("r-bc", closes="2020-01-01").hold(**items)


def planned(corridor: Corridor, place: Path) -> Plan:
    """A plan that the verifier accepts."""
    plan = one_pass.solve(corridor.scenario())
    verdict = verify(folder.save(MobilityResult(plan), place / "run"))
    assert [str(v) for v in verdict.violations] == []
    return plan


def test_times_of_a_sailing(tmp_path: Path) -> None:
    """Loading while the ship is held, twenty hours at sea, five and a half at the other berth."""
    (voyage,) = planned(sea(truck=10), tmp_path).sailings
    ready = 24 + 5  # notice, and 250 km by road
    assert (voyage.load_start, voyage.depart) == (ready, ready + 24)
    assert (voyage.arrive - voyage.depart, voyage.discharged - voyage.arrive) == (20, 6)
    assert (voyage.lane_m, voyage.pax) == (85.0, 0)


def test_held_no_longer_than_loading_takes(tmp_path: Path) -> None:
    """Without hold a ship leaves as soon as a full load would be aboard."""
    corridor = sea(truck=10)
    corridor.settings["factors"] = {"ship_hold_h": 0}
    (voyage,) = planned(corridor, tmp_path).sailings
    assert voyage.depart - voyage.load_start == 6


def test_lots_share_a_sailing_until_it_is_full(tmp_path: Path) -> None:
    """Lots of 45 trucks take 382 lane metres: two of them to a ship, and the ship comes back."""
    plan = planned(sea(truck=180), tmp_path)
    assert len(plan.lots) == 4
    assert [voyage.lane_m for voyage in plan.sailings] == [765.0, 765.0]
    first, second = plan.sailings
    assert first.ship == second.ship == "ship"
    assert second.ballast_start >= first.discharged
    assert second.load_start - second.ballast_start == 20


def test_no_hull_is_in_two_places(tmp_path: Path) -> None:
    """Three hulls of a pool: each sailing of a hull begins after the last one ended."""
    plan = planned(sea(truck=450).set("ship", count=3), tmp_path)
    hulls = {voyage.ship for voyage in plan.sailings}
    assert hulls == {"ship#1", "ship#2", "ship#3"}
    for hull in hulls:
        voyages = [voyage for voyage in plan.sailings if voyage.ship == hull]
        for one, other in pairwise(sorted(voyages, key=lambda v: v.depart)):
            assert other.ballast_start >= one.discharged
            assert other.ballast_links or other.start_place == one.end_place


def test_one_berth_loads_one_ship(tmp_path: Path) -> None:
    """With one berth, ships load one after the other although there are three."""
    plan = planned(sea(truck=270).set("ship", count=3), tmp_path)
    for one, other in pairwise(sorted(plan.sailings, key=lambda v: v.load_start)):
        assert other.load_start >= one.depart


def test_seats_are_for_persons_crews_stay_with_their_vehicles(tmp_path: Path) -> None:
    """Two hundred seats: 240 persons take two sailings or two lots; crews do not count."""
    corridor = sea(persons=400, truck=45)
    corridor.settings["factors"] = {"person_lot": 160}
    plan = planned(corridor, tmp_path)
    assert max(voyage.pax for voyage in plan.sailings) <= 200
    assert sum(voyage.pax for voyage in plan.sailings) == 310


def test_border_is_crossed_on_arrival(tmp_path: Path) -> None:
    """A ship waits in its port rather than arrive before clearance."""
    corridor = sea(truck=1)
    corridor.tables["nations"][2] |= {"clearance_crisis_days": 10}
    (voyage,) = planned(corridor, tmp_path).sailings
    assert voyage.arrive == 240


def test_notice_and_home_of_a_ship(tmp_path: Path) -> None:
    """A ship that lies at the other end comes in ballast first, from its notice on."""
    corridor = sea(truck=1).set("ship", home="pd", notice_days=3)
    (voyage,) = planned(corridor, tmp_path).sailings
    assert voyage.ballast_start == 72
    assert voyage.ballast_links == ("s-in<", "s-out<")
    assert voyage.load_start == 92


def test_nations_where_a_ship_loads(tmp_path: Path) -> None:
    """A ship that may not load in the country of embarkation does not."""
    corridor = sea(truck=1).set("ship", loads_in="ltu")
    plan = planned(corridor, tmp_path)
    assert plan.sailings == ()
    assert plan.unmoved["unit.w001"].startswith("no route")
