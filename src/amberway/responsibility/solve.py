"""The best assignment: a mixed-integer program, solved with HiGHS.

Symbols: choices g with areas A_g and members M_g; needs r with points p_r and quantity q_r; b_fra
what member f brings to r if it serves a and has arrived by the day of r; d_r what stands there
anyway; s ≥ 0 breaches of rules.

    max  Σ_r p_r/q_r · y_r  +  c Σ_{g,a} k_ga x_ga  -  P Σ s
    s.t. Σ_{a∈A_g} x_ga ≤ 1                                            every choice g
         y_r ≤ q_r,   y_r ≤ d_r + Σ_{g} Σ_{f∈M_g} b_{f,r,a(r)} x_{g,a(r)}   every need r

y_r is the concave min(q_r, ·): no credit above the need. k_ga counts the members of g,
and those that stay if g serves a, less those held back until now: up to a constant, a cost c for
each that moves and for each that serves nowhere. Rules, each with its breach s:

    lead            Σ_n l_na = 1;   s_a ≥ l_na - B_na / lead_brigades      n may lead in a
    coherence       Σ_a z_na - coherence_areas ≤ s_n                      nation n
    most nations    Σ_n z_na - most_nations ≤ s_a                         area a
    fewest nations  fewest_nations - |N_a| - Σ_{n∉N_a} z_na ≤ s_a           area a
    burden          β_least·m·S_n - B_n ≤ s_n,  B_n - β_most·m·S_n ≤ s_n,  m = Σ_n B_n / Σ_n S_n

with B brigade equivalents in place or sent, z_na = 1 if a manoeuvre unit of n is sent to a
(x ≤ z ≤ Σ x), N_a the nations in place there, S_n the share of n. The form is the generalised
maximal covering problem with several kinds of demand (Church and ReVelle 1974; Schilling et al.
1979), with assignment instead of siting.

`evaluate.judge` has the same sum without this program, and is held against it and against trying
every assignment in `tests/property/test_responsibility.py`.
"""

from __future__ import annotations

import math

import highspy
import numpy as np

from amberway.responsibility.capability import BRIGADES
from amberway.responsibility.choices import Choice
from amberway.responsibility.evaluate import PENALTY, Judgement, judge
from amberway.responsibility.problem import Problem, Supply
from amberway.responsibility.rules import manoeuvre
from amberway.scenario.settings import Rule

_OPTIONS: dict[str, bool | float | str] = {
    "output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0, "mip_abs_gap": 1e-7,
    "mip_feasibility_tolerance": 1e-9, "primal_feasibility_tolerance": 1e-9,
}  # fmt: skip
Terms = dict[int, float]


def solve(problem: Problem) -> Judgement:
    """The assignment of greatest value, judged; the same problem gives the same assignment."""
    program = _Program(problem)
    if not program.x:
        return judge(problem, {})
    return judge(problem, program.assignment())


class _Quiet(highspy.Highs):
    """HiGHS that leaves standard output alone."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802  (as HiGHS calls it)
        """None are used, and enabling them prints a banner."""


class _Program:
    """Columns and rows as they are added; `x` has the column of each choice and area."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.integer: list[bool] = []
        self.rows: list[tuple[float, float, Terms]] = []
        self.x = {
            (choice.id, area): self._column(self._stays(choice, area), 1.0, integer=True)
            for choice in problem.choices
            for area in choice.areas
        }
        for choice in problem.choices:
            self._row({self.x[choice.id, area]: 1.0 for area in choice.areas}, most=1.0)
        self._needs()
        self._sent = self._nations()
        for rule, rows in (
            (Rule.LEAD, self._lead),
            (Rule.COHERENCE, self._coherence),
            (Rule.MOST_NATIONS, self._most),
            (Rule.FEWEST_NATIONS, self._fewest),
            (Rule.BURDEN, self._burden),
        ):
            if rule in problem.rules:
                rows()

    def _stays(self, choice: Choice, area: str) -> float:
        """What serving an area saves of the costs of moving and of holding back."""
        homes = [self.problem.stay[name] for name in choice.members]
        saved = homes.count(area) - homes.count(None) + len(homes)
        return self.problem.scenario.settings.responsibility.move_cost * saved

    def _column(self, cost: float, upper: float, *, integer: bool = False) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        self.integer.append(integer)
        return len(self.cost) - 1

    def _row(self, terms: Terms, *, least: float = -math.inf, most: float = math.inf) -> None:
        self.rows.append((least, most, terms))

    def _breach(self) -> int:
        return self._column(-PENALTY, math.inf)

    def _brought(self, choice: Choice, area: str) -> list[Supply]:
        return [s for name in choice.members for s in self.problem.supplies[name, area]]

    def _needs(self) -> None:
        problem = self.problem
        for need in problem.needs:
            y = self._column(need.points / need.quantity, need.quantity)
            terms: Terms = {y: 1.0}
            for choice in problem.choices:
                if need.area in choice.areas:
                    brought = sum(
                        supply.quantity
                        for supply in self._brought(choice, need.area)
                        if problem.counts(supply, need) and supply.there(need.day)
                    )
                    if brought:
                        terms[self.x[choice.id, need.area]] = -brought
            stands = sum(
                supply.quantity
                for supply in problem.fixed
                if problem.counts(supply, need) and supply.there(need.day)
            )
            self._row(terms, most=stands)

    def _nations(self) -> dict[tuple[str, str], int]:
        """z: 1 if a nation sends a manoeuvre unit to an area."""
        senders: dict[tuple[str, str], list[int]] = {}
        for choice in self.problem.choices:
            for area in choice.areas:
                brought = manoeuvre(self._brought(choice, area))
                for nation in dict.fromkeys(supply.nation for supply in brought):
                    senders.setdefault((nation, area), []).append(self.x[choice.id, area])
        found = {}
        for key, columns in senders.items():
            z = found[key] = self._column(0.0, 1.0, integer=True)
            for column in columns:
                self._row({column: 1.0, z: -1.0}, most=0.0)
            self._row({z: 1.0} | dict.fromkeys(columns, -1.0), most=0.0)
        return found

    def _brigades(
        self, nation: str, area: str | None, day: float | None, *, local: bool
    ) -> tuple[float, Terms]:
        """Brigade equivalents of a nation: a constant, and terms in x."""

        def held(supplies: list[Supply]) -> float:
            return sum(
                supply.quantity
                for supply in supplies
                if supply.capability in BRIGADES
                and supply.nation == nation
                and area in (None, supply.area)
                and (local or not supply.local)
                and (day is None or supply.there(day))
            )

        terms = {
            self.x[choice.id, goal]: brought
            for choice in self.problem.choices
            for goal in choice.areas
            if (brought := held(self._brought(choice, goal)))
        }
        return held(list(self.problem.fixed)), terms

    def _lead(self) -> None:
        settings = self.problem.scenario.settings.responsibility
        for area, nations in self.problem.candidates.items():
            if not nations:
                continue  # nobody may lead: no choice changes that
            breach, chosen = self._breach(), {}
            for nation in nations:
                own, terms = self._brigades(nation, area, settings.lead_by_day, local=True)
                lead = self._column(0.0, 1.0, integer=True)
                chosen[lead] = 1.0
                # s - l + B/lead_brigades ≥ 0
                scaled = {x: brought / settings.lead_brigades for x, brought in terms.items()}
                self._row({breach: 1.0, lead: -1.0} | scaled, least=-own / settings.lead_brigades)
            self._row(chosen, least=1.0, most=1.0)

    def _coherence(self) -> None:
        settings = self.problem.scenario.settings.responsibility
        for nation in dict.fromkeys(nation for nation, _ in self._sent):
            if nation not in settings.coherence_exempt:
                terms = {z: 1.0 for (name, _), z in self._sent.items() if name == nation}
                self._row({self._breach(): -1.0} | terms, most=float(settings.coherence_areas))

    def _foreign(self, area: str) -> dict[str, int]:
        """z of each nation that may send to an area, its own nations left out."""
        own = self.problem.scenario.areas[area].nations
        return {n: z for (n, goal), z in self._sent.items() if goal == area and n not in own}

    def _most(self) -> None:
        most = self.problem.scenario.settings.responsibility.most_nations
        for area in self.problem.candidates:
            terms = dict.fromkeys(self._foreign(area).values(), 1.0)
            self._row({self._breach(): -1.0} | terms, most=float(most))

    def _fewest(self) -> None:
        fewest = self.problem.scenario.settings.responsibility.fewest_nations
        for area in self.problem.candidates:
            there = {s.nation for s in manoeuvre(self.problem.fixed) if s.area == area}
            there -= set(self.problem.scenario.areas[area].nations)
            terms = {z: 1.0 for n, z in self._foreign(area).items() if n not in there}
            self._row({self._breach(): 1.0} | terms, least=float(fewest - len(there)))

    def _burden(self) -> None:
        settings = self.problem.scenario.settings.responsibility
        shares = self.problem.shares
        total = sum(shares.values())
        held = {n: self._brigades(n, None, None, local=False) for n in shares}
        borne = sum(own for own, _ in held.values())
        for nation, (own, _) in held.items():
            breach = self._breach()
            for bound, sign in ((settings.burden_least, 1.0), (settings.burden_most, -1.0)):
                # sign · (bound · share/total · Σ B - B_n) ≤ s
                part = sign * bound * shares[nation] / total
                row: Terms = {breach: -1.0}
                for other, (_, brought) in held.items():
                    for x, quantity in brought.items():
                        row[x] = row.get(x, 0.0) + part * quantity
                        if other == nation:
                            row[x] -= sign * quantity
                self._row(row, most=sign * own - part * borne)

    def assignment(self) -> dict[str, str | None]:
        """The solution: area of each force element, None if it serves none."""
        columns = len(self.cost)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = columns, len(self.rows)
        program.sense_ = highspy.ObjSense.kMaximize
        program.col_cost_ = np.array(self.cost)
        program.col_lower_ = np.zeros(columns)
        program.col_upper_ = np.array(self.upper)
        program.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            for whole in self.integer
        ]
        program.row_lower_ = np.array([least for least, _, _ in self.rows])
        program.row_upper_ = np.array([most for _, most, _ in self.rows])
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.cumsum([0, *(len(terms) for _, _, terms in self.rows)])
        program.a_matrix_.index_ = np.array([i for _, _, terms in self.rows for i in terms])
        program.a_matrix_.value_ = np.array(
            [v for _, _, terms in self.rows for v in terms.values()]
        )
        solver = _Quiet()
        for name, setting in _OPTIONS.items():
            solver.setOptionValue(name, setting)
        solver.passModel(program)
        solver.run()
        values = solver.getSolution().col_value
        found: dict[str, str | None] = {}
        for choice in self.problem.choices:
            goes = [a for a in choice.areas if values[self.x[choice.id, a]] > 0.5]
            found |= dict.fromkeys(choice.members, goes[0] if goes else None)
        return found
