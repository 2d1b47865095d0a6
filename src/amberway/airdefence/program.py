"""Programs in variables between 0 and 1, solved to a proved optimum by HiGHS."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Row = tuple[float, float, NDArray[np.int64], Numbers]
"""Least and greatest value of a sum, its columns, their factors."""

_OPTIONS = {
    "output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 0.0, "mip_abs_gap": 1e-9,
}  # fmt: skip


class _Quiet(highspy.Highs):
    """HiGHS that leaves standard output alone."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802  (as HiGHS calls it)
        """None are used, and enabling them prints a banner."""


def solve(cost: Numbers, rows: Sequence[Row], integral: range, *, maximise: bool) -> Numbers:
    """Values of the variables at a proved optimum; those in `integral` are 0 or 1.

    Raises RuntimeError if HiGHS does not prove one, which a program with an answer in [0, 1] gives
    no reason for.
    """
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), len(rows)
    model.col_cost_ = cost
    model.col_lower_, model.col_upper_ = np.zeros(len(cost)), np.ones(len(cost))
    model.row_lower_ = np.array([row[0] for row in rows])
    model.row_upper_ = np.array([row[1] for row in rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row[2]) for row in rows)])
    model.a_matrix_.index_ = np.concatenate([np.zeros(0, np.int64), *(row[2] for row in rows)])
    model.a_matrix_.value_ = np.concatenate([np.zeros(0), *(row[3] for row in rows)])
    kind = highspy.HighsVarType
    model.integrality_ = [
        kind.kInteger if j in integral else kind.kContinuous for j in range(len(cost))
    ]
    model.sense_ = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
    solver = _Quiet()
    for name, setting in _OPTIONS.items():
        solver.setOptionValue(name, setting)
    solver.passModel(model)
    solver.run()
    status = solver.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"HiGHS proved no optimum: {status.name}")
    return np.asarray(solver.getSolution().col_value)
