"""The scoreboard: the numbers that stand for an action where there is room for a few, and those
that say what an action still lacks.
"""

from __future__ import annotations

# By action: names of metrics, best known first, with words short enough for a slide.
SCOREBOARD: dict[str, dict[str, str]] = {
    "responsibility": {
        "needs_without_owner": "Needs without a full owner",
        "requirements_met_share": "Needs met in time",
        "single_dependencies": "Needs that hang on one nation",
    },
    "presence": {
        "allied_in_place_least": "Allied brigades in place, poorest days",
        "presence_to_goal": "Brigades short of a lead and a US one each",
        "rotation_gap_days": "Days without relief in a year",
    },
    "airdefence": {
        "coverage_1000m_c0": "Assets covered at 1,000 m, C-day, by weight",
        "assets_short_c30": "Assets short of layers on C+30",
        "defence_patrols": "Patrols for defence kept up",
    },
    "mobility": {
        "allied_closed_c10": "Allied persons closed by C+10",
        "allied_closed_c30": "Allied persons closed by C+30",
        "last_closure": "Last closure",
    },
    "command": {
        "no_one_commander": "Areas and domains without one commander",
        "joint_load_ratio": "Fullest joint headquarters, load over capacity",
        "open_sea_seams": "Open seams on and over the sea",
    },
}
# By action: what is wrong as long as it is not 0 (of a share that should be whole: what it lacks).
FAILS: dict[str, dict[str, str]] = {
    "responsibility": {
        "needs_without_owner": "needs have no full owner",
        "requirements_late": "needs have an owner that comes too late",
        "single_dependencies": "are met but hang on one nation",
    },
    "presence": {
        "presence_to_goal": "brigades are missing",
        "pools_exhausted": "nations have more bound than their pool bears",
        "beds_short": "beds would be missing if all came in the year of C-day",
    },
    "airdefence": {
        "assets_short_c0": "assets are short of layers on C-day",
        "assets_short_c30": "still are on C+30",
    },
    "mobility": {"units_not_closed": "units do not close"},
    "command": {
        "overloaded_headquarters": "headquarters have more under them than they can command",
        "unbroken_chains_crisis": "of the persons have no unbroken chain to SACEUR in a crisis",
    },
}
