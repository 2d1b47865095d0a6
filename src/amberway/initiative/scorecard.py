"""The five assessments as lines for the terminal."""

from __future__ import annotations

from amberway.airdefence.summary import lines as airdefence
from amberway.command.summary import lines as command
from amberway.initiative.assessment import Assessment
from amberway.mobility.summary import lines as mobility
from amberway.presence.summary import lines as presence
from amberway.responsibility.summary import lines as responsibility

TITLES = {
    "responsibility": "1 Responsibility",
    "presence": "2 Presence",
    "airdefence": "3 Air and missile defence",
    "mobility": "4 Mobility",
    "command": "5 Command",
}


def lines(assessment: Assessment, valid: bool) -> list[str]:
    """Every action under its title; `valid` is the verifier's answer about the plan."""
    blocks = {
        "responsibility": responsibility(assessment.responsibility),
        "presence": presence(assessment.presence),
        "airdefence": airdefence(assessment.airdefence),
        "mobility": mobility(assessment.mobility, valid),
        "command": command(assessment.command),
    }
    text: list[str] = []
    for name, block in blocks.items():
        title = TITLES[name]
        text += [title, "=" * len(title), *block, ""]
    return text[:-1]
