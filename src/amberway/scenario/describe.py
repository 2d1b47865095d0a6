"""What every column and key is: the models told as data.

Reference page, spreadsheet templates and the workbench's forms take it from here.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

import annotated_types as at
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from amberway.scenario.row import Id, NationId
from amberway.scenario.tables import TABLES, header

_WORDS: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    dt.date: "date",
}
_PATTERNS = {get_args(Id)[1].pattern: "id", get_args(NationId)[1].pattern: "nation"}


@dataclass(frozen=True)
class Column:
    """A column of a table or a key of a TOML file, in words.

    `default` is None if the value is required, "" if blank means none or no limit known. `refers`
    names the tables whose ids the column holds.
    """

    name: str
    type: str
    unit: str
    range: str
    default: str | None
    meaning: str
    refers: tuple[str, ...]
    source: str
    options: tuple[str, ...]


def columns(table: str) -> list[Column]:
    """The columns of a table in the order of its file."""
    fields = {field.alias or name: field for name, field in TABLES[table].model_fields.items()}
    return [_column(name, fields[name]) for name in header(table)]


def keys(model: type[BaseModel]) -> list[Column]:
    """The keys of a model that is read from TOML."""
    return [_column(field.alias or name, field) for name, field in model.model_fields.items()]


def _column(name: str, field: FieldInfo) -> Column:
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    parts = list(_parts(field.annotation))
    enum = next((p for p in parts if isinstance(p, type) and issubclass(p, StrEnum)), None)
    metadata = [*field.metadata, *(m for p in parts if not isinstance(p, type) for m in _meta(p))]
    refers = str(extra.get("ref", ""))
    return Column(
        name=name,
        type=_type(parts, metadata, enum),
        unit=str(extra.get("unit", "")),
        range=_range(metadata),
        default=None
        if field.is_required()
        else _default(field.get_default(call_default_factory=True)),
        meaning=field.description or "",
        refers=tuple(refers.split("|")) if refers else (),
        source=str(extra.get("source", "")),
        options=tuple(member.value for member in enum) if enum else (),
    )


def _parts(annotation: Any) -> Iterator[Any]:
    """The annotation, its alternatives other than None, and what its tuples hold."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        for option in get_args(annotation):
            if option is not type(None):
                yield from _parts(option)
    elif origin is Annotated:
        yield from _parts(get_args(annotation)[0])
        yield annotation
    elif origin in (tuple, dict):
        yield annotation
        yield from _parts(get_args(annotation)[0])
    else:
        yield annotation


def _meta(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()


def _type(parts: list[Any], metadata: list[Any], enum: type[Enum] | None) -> str:
    several = any(get_origin(part) is tuple for part in parts)
    if enum is not None:
        return "several of a list" if several else "one of a list"
    if any(get_origin(part) is dict for part in parts):
        return "shares by year"
    pattern = next((m.pattern for m in metadata if isinstance(m, StringConstraints)), None)
    word = _PATTERNS.get(pattern) if isinstance(pattern, str) else None
    if word is None:
        plain = next((p for p in parts if p in _WORDS), None)
        word = _WORDS[plain] if plain is not None else "table"
    return f"{word}s" if several and not word.endswith("text") else word


def _range(metadata: list[Any]) -> str:
    """The limits of a number."""
    low = high = ""
    for limit in metadata:
        match limit:
            case at.Gt(gt=value):
                low = f"> {_number(value)}"
            case at.Ge(ge=value):
                low = f"≥ {_number(value)}"
            case at.Lt(lt=value):
                high = f"< {_number(value)}"
            case at.Le(le=value):
                high = f"≤ {_number(value)}"
    return ", ".join(part for part in (low, high) if part)


def _number(value: Any) -> str:
    """As one types it: no exponent."""
    return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return _number(value)
    return str(value) if isinstance(value, str) else ""
