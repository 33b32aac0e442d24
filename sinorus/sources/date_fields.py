"""Dates that a front matter says in parts: CSL's, three numbers, a beginning and an end."""

from __future__ import annotations

from typing import Any

from sinorus.model import Date
from sinorus.sources.field_text import field_text
from sinorus.text.dates import parse_date

_PARTS = frozenset({"date-parts", "year", "month", "day", "start", "end", "from", "to"})
_ENDS = (("start", "from", "begin"), ("end", "to", "until"))


def date_text(value: object) -> str | None:
    """The date in a field as a text; what stands there in parts is put together."""
    if isinstance(value, dict):
        return _of_mapping({key.strip().lower().replace("_", "-"): v for key, v in value.items()})
    if not isinstance(value, list) or (len(value) == 1 and not isinstance(value[0], (list, dict))):
        return field_text(value)
    if all(isinstance(item, (list, dict)) for item in value):
        ends = [_day(item) for item in value[:2]]
        return "/".join(filter(None, ends)) if len(value) <= 2 and all(ends) else field_text(value)
    return _day(value)


def date_of_parts(
    year: str | None, month: str | None = None, day: str | None = None
) -> Date | None:
    """The date of numbers, or of the name of a month, that stand apart."""
    if not month:
        return parse_date(year or "")
    if month.isdecimal():
        return parse_date("-".join(filter(None, (year, month, day))))
    return parse_date(f"{day or ''} {month} {year}")


def says_more(value: object) -> bool:
    """Whether a date field says anything beside the date."""
    return isinstance(value, dict) and not _PARTS.issuperset(key.strip().lower() for key in value)


def _of_mapping(inner: dict[str, Any]) -> str | None:
    if isinstance(inner.get("date-parts"), list):
        return date_text(inner["date-parts"])
    if inner.get("year"):
        date = date_of_parts(*(field_text(inner.get(key)) for key in ("year", "month", "day")))
        return date.text if date else field_text(inner)
    for key in ("raw", "literal", "date", "value", "text"):
        if inner.get(key):
            return field_text(inner[key])
    ends = [
        next((field_text(inner[key]) for key in keys if inner.get(key)), None) for keys in _ENDS
    ]
    return "/".join(filter(None, ends)) if all(ends) else field_text(inner)


def _day(parts: object) -> str | None:
    """`[2023, 3, 21]` as a date is written."""
    if isinstance(parts, dict):
        return date_text(parts)
    if isinstance(parts, list) and 1 <= len(parts) <= 3:
        date = date_of_parts(*map(field_text, parts))
        return date.text if date else field_text(parts)
    return field_text(parts)
