"""The tree of command in one phase: headquarters with their APP-6 symbols, from left to right.

Everybody stands in the column of his distance from the top. A headquarters has the height of its
subordinates or of its own lines of text, whichever is more, so that no label can lie on another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

from amberway.command import CommandResult
from amberway.report.figures.labels import Box
from amberway.report.figures.symbols import symbol
from amberway.report.palette import GREY, INK, MUTED, VERMILION
from amberway.scenario.posture import CommandDomain, CommandPhase, Echelon, Relation

WIDTH = 720.0  # drawing units: a quarter of a millimetre on A4
MOST_HEIGHT = 900.0  # what a printed page holds
FONT = 9.4  # drawing units: 6.7 pt in print
_ROW, _LINE = 14.4, 10.6
_SYMBOL = 22.0
_LETTER, _CAPITAL, _NARROW = 0.6, 0.72, 0.36  # widths in DejaVu Sans, the widest, of the size
_SPINE = 12.0  # room for the links between columns
_GAP = 5.0
_LEAF_ROOM = 190.0
_MOST_COLUMN = 118.0
_KEY = 18.0
_MOST_LINES = 4
_NATIONAL = re.compile(r"^National headquarters, (.+)$")
_SHORT = re.compile(r"\(([A-Z0-9]{4,})\)$")
_DASH = {
    Relation.FULL: "",
    Relation.OPCOM: "",
    Relation.OPCON: "",
    Relation.TACOM: "4 2",
    Relation.TACON: "1.5 2",
}
_THICK = {Relation.FULL: 2.2, Relation.OPCOM: 2.2}
_AMPLIFIER = {
    Echelon.STRATEGIC: "26",
    Echelon.JOINT: "25",
    Echelon.COMPONENT: "24",
    Echelon.CORPS: "22",
    Echelon.DIVISION: "21",
    Echelon.BRIGADE: "18",
}


@dataclass(frozen=True)
class Node:
    """A headquarters in the tree; `relation` is that to its superior."""

    name: str
    facts: str
    sidc: str
    over: bool
    relation: Relation | None
    below: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Placed:
    """A node on the drawing: its column, the middle of its row, its lines of text, its parent."""

    node: Node
    column: int
    y: float
    lines: tuple[str, ...]
    parent: Placed | None = field(compare=False)

    def box(self, pitch: float) -> Box:
        """Room that the symbol and the lines of text take."""
        left = self.column * pitch
        width = max(map(_width, self.lines))
        half = len(self.lines) * _LINE / 2
        return Box(left, self.y - half, left + _SYMBOL + _GAP + width, self.y + half)


def draw(result: CommandResult, phase: CommandPhase) -> list[Markup]:
    """The tree as one or more sheets, each of which fits on a printed page."""
    roots = forest(result, phase)
    sheets = []
    for number, part in enumerate(pages(roots)):
        placed, pitch, height = layout(part)
        name = f"command-{phase.value}-{number}"
        sheets.append(_svg(name, f"Tree of command in {phase.value}", placed, pitch, height))
    return sheets


def forest(result: CommandResult, phase: CommandPhase) -> list[Node]:
    """SACEUR's tree, then those of the others who command anybody in this phase."""
    chains, assigned = result.chains[phase], result.assigned[phase]
    rows = result.problem.headquarters
    shown = {row for row in rows if chains[row].complete}
    for row in rows:
        if assigned[row]:
            shown.update(chains[row].nodes)
    above = {row: chains[row].nodes[1] for row in shown if len(chains[row].nodes) > 1}

    def node(row: str) -> Node:
        below = tuple(node(one) for one in rows if above.get(one) == row)
        links = [
            link.relation
            for link in result.problem.links
            if link.subordinate == row
            and link.superior == above.get(row)
            and link.holds(phase, CommandDomain.LAND)
        ]
        hq, persons = rows[row], sum(assigned[row].values())
        short = _SHORT.search(hq.name)
        return Node(
            short.group(1) if short else _NATIONAL.sub(r"\1 (national)", hq.name),
            f"{hq.lead_nation.upper()} {persons:,}" if persons else hq.lead_nation.upper(),
            _unflagged(hq.sidc or f"10031000{_AMPLIFIER[hq.echelon]}1100000000"),
            hq.capacity is not None and persons > hq.capacity,
            min(links, key=list(Relation).index, default=None),
            below,
        )

    roots = [row for row in rows if row in shown and row not in above]
    roots.sort(key=lambda row: row != result.problem.top)
    return [node(row) for row in roots]


def _unflagged(sidc: str) -> str:
    """The code without the staff line of a headquarters: all are, and it would shrink the frame."""
    return f"{sidc[:7]}0{sidc[8:]}"


def pages(roots: list[Node]) -> list[list[Node]]:
    """The roots over as few sheets as hold them; a tree that is too high is cut below its top."""
    found: list[list[Node]] = []
    for piece in [piece for root in roots for piece in _pieces(root, lambda node: node)]:
        if found and _fits([*found[-1], piece]):
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _fits(roots: list[Node]) -> bool:
    return layout(roots)[2] <= MOST_HEIGHT


def _pieces(node: Node, under: Callable[[Node], Node]) -> Iterator[Node]:
    """The tree, or trees with the same top that each fit on a sheet.

    `under` puts a piece under its superiors, who are drawn with it.
    """
    if not node.below or _fits([under(node)]):
        yield node
        return

    def alone(piece: Node) -> Node:
        return under(replace(node, below=(piece,)))

    held: tuple[Node, ...] = ()
    for piece in [piece for child in node.below for piece in _pieces(child, alone)]:
        if held and not _fits([under(replace(node, below=(*held, piece)))]):
            yield replace(node, below=held)
            held = ()
        held = (*held, piece)
    yield replace(node, below=held)


def layout(roots: list[Node]) -> tuple[list[Placed], float, float]:
    """Everybody with his place, the width of a column, the height of the drawing."""
    columns = max((_depth(root) for root in roots), default=1)
    pitch = min(_MOST_COLUMN, (WIDTH - _LEAF_ROOM) / max(1, columns - 1))
    placed: list[Placed] = []

    def place(node: Node, column: int, top: float, parent: Placed | None) -> float:
        lines = _lines(node, column, pitch)
        heights = [_height(child, column + 1, pitch) for child in node.below]
        height = max(_ROW, len(lines) * _LINE + 3, sum(heights))
        mine = Placed(node, column, top + height / 2, lines, parent)
        placed.append(mine)
        at = top + (height - sum(heights)) / 2
        for child, room in zip(node.below, heights, strict=True):
            place(child, column + 1, at, mine)
            at += room
        return height

    at = _KEY
    for root in roots:
        at += place(root, 0, at, None) + 2
    return placed, pitch, at + 2


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, node.below), default=0)


def _height(node: Node, column: int, pitch: float) -> float:
    below = sum(_height(child, column + 1, pitch) for child in node.below)
    return max(_ROW, len(_lines(node, column, pitch)) * _LINE + 3, below)


def _facts(node: Node) -> str:
    return f"{node.facts} ▲" if node.over else node.facts


def _width(line: str) -> float:
    """Room that a line takes in the page's sans-serif, rather too much than too little."""
    return FONT * sum(
        _NARROW if c in " ,.;:'il()-" else _CAPITAL if c.isupper() or c == "▲" else _LETTER
        for c in line
    )


def _lines(node: Node, column: int, pitch: float) -> tuple[str, ...]:
    """A leaf's name and facts on one line to the edge; else as many as the column asks for."""
    facts = _facts(node)
    if not node.below:
        room = WIDTH - column * pitch - _SYMBOL - _GAP - _width(f"  {facts}")
        return (f"{_fitted(node.name, room)}  {facts}",)
    return (*_wrap(node.name, pitch - _SYMBOL - _GAP - _SPINE), facts)


def _wrap(text: str, room: float) -> list[str]:
    """The text in lines of at most `room`; what does not fit in four is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1] + "…"]
    return [_fitted(line, room) for line in lines]


def _fitted(line: str, room: float) -> str:
    while _width(line) > room and len(line) > 2:
        line = line.removesuffix("…")[:-1].rstrip() + "…"
    return line


def _svg(name: str, description: str, placed: list[Placed], pitch: float, height: float) -> Markup:
    parts = [
        f'<svg role="img" aria-label="{escape(description)}" viewBox="0 0 {WIDTH:.0f} '
        f'{height:.0f}" font-size="{FONT:g}" fill="{INK}">',
        *_key(),
    ]
    for one in placed:
        if one.parent is not None:
            parts.append(_link(one, one.parent, pitch))
    codes = sorted({one.node.sidc for one in placed})
    known = {code: f"{name}-s{number}" for number, code in enumerate(codes)}
    parts.append("<defs>")
    for code in codes:
        box, content = symbol(code)
        view = " ".join(f"{v:g}" for v in box)
        parts.append(f'<symbol id="{known[code]}" viewBox="{view}">{content}</symbol>')
    parts.append("</defs>")
    for one in placed:
        left, top = one.column * pitch, one.y - _ROW / 2 + 0.6
        parts.append(
            f'<use href="#{known[one.node.sidc]}" x="{left:.1f}" y="{top:.1f}" '
            f'width="{_SYMBOL:g}" height="{_ROW - 1.2:.1f}"/>'
        )
        first = one.y - (len(one.lines) - 1) * _LINE / 2 + FONT * 0.35
        for number, line in enumerate(one.lines):
            shown = str(escape(line))
            if number == len(one.lines) - 1:
                colour = VERMILION if one.node.over else MUTED
                words = line.removesuffix(_facts(one.node))
                shown = f'{escape(words)}<tspan fill="{colour}">{escape(_facts(one.node))}</tspan>'
            parts.append(
                f'<text x="{left + _SYMBOL + _GAP:.1f}" y="{first + number * _LINE:.1f}">'
                f"{shown}</text>"
            )
    parts.append("</svg>")
    return Markup("\n".join(parts))


def _link(one: Placed, parent: Placed, pitch: float) -> str:
    """From the end of the superior's text over the gap between columns to the symbol."""
    right = one.column * pitch - 0.5
    spine = right - _SPINE + 1
    left = min(spine, parent.box(pitch).right + 2)
    return (
        f'<path d="M{left:.1f} {parent.y:.1f}H{spine:.1f}V{one.y:.1f}" fill="none" '
        f'stroke="{GREY}" stroke-width="0.8"/>'
        f'<path d="M{spine:.1f} {one.y:.1f}H{right:.1f}" {_stroke(one.node.relation)}/>'
    )


def _stroke(relation: Relation | None) -> str:
    relation = relation or Relation.FULL
    dash = f' stroke-dasharray="{_DASH[relation]}"' if _DASH[relation] else ""
    return f'fill="none" stroke="{INK}" stroke-width="{_THICK.get(relation, 1.0):g}"{dash}'


def _key() -> Iterator[str]:
    at = 0.0
    for relation, words in (
        (Relation.FULL, "full command, OPCOM"),
        (Relation.OPCON, "OPCON"),
        (Relation.TACOM, "TACOM"),
        (Relation.TACON, "TACON"),
    ):
        yield (
            f'<path d="M{at:.0f} 7H{at + 24:.0f}" {_stroke(relation)}/>'
            f'<text x="{at + 28:.0f}" y="10.5">{words}</text>'
        )
        at += 44 + _width(words)
    yield (
        f'<text x="{at:.0f}" y="10.5">lead nation, persons under it; '
        f'<tspan fill="{VERMILION}">▲</tspan> more than it can command</text>'
    )
