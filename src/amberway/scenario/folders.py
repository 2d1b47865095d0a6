"""Where scenarios are: those that come with Amberway, and folders of the user's own."""

from __future__ import annotations

from pathlib import Path

from amberway.errors import Problem, ScenarioError
from amberway.scenario.read import suggestion

DATA = Path(__file__).parent.parent / "data"


def packaged() -> list[str]:
    """Names of the scenarios that come with Amberway."""
    return sorted(path.parent.name for path in DATA.glob("*/scenario.toml"))


def locate(name: str | Path) -> Path:
    """The folder of a packaged scenario, or the path itself.

    A packaged name goes before a folder of the same name; write `./baltic` for the folder.
    Raises ScenarioError if there is no scenario.
    """
    if isinstance(name, str) and name in packaged():
        return DATA / name
    folder = Path(name)
    try:
        if (folder / "scenario.toml").is_file():
            return folder
        is_folder, exists = folder.is_dir(), folder.exists()
    except OSError as error:
        what, mend = f"cannot be opened ({error.strerror})", "Check its name and permissions."
    else:
        if is_folder:
            what = "is a folder, but holds no scenario.toml"
            mend = "Name the folder of a scenario, or make one with `amberway new`."
        elif exists:
            what, mend = "is a file, not the folder of a scenario", "Name the folder that holds it."
        else:
            what = "does not exist"
            names = ", ".join(packaged()) or "none"
            mend = suggestion(str(name), packaged(), f"Packaged scenarios: {names}.")
    raise ScenarioError([Problem("no-scenario", str(name), what, mend)])
