"""JSON as front matter: an object at the start of a file, or between two lines `;;;`."""

from __future__ import annotations

import json
import re
from typing import Any

from frontmatter.default_handlers import BaseHandler, JSONHandler

from sinorus.sources.front_fields import (
    MOST_DEPTH,
    MOST_SALVAGED,
    MOST_VALUES,
    TOO_DEEP,
    Fields,
    MalformedError,
)

HANDLER = BaseHandler(re.compile(r"^;{3,}[ \t]*$", re.MULTILINE), ";;;", ";;;")
CLOSING = re.compile(r"^\}[ \t]*$", re.MULTILINE)
"""The line with which an object ends that is written over several lines."""

_SIGN = re.compile(r'[{}\[\]]|"((?:[^"\\]|\\.)*)"(\s*:)?')
_MEMBER = re.compile(r'^([ \t]*)"((?:[^"\\\n]|\\.)*)"\s*:\s*', re.MULTILINE)
_SURROGATE = re.compile("[\ud800-\udfff]")  # halves of characters, which only escapes can write
_TOO_MANY = "it has more than 20,000 values"


class _Pairs(list[tuple[str, object]]):
    """The members of one object in their order, those that are given twice among them."""


# Scalars are the text that stands there; a tab within quotes is one.
_HOW: dict[str, Any] = {
    **dict.fromkeys(("parse_int", "parse_float", "parse_constant"), str),
    "object_pairs_hook": _Pairs,
    "strict": False,
}
_READER = JSONHandler()
_DECODER = json.JSONDecoder(**_HOW)


def object_end(text: str) -> int:
    """Where the JSON object ends that `text` begins with. Raises MalformedError without one."""
    try:
        return _DECODER.raw_decode(text)[1]
    except RecursionError:
        raise MalformedError(TOO_DEEP, 0) from None
    except json.JSONDecodeError as error:
        raise _malformed(error) from None


def load(front: str) -> Fields | list[object] | str | None:
    """What a JSON text says; its outermost braces may be missing. Raises MalformedError."""
    if not front.strip():
        return None
    added = "" if front.lstrip()[0] in "{[" else "{"
    try:
        loaded = _READER.load(f"{added}{front}}}" if added else front, **_HOW)
        return _fields(loaded, front) if isinstance(loaded, _Pairs) else []
    except RecursionError:
        raise MalformedError(TOO_DEEP, 0) from None
    except json.JSONDecodeError as error:
        raise _malformed(error, len(added), len(front)) from None


def salvage(front: str) -> Fields:
    """The fields that can be read one by one where the whole cannot."""
    whole = Fields()
    members = list(_MEMBER.finditer(front))
    outermost = min((len(match[1]) for match in members), default=0)
    for match in members if len(members) <= MOST_SALVAGED else ():
        if len(match[1]) > outermost:
            continue
        try:
            value = _DECODER.raw_decode(front, match.end())[0]
            key = _SURROGATE.sub("\ufffd", _key(match[2])).strip()
            whole.values[key] = _Texts().value(value, 1)
        except (ValueError, RecursionError, MalformedError):
            continue
        whole.positions[key] = match.start() + len(match[1])
    return whole


def _fields(members: _Pairs, front: str) -> Fields:
    fields = Fields()
    stands = _places(front)
    texts = _Texts()
    for key, value in members:
        name = _SURROGATE.sub("\ufffd", key).strip()
        places = stands.get(key, [0])
        position = places.pop(0) if len(places) > 1 else places[0]
        if name in fields.values:
            fields.repeated.append((name, position))
        fields.values[name] = texts.value(value, 1)
        fields.positions[name] = position
    return fields


def _places(front: str) -> dict[str, list[int]]:
    """Where each key of the outermost object stands, in order."""
    found: dict[str, list[int]] = {}
    depth = -1 if front.lstrip()[0] == "{" else 0
    for match in _SIGN.finditer(front):
        sign = match.group()[0]
        if sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
        elif match[2] and not depth:
            found.setdefault(_key(match[1]), []).append(match.start())
    return found


def _key(written: str) -> str:
    return str(json.loads(f'"{written}"', strict=False)) if "\\" in written else written


def _malformed(error: json.JSONDecodeError, added: int = 0, size: int = 1 << 30) -> MalformedError:
    reason = error.msg[:1].lower() + error.msg[1:120]
    return MalformedError(reason, min(max(error.pos - added, 0), size))


class _Texts:
    """Turns what was read into texts, and counts. Raises MalformedError for what is boundless."""

    def __init__(self) -> None:
        self.values = 0

    def value(self, value: object, depth: int) -> object:
        self.values += 1
        if depth > MOST_DEPTH:
            raise MalformedError(TOO_DEEP, 0)
        if self.values > MOST_VALUES:
            raise MalformedError(_TOO_MANY, 0)
        if isinstance(value, _Pairs):
            return {str(self.value(key, depth)): self.value(item, depth + 1) for key, item in value}
        if isinstance(value, list):
            return [self.value(item, depth + 1) for item in value]
        if isinstance(value, bool):
            return "true" if value else "false"
        return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
