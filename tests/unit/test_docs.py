"""What the pages promise: links lead somewhere, verbs exist, nothing of the format is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amberway.cli import app
from amberway.scenario.checks import CHECKS
from amberway.scenario.settings import Factors
from amberway.scenario.tables import TABLES

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```(?:sh|shell|bash|console)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
VERBS = {
    command.name or command.callback.__name__
    for command in app.registered_commands
    if command.callback is not None
}
ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])


def anchors(page: Path) -> set[str]:
    """Anchors of the headings of a page, made as GitHub makes them."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    found: set[str] = set()
    for heading in re.findall(r"^#+ +(.+?)\s*$", text, re.MULTILINE):
        plain = re.sub(r"[^\w\- ]", "", heading.lower())
        found.add(plain.replace(" ", "-"))
    return found


def words_after_program(page: Path) -> list[list[str]]:
    """The words of each line in a code block that calls the program, without the program."""
    calls = []
    for block in [*CODE.findall(page.read_text(encoding="utf-8")), *indented(page)]:
        for line in block.splitlines():
            words = line.removeprefix("$ ").partition(" #")[0].split()
            if words and Path(words[0]).name == "amberway":
                calls.append(words[1:])
    return calls


def indented(page: Path) -> list[str]:
    """The code blocks of a page that are set off by four spaces."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return [line[4:] for line in re.findall(r"^ {4}\S.*$", text, re.MULTILINE)]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_relative_links_resolve(page: Path) -> None:
    """Proves that each link to a file, and to a heading in it, leads somewhere."""
    broken = []
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = page if not path else (page.parent / path).resolve()
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_is_in_the_readme(verb: str) -> None:
    """Proves that a reader of the README meets every verb of the command line."""
    assert f"amberway {verb}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_code_blocks_use_verbs_that_exist(page: Path) -> None:
    """Proves that no code block calls the program with a verb that it does not have."""
    calls = words_after_program(page)
    unknown = [" ".join(c) for c in calls if c and c[0] not in {*VERBS, "--help"}]
    assert not unknown


def test_code_blocks_are_found() -> None:
    """Proves that the search above sees the calls in the README."""
    assert len(words_after_program(ROOT / "README.md")) >= len(VERBS)


@pytest.mark.parametrize("name", [*Factors.model_fields, *CHECKS, *TABLES])
def test_the_format_page_has_everything(name: str) -> None:
    """Proves that each planning factor, check and table stands on the reference page."""
    assert f"`{name}`" in (ROOT / "docs" / "format.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs" / "adr").glob("0*.md")), ids=lambda p: p.name
)
def test_decision_records_are_listed(page: Path) -> None:
    """Proves that each decision record is short, has its parts and stands in the list."""
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {page.name[:4]}. ")
    assert "Status: " in text
    for part in ("## Context", "## Decision", "## Consequences"):
        assert part in text
    assert f"({page.name})" in (page.parent / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 40, "a page that nobody reads"
