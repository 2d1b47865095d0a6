"""A wheel built from a clean checkout on a machine without Node holds the workbench."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the tracked files, built with no Node on the path."""
    folder = tmp_path_factory.mktemp("checkout")
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(None, listing.stdout.split("\0")):
        if (repository / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(repository / name, folder / name)
    assert not (folder / "src/amberway/server/static").exists()
    tools = folder / "tools"
    tools.mkdir()
    for tool in ("sh", "env"):  # npm needs them
        (tools / tool).symlink_to(shutil.which(tool) or f"/usr/bin/{tool}")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "wheel")],
        cwd=folder, env=os.environ | {"PATH": str(tools)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    return next((folder / "wheel").glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_serves_the_workbench_without_node(wheel: Path, tmp_path: Path) -> None:
    """Proves that an installed wheel answers with the built page, scripts and styles."""
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:  # what installing a pure wheel comes down to
        archive.extractall(site)
    program = (
        "import amberway.server.app as app; from pathlib import Path; "
        f"assert Path(app.__file__).is_relative_to({str(site)!r}), app.__file__; "
        "names = sorted(f.suffix for f in (app.STATIC / 'assets').iterdir()); "
        "print((app.STATIC / 'index.html').is_file(), '.js' in names, '.css' in names)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(site), "PATH": ""},
        cwd=tmp_path, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert told.stdout.split() == ["True", "True", "True"]
    with zipfile.ZipFile(wheel) as archive:
        assert not [name for name in archive.namelist() if "node_modules" in name]
