"""TOML as front matter uses it, between two lines `+++`: scalars as text, dates in ISO form."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from frontmatter.default_handlers import BaseHandler

from sinorus.config import parse_toml
from sinorus.sources.front_fields import (
    MOST_DEPTH,
    MOST_SALVAGED,
    MOST_VALUES,
    TOO_DEEP,
    Fields,
    MalformedError,
)

# python-frontmatter's own reads with a library that knows an old TOML; only its marks are taken.
HANDLER = BaseHandler(re.compile(r"^\+{3,}[ \t]*$", re.MULTILINE), "+++", "+++")

_NAME = r"""(?:"([^"\n]+)"|'([^'\n]+)'|([\w-]+))"""
_KEY = re.compile(rf"^[ \t]*(\[\[?)?[ \t]*{_NAME}[ \t]*(?=[.=\]])", re.MULTILINE)
# A key of very many parts takes its reader time and memory with the square of their number.
_DEEP_KEY = re.compile(
    r"""(?<![\w-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){%d}""" % MOST_DEPTH  # noqa: UP031
)
_TABLE = re.compile(r"\[[^\n]*")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TOO_MANY = "it has more than 20,000 values"


def load(front: str) -> Fields:
    """What a TOML text says. Raises MalformedError."""
    if deep := _DEEP_KEY.search(front):
        raise MalformedError(TOO_DEEP, deep.start())
    try:
        values = _Texts().mapping(parse_toml(front, str), 0)
    except RecursionError:
        raise MalformedError(TOO_DEEP, 0) from None
    except ValueError as error:  # of TOML, or a number without end
        raise _malformed(str(error), front) from None
    positions: dict[str, int] = {}
    within = False
    for match in _KEY.finditer(front):
        within = within or bool(match[1])
        if match[1] or not within:
            positions.setdefault(match[2] or match[3] or match[4], match.start())
    return Fields(values, {key: positions.get(key, 0) for key in values})


def salvage(front: str) -> Fields:
    """The fields that can be read one by one where the whole cannot, each in its table."""
    whole = Fields()
    starts = [match.start() for match in _KEY.finditer(front)]
    if len(starts) > MOST_SALVAGED:
        return whole
    table = ""
    for start, end in zip(starts, [*starts[1:], len(front)], strict=True):
        part = front[start:end].lstrip(" \t")
        if found := _TABLE.match(part):
            table = found.group() + "\n"
        else:
            part = table + part
        try:
            read = load(part)
        except MalformedError:
            continue
        _merge(whole.values, read.values)
        for key in read.values:
            whole.positions.setdefault(key, start)
    return whole


def _merge(into: dict[str, object], fields: dict[str, object]) -> None:
    for key, value in fields.items():
        there = into.get(key)
        if isinstance(there, dict) and isinstance(value, dict):
            _merge(there, value)
        else:
            into[key] = value


def _malformed(reason: str, front: str) -> MalformedError:
    if reason.startswith("Exceeds the limit"):
        return MalformedError("it has a number of more than 4,300 digits", 0)
    place = _PLACE.search(reason)
    reason = _PLACE.sub("", reason)
    position = 0
    if place and place[1]:
        lines = front.split("\n")
        position = sum(len(line) + 1 for line in lines[: int(place[1]) - 1]) + int(place[2]) - 1
    elif place:
        position = len(front.rstrip())
    return MalformedError(reason[:1].lower() + reason[1:120], min(position, len(front)))


class _Texts:
    """Turns what was read into texts, and counts. Raises ValueError for what is boundless."""

    def __init__(self) -> None:
        self.values = 0

    def mapping(self, values: dict[str, Any], depth: int) -> dict[str, object]:
        return {key.strip(): self.value(item, depth + 1) for key, item in values.items()}

    def value(self, value: object, depth: int) -> object:
        self.values += 1
        if depth > MOST_DEPTH:
            raise ValueError(TOO_DEEP)
        if self.values > MOST_VALUES:
            raise ValueError(_TOO_MANY)
        if isinstance(value, dict):
            return self.mapping(value, depth)
        if isinstance(value, list):
            return [self.value(item, depth + 1) for item in value]
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (datetime, date, time)):
            return value.isoformat()
        return str(value)
