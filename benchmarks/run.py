"""What is timed: the plans of both packaged scenarios, their growth with the force, the peers.

`make bench`, or `python benchmarks/run.py [--most 8] [--only certified|one-pass|arcflow]`. Every
measurement runs in a process of its own. Prints tables; writes benchmarks/results/bench.json.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# The largest part of `baltic` for which the arc-flow model can be solved in ten minutes.
LARGEST_PART = "part-2"
COLUMNS = ("instance", "factor", "method", "lots", "delivered", "seconds", "cpu_s", "peak_mb")


def measure(method: str, instance: str, factor: int = 1) -> dict[str, Any]:
    """One measurement; its row is printed as it comes."""
    command = [sys.executable, str(HERE / "child.py"), method, instance, str(factor)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])  # HiGHS prints a banner
    show(row)
    return row


def show(row: dict[str, Any]) -> None:
    """A line of the table."""
    print("".join(f"{row[name]!s:>15}" for name in COLUMNS), flush=True)


def tell(row: dict[str, Any]) -> None:
    """What a certified plan is worth, below its line."""
    print(
        f"    plan {row['objective']:,.0f}, bound {row['bound']:,.0f}: "
        f"gap {row['certified_gap']:.2%} of the total, "
        f"{row['certified_gap_of_delay']:.1%} of the delay; better than one-pass by "
        f"{row['improvement']:.2%} and {row['improvement_of_delay']:.1%}; parts of the gap "
        + ", ".join(f"{name} {value:,.0f}" for name, value in row["gap_parts"].items()),
        flush=True,
    )


def certified(most: int) -> list[dict[str, Any]]:
    """Certified plans of both scenarios and of multiples of the force."""
    rows = []
    for method, instance, factor in (
        ("certified", "baltic", 1),
        ("certified-10min", "baltic-nfm", 1),
        *(("certified", "baltic", n) for n in (2, 4, 8) if n <= most),
    ):
        rows.append(measure(method, instance, factor))
        tell(rows[-1])
    return rows


def linear_programs() -> list[dict[str, Any]]:
    """The same linear program by column generation and written out arc by arc."""
    rows = [measure(m, LARGEST_PART) for m in ("column generation", "linopy+HiGHS")]
    ours, theirs = rows
    print(
        f"    {theirs['seconds'] / ours['seconds']:.0f} times as long for the same bound "
        f"({ours['bound']:.4f}, {theirs['bound']:.4f}); {theirs['sizes']}"
    )
    return rows


def exponent(rows: list[dict[str, Any]]) -> float:
    """Slope of log(CPU time) over log(lots): time grows as lots to this power (least squares)."""
    x = [math.log(row["lots"]) for row in rows]
    y = [math.log(row["cpu_s"]) for row in rows]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    above = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return above / sum((a - mean_x) ** 2 for a in x)


def machine() -> dict[str, Any]:
    """What it ran on."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = names[0].partition(":")[2].strip() if names else cpu
    load = os.getloadavg()[0]
    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load": round(load, 2),
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=8, help="largest multiple of the force")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "bench.json")
    parser.add_argument("--only", choices=("certified", "one-pass", "arcflow"))
    options = parser.parse_args()
    here = machine()
    print(f"{here['cpu']}, {here['cores']} cores, Python {here['python']}, load {here['load']}\n")
    show({name: name for name in COLUMNS})
    report: dict[str, Any] = {"machine": here}
    same = True
    if options.only in (None, "certified"):
        report["certified"] = certified(options.most)
    if options.only in (None, "arcflow"):
        report["linear programs"] = linear_programs()
    if options.only in (None, "one-pass"):
        report["one-pass"], same = one_pass(options.most)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=1) + "\n")
    print(f"{options.out} holds the figures.")
    if not same:
        raise SystemExit(1)


def one_pass(most: int) -> tuple[dict[str, Any], bool]:
    """One-pass plans, their growth, and the same list scheduling on networkx."""
    plans = [measure("amberway", name) for name in ("baltic", "baltic-nfm")]
    growth = [plans[0]]
    growth += [measure("amberway", "baltic", n) for n in (2, 4, 8) if n <= most]
    peers = [measure(m, "roads") for m in ("amberway", "networkx+memo", "networkx")]
    same = len({row["arrivals"] for row in peers}) == 1
    power = exponent(growth) if len(growth) > 1 else None
    ratios = {row["method"]: round(row["cpu_s"] / peers[0]["cpu_s"], 1) for row in peers[1:]}
    if power is not None:
        print(f"\nTime grows as the number of lots to the power {power:.2f}.")
    for method, ratio in ratios.items():
        print(f"{method} takes {ratio} times as long for the same road marches.")
    print(f"Arrivals of all lots are {'the same' if same else 'NOT the same'} by all three.")
    told = {"plans": plans, "growth": growth, "exponent": power, "peers": peers}
    return {**told, "ratios": ratios, "same": same}, same


if __name__ == "__main__":
    main()
