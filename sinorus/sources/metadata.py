"""Front matter: found and split by python-frontmatter, read so that no text is ever lost."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import yaml
from frontmatter.default_handlers import YAMLHandler

from sinorus.model import Fault
from sinorus.sources.formats.lines import byte_length, with_line_feeds
from sinorus.sources.front_yaml import Fields, TextLoader, check_measure

LARGEST = 1 << 20
"""Bytes of UTF-8 (1 MiB) that a front matter may have; a larger one is not read as metadata.

What is known of a document stands in the index beside its text: whoever reads it there may count
on a bound.
"""

_LONGEST_MARK = 1_024  # characters of the two lines of dashes, which do not count
_TOO_LARGE = "front matter is larger than 1 MiB; it is read as text: move the text below its `---`"
_SALVAGED = 200
_LINE_FEED = re.compile("\n")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")
_FIELD = re.compile(r"[^\W\d_][\w -]{0,40}:(?:\s|$)")
_PART = re.compile(r"^(?=[^\s#\-\]}])", re.MULTILINE)
_UNPRINTABLE = re.compile("[^\t\n\r -~\x85\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAINER = {
    "mapping values are not allowed": "a value with ': ' in it must stand in quotes",
    "did not find expected key": "a line is not `key: value`",
    "could not find expected ':'": "a line is not `key: value`",
    "found a tab character": "a tab where spaces belong",
    "found character that cannot start any token": (
        "a tab where spaces belong, or a value that must stand in quotes"
    ),
}
# As in python-frontmatter, but closed by YAML's own end mark too and not eating blank lines.
_HANDLER = YAMLHandler(fm_boundary=re.compile(r"^(?:-{3,}|\.{3})[ \t]*$", re.MULTILINE))


@dataclass(frozen=True, slots=True)
class Metadata:
    """The front matter of a file and the text that follows it.

    `fields` are str, None, lists and dicts of the same, as they stand in the file; `lines` has
    the line of each key and `body_line` that of the first line of `body`, in the file, from 1.
    The line ends of `body` are line feeds.
    """

    fields: Mapping[str, object]
    body: str
    body_line: int = 1
    faults: list[Fault] = field(default_factory=list)
    lines: Mapping[str, int] = field(default_factory=dict)


def split_metadata(text: str, path: str) -> Metadata:
    """The front matter of `text` and its body; raises nothing, what is wrong is a `Fault`.

    Text between two lines of dashes that holds no fields is a letterhead: it stays in the body.
    """
    text = with_line_feeds(text)
    blank = _BLANK_LINES.match(text)
    start = blank.end() if blank else 0
    if not text.startswith("---", start):
        return Metadata({}, text)
    head = text[start : start + LARGEST + _LONGEST_MARK]
    if not _HANDLER.detect(head):
        return Metadata({}, text)
    first_line = 1 + text.count("\n", 0, start)
    reason = ""
    try:
        front, rest = _HANDLER.split(head)
    except ValueError:
        front, rest, reason = head, "", _unclosed(text, start, head)
    if reason or byte_length(front) > LARGEST:
        reason = reason or _TOO_LARGE
        faults = [_fault(path, first_line, reason)] if _is_fields(front) else []
        return Metadata({}, text, faults=faults)
    end = start + len(head) - len(rest)
    after = end + 1 if text.startswith("\n", end) else end
    offset = end - len(front) - _closing_length(text, end)
    return _read(text, front, offset, after, path)


def _read(text: str, front: str, offset: int, after: int, path: str) -> Metadata:
    """The metadata in `front`, which stands at `offset` of `text`; the body begins at `after`."""
    ends: list[int] = []  # of the lines, from the first of the file to the last of `front`

    def line(position: int) -> int:
        if not ends:
            ends.extend(end.start() for end in _LINE_FEED.finditer(text, 0, after))
        return 1 + bisect_left(ends, offset + position)

    faults: list[Fault] = []
    try:
        loaded = _load(front)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if not _is_fields(front):
            return Metadata({}, text)
        reason = f"front matter is not valid YAML: {_in_short(error)}"
        faults.append(_fault(path, line(_position(error, front)), reason))
        loaded = _salvage(front)
    body, body_line = text[after:], line(after - offset)
    if loaded is None:
        return Metadata({}, body, body_line, faults)
    if not isinstance(loaded, Fields):
        kind = "a list" if isinstance(loaded, list) else "plain text"
        reason = f"front matter is {kind}, not `key: value` lines; it is read as text"
        return Metadata({}, text, faults=[_fault(path, line(0), reason)])
    for key, position in loaded.repeated:
        reason = f"key '{key[:60]}' is given more than once; the last one counts"
        faults.append(_fault(path, line(position), reason))
    lines = {key: line(position) for key, position in loaded.positions.items()}
    return Metadata(loaded.values, body, body_line, faults, lines)


def _load(front: str) -> Fields | list[object] | str | None:
    check_measure(front)
    loaded = _HANDLER.load(front, Loader=TextLoader)
    return cast("Fields | list[object] | str | None", loaded)


def _salvage(front: str) -> Fields:
    """The fields that can be read one by one where the whole cannot."""
    whole = Fields()
    starts = [match.start() for match in _PART.finditer(front)]
    if len(starts) > _SALVAGED:
        return whole
    for start, end in zip(starts, [*starts[1:], len(front)], strict=True):
        try:
            part = _load(front[start:end])
        except (yaml.YAMLError, ValueError, RecursionError):
            continue
        if isinstance(part, Fields):
            whole.values.update(part.values)
            whole.positions.update({key: start + at for key, at in part.positions.items()})
    return whole


def _is_fields(head: str) -> bool:
    """Whether what follows the first line end reads like fields and not like a letter."""
    lines = head.split("\n", 40)[1:40]
    block: list[str] = []
    for line in lines:
        if not line.strip():
            break
        block.append(line.lstrip("\t"))
    top = [line for line in block if line[0] not in " -#"]
    fields = sum(_FIELD.match(line) is not None for line in top)
    return bool(top) and 2 * fields > len(top) and _FIELD.match(top[0]) is not None


def _unclosed(text: str, start: int, head: str) -> str:
    beyond = start + len(head)
    if beyond < len(text) and _HANDLER.FM_BOUNDARY.search(text, beyond):
        return _TOO_LARGE
    return "front matter is not closed by a line `---`; it is read as text"


def _closing_length(text: str, end: int) -> int:
    return end - (text.rfind("\n", 0, end) + 1)


def _fault(path: str, line: int, reason: str) -> Fault:
    return Fault(path, line, reason, skipped=False)


def _position(error: Exception, front: str) -> int:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return min(int(mark.index), len(front))
    found = _UNPRINTABLE.search(front)
    return found.start() if found else 0


def _in_short(error: Exception) -> str:
    """One line for a YAML error, in words that name the remedy where there is one."""
    if isinstance(error, yaml.reader.ReaderError):
        return "it has a control character"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    problem = str(getattr(error, "problem", None) or error)
    for technical, plain in _PLAINER.items():
        if technical in problem:
            return plain
    return " ".join(problem.split())[:120]
