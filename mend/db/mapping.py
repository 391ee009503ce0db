"""Dataclasses as rows: a column a field, in a form that its type reads back.

Moments are fixed-width UTC text, so that text order is time order; tuples and mappings are JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints


def plain(value: Any) -> Any:
    """`value` in what JSON knows; raises ValueError for a moment without a time zone."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):  # of several choices, their names are kept
        return [item.name if isinstance(item, Enum) else plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value.replace("\0", "") if isinstance(value, str) else value  # PostgreSQL keeps none


def column(value: Any) -> Any:
    """`value` as one column keeps it."""
    kept = plain(value)
    return json.dumps(kept) if isinstance(kept, (list, dict)) else kept


def row(record: Any) -> dict[str, Any]:
    """The columns of a dataclass."""
    return {field.name: column(getattr(record, field.name)) for field in fields(record)}


@cache
def reader(kind: Any) -> Callable[[Any], Any]:
    """What makes a `kind` of a row, a column, or a part of a JSON document."""
    make: Callable[..., Any] = kind
    parts = get_args(kind)
    if NoneType in parts:
        present = reader(next(part for part in parts if part is not NoneType))
        return lambda kept: None if kept is None or kept == "" else present(kept)
    if get_origin(kind) is tuple:
        item = parts[0]
        one = item.__members__.__getitem__ if issubclass(item, Enum) else reader(item)
        return lambda kept: tuple(one(each) for each in _document(kept))
    if get_origin(kind) is dict:
        return _document
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        readers = {field.name: reader(hints[field.name]) for field in fields(kind)}
        return lambda kept: make(
            **{name: read(kept[name]) for name, read in readers.items() if name in kept}
        )
    if issubclass(kind, date):  # a moment is one, too
        from_text: Callable[[Any], Any] = kind.fromisoformat
        return from_text
    return make


def _document(kept: Any) -> Any:
    return json.loads(kept) if isinstance(kept, str) else kept
