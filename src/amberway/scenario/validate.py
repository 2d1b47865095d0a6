"""From raw cells and TOML keys to typed models; the library's messages in a planner's words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from amberway.errors import Problem
from amberway.scenario.read import RawRow, suggestion
from amberway.scenario.row import Row
from amberway.scenario.tables import TABLES

Model = TypeVar("Model", bound=BaseModel)

_NUMBER_KINDS = {
    "float_parsing", "int_parsing", "int_parsing_size", "float_type", "int_type",
    "int_from_float", "finite_number",
}  # fmt: skip
_LIMITS = {
    "greater_than": "more than",
    "greater_than_equal": "at least",
    "less_than": "less than",
    "less_than_equal": "at most",
}


def validated_row(table: str, raw: RawRow, problems: list[Problem]) -> Row | None:
    """The typed row, or None with every faulty cell noted."""
    try:
        return TABLES[table].model_validate(raw.cells)
    except ValidationError as error:
        for detail in error.errors():
            column = str(detail["loc"][0]) if detail["loc"] else None
            value = raw.cells.get(column) if column else None
            what, mend = _words(detail, ())
            problems.append(
                Problem(
                    f"cell-{_kind(detail)}",
                    raw.file,
                    what,
                    mend,
                    row=raw.line,
                    column=column,
                    value=None if value is None else value[:60],
                )
            )
        return None


def validated_file(
    model: type[Model], data: dict[str, Any], check: str, file: str, problems: list[Problem]
) -> Model | None:
    """The typed contents of a TOML file, or None with every faulty key noted under `check`."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors()
        places = [detail["loc"] for detail in details]
        for detail in details:
            depth = len(detail["loc"])
            if any(place[:depth] == detail["loc"] and len(place) > depth for place in places):
                continue  # only says again that something inside is wrong
            where = ".".join(str(part) for part in detail["loc"]) or None
            value = None if detail["type"] == "missing" else str(detail["input"])[:60]
            what, mend = _words(detail, _keys(model, detail))
            problems.append(Problem(check, file, what, mend, column=where, value=value))
        return None


def _keys(model: type[BaseModel], detail: ErrorDetails) -> Iterable[str]:
    """The keys known beside the faulty one (one level of nesting, as in scenario.toml)."""
    if len(detail["loc"]) > 1:
        field = model.model_fields.get(str(detail["loc"][0]))
        inner = field.annotation if field else None
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return inner.model_fields
    return model.model_fields


def _kind(detail: ErrorDetails) -> str:
    kind = detail["type"]
    if kind == "missing":
        return "missing"
    if kind in _LIMITS or kind.startswith("string_too"):
        return "range"
    return "form"


def _words(detail: ErrorDetails, known: Iterable[str]) -> tuple[str, str]:
    """What is wrong and how to mend it."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    what, mend = (
        detail["msg"][:1].lower() + detail["msg"][1:],
        str(context.get("mend", "See docs/format.md.")),
    )
    if kind == "missing":
        what, mend = "is missing", "Fill it in; it has no default."
    elif kind == "extra_forbidden":
        what = "is not known here"
        mend = suggestion(str(detail["loc"][-1]), known, "Remove it.")
    elif kind in _NUMBER_KINDS:
        what, mend = "is not a number of the right kind", _number(kind, str(value))
    elif kind.startswith("bool"):
        what, mend = "is neither true nor false", "Write true or false."
    elif kind == "iso_date" or kind.startswith("date"):
        what, mend = "is not a date", "Write year-month-day, for example 2024-03-13."
    elif kind == "enum":
        expected = str(context.get("expected", ""))
        options = re.findall(r"'([^']*)'", expected)
        what = "is not one of the values allowed"
        mend = suggestion(str(value), options, "") or f"Use {expected}."
    elif kind == "string_pattern_mismatch":
        what, mend = "is not of the form allowed", _pattern(str(context.get("pattern", "")))
    elif kind in _LIMITS:
        limit = next(iter(context.values()))
        what, mend = "is out of range", f"It must be {_LIMITS[kind]} {limit:g}."
    elif kind == "string_too_long":
        what, mend = "is too long", f"It must have at most {context.get('max_length')} characters."
    elif kind == "too_short":
        what, mend = "is empty", "List at least one, or leave the key out."
    elif kind == "string_too_short":
        what, mend = "is blank", "Fill it in; it has no default."
    return what, mend


def _number(kind: str, value: str) -> str:
    """How to mend what should be a number."""
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", value):
        plain, point = value.replace(",", ""), value.replace(",", ".")
        return f"Write {plain}, or {point} if the comma is a decimal sign."
    if re.fullmatch(r"[+-]?\d+,\d+", value):
        return f"Write {value.replace(',', '.')}: the decimal sign is a point."
    if kind.startswith("int"):
        return "Write a whole number without unit."
    return "Write a plain number without unit."


def _pattern(pattern: str) -> str:
    """How to mend what has another form than its pattern."""
    if pattern == r"^[a-z]{3}$":
        return "Use the nation's ISO alpha-3 code in lower case, for example ltu."
    if "20" in pattern:
        return "Write the 20 digits of the symbol code."
    if "x1f" in pattern:
        return "Write it on one line, without control characters."
    if "|" in pattern:
        return f"Use one of: {pattern.strip('^()$').replace('|', ', ')}."
    return "Use lower-case letters without accents, digits and single hyphens."
