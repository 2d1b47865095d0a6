"""What is timed: the one-pass plan of both packaged scenarios, its growth with the force, the peer.

`make bench`, or `python benchmarks/run.py [--most 8] [--out FILE]`. Every measurement runs in a
process of its own. Prints a table; writes benchmarks/results/bench.json.
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
COLUMNS = ("instance", "factor", "method", "lots", "delivered", "seconds", "cpu_s", "peak_mb")


def measure(method: str, instance: str, factor: int = 1) -> dict[str, Any]:
    """One measurement; its row is printed as it comes."""
    command = [sys.executable, str(HERE / "child.py"), method, instance, str(factor)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    row: dict[str, Any] = json.loads(done.stdout)
    show(row)
    return row


def show(row: dict[str, Any]) -> None:
    """A line of the table."""
    print("".join(f"{row[name]!s:>15}" for name in COLUMNS), flush=True)


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
    options = parser.parse_args()
    here = machine()
    print(f"{here['cpu']}, {here['cores']} cores, Python {here['python']}, load {here['load']}\n")
    show({name: name for name in COLUMNS})
    plans = [measure("amberway", name) for name in ("baltic", "baltic-nfm")]
    growth = [plans[0]]
    growth += [measure("amberway", "baltic", n) for n in (2, 4, 8) if n <= options.most]
    peers = [measure(m, "roads") for m in ("amberway", "networkx+memo", "networkx")]
    same = len({row["arrivals"] for row in peers}) == 1
    power = exponent(growth) if len(growth) > 1 else None
    ratios = {row["method"]: round(row["cpu_s"] / peers[0]["cpu_s"], 1) for row in peers[1:]}
    if power is not None:
        print(f"\nTime grows as the number of lots to the power {power:.2f}.")
    for method, ratio in ratios.items():
        print(f"{method} takes {ratio} times as long for the same road marches.")
    print(f"Arrivals of all lots are {'the same' if same else 'NOT the same'} by all three.")
    report = {"machine": here, "plans": plans, "growth": growth, "exponent": power, "peers": peers}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps({**report, "ratios": ratios, "same": same}, indent=1) + "\n")
    print(f"{options.out} holds the figures.")
    if not same:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
