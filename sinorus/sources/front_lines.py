"""Fields without a fence: MultiMarkdown's header, Logseq's properties, Pandoc's title block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sinorus.sources.front_fields import Fields

_KNOWN = frozenset(
    [
        "title",
        "author",
        "authors",
        "date",
        "year",
        "published",
        "created",
        "created_at",
        "date_published",
        "publisher",
        "url",
        "lang",
        "language",
        "tags",
        "keywords",
        "source",
        "id",
        "citekey",
    ]
)
_HEADER = re.compile(r"([^\W\d_][\w .-]{0,40}):(?:[ \t]+|$)(.*)")
_PROPERTY = re.compile(r"([^\W\d_][\w ./-]{0,40})::(?:[ \t]+|$)(.*)")


class Found(NamedTuple):
    """The fields at the top of a text, how many characters they take, and where the body begins."""

    fields: Fields
    size: int
    body: int


def header(text: str, most: int) -> Found | None:
    """The MultiMarkdown header that `text` begins with: `Key: value` lines and an empty one.

    The first key is a known one, since many a text begins `Note: …`; what is indented goes on with
    the value above; nothing else may stand among them, and a text must follow. At most `most`
    characters are taken.
    """
    first = _HEADER.match(text)
    if first is None or first[1].strip().lower() not in _KNOWN:
        return None
    fields = Fields()
    parts: list[str] = []
    key = ""
    for at, line in _lines(text, most):
        if not line.strip():
            return _found(fields, text, at, at + len(line) + 1)
        if line[0] in " \t" and key:
            parts.append(line.strip())
        elif match := _HEADER.fullmatch(line):
            key, parts = match[1].strip(), [match[2].strip()]
            _open(fields, key, parts, at)
        else:
            return None
    return None


def properties(text: str, start: int, most: int) -> Found | None:
    """The Logseq properties that `text` has from `start` on: `key:: value` lines, or a first item
    of such. At most `most` characters are taken.
    """
    item = text.startswith("- ", start)
    fields = Fields()
    at = start
    while at < start + most:
        end = text.find("\n", at)
        end = end if end >= 0 else len(text)
        line = text[at:end]
        margin = 2 if item and line.startswith("- " if at == start else "  ") else 0
        match = _PROPERTY.fullmatch(line, margin)
        if match is None or (item and not margin):
            break
        key = match[1].strip()
        _open(fields, key, [match[2].strip()], at + margin)
        at = end + 1
    return _found(fields, text, at, at) if fields.values else None


def title_block(text: str, most: int) -> Found | None:
    """Pandoc's title block at the top of `text`: `% title`, `% author; author`, `% date`, each of
    which may be left empty and go on in indented lines, and an empty line. At most `most`
    characters are taken.
    """
    fields = Fields()
    keys = iter(("title", "author", "date"))
    parts: list[str] = []
    for at, line in _lines(text, most):
        if not line.strip():
            return _found(fields, text, at, at + len(line) + 1) if fields.values else None
        if line[0] == "%":
            key = next(keys, None)
            if key is None or (line[1:2] and line[1] not in " \t"):
                return None
            parts = [line[1:].strip()]
            if parts[0]:
                _open(fields, key, parts, at)
        elif line[0] in " \t" and parts:
            parts.append(line.strip() if "author" not in fields.values else f"; {line.strip()}")
        else:
            return None
    return None


def _lines(text: str, most: int) -> Iterator[tuple[int, str]]:
    """The whole lines of `text` that begin in its first `most` characters, by where they begin."""
    at = 0
    while at < most and (end := text.find("\n", at)) >= 0:
        yield at, text[at:end]
        at = end + 1


def _open(fields: Fields, key: str, parts: list[str], position: int) -> None:
    if key in fields.values:
        fields.repeated.append((key, position))
    fields.values[key] = parts
    fields.positions[key] = position


def _found(fields: Fields, text: str, size: int, body: int) -> Found | None:
    """What was found, unless there is nothing below it: then it is the text."""
    if not text[body:].strip():
        return None
    for key, parts in fields.values.items():
        if isinstance(parts, list):
            fields.values[key] = " ".join(filter(None, parts)) or None
    return Found(fields, size, body)
