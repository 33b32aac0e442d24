"""Front matter of every form: found and split by python-frontmatter where it has a form, and read
so that no text is ever lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from frontmatter.default_handlers import BaseHandler

from sinorus.model import Fault
from sinorus.sources import front_json, front_lines, front_toml, front_yaml
from sinorus.sources.formats.lines import byte_length, with_line_feeds
from sinorus.sources.front_fields import Fields, MalformedError

LARGEST = 1 << 20
"""Bytes of UTF-8 (1 MiB) that a front matter may have; a larger one is not read as metadata.

What is known of a document stands in the index beside its text: whoever reads it there may count
on a bound.
"""

_LONGEST_MARK = 1_024  # characters of the two lines of dashes, which do not count
_TOO_LARGE = "front matter is larger than 1 MiB; it is read as text: move the text below its `{}`"
_UNCLOSED = "front matter is not closed by a line `{}`; it is read as text"
_LINE_FEED = re.compile("\n")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)*")
_LINES = re.compile(r"(?:- )?[^\W\d_][\w ./-]{0,40}:")
_LOOK = 40  # lines

Read = Callable[[str], Fields | list[object] | str | None]


class _Form(NamedTuple):
    """A form of front matter: how it is marked, read, and told from a letter."""

    name: str
    handler: BaseHandler
    closing: str
    load: Read
    salvage: Callable[[str], Fields]
    line: re.Pattern[str]
    """What most of its outermost lines, and the first of them, begin with."""


_YAML = _Form(
    *("YAML", front_yaml.HANDLER, "---", front_yaml.load, front_yaml.salvage),
    line=re.compile(r"[^\W\d_][\w -]{0,40}:(?:\s|$)"),
)
_TOML = _Form(
    *("TOML", front_toml.HANDLER, "+++", front_toml.load, front_toml.salvage),
    line=re.compile(r"""["']?[^\W\d_][\w ."'-]{0,40}=|\["""),
)
_JSON = _Form(
    *("JSON", front_json.HANDLER, ";;;", front_json.load, front_json.salvage),
    line=re.compile(r'\{?\s*"[^"]{0,40}"\s*:'),
)
_OBJECT = _JSON._replace(closing="}")
_FENCED = {"---": _YAML, "+++": _TOML, ";;;": _JSON}


@dataclass(frozen=True, slots=True)
class Metadata:
    """The front matter of a file and the text that follows it.

    `fields` are str, None, lists and dicts of the same, as they stand in the file; `lines` has
    the line of each key and `body_line` that of the first line of `body`, in the file, from 1.
    `body_start` is how many code points of the file stand before `body`, counted as `body` is,
    where every line ends with one line feed.
    """

    fields: Mapping[str, object]
    body: str
    body_line: int = 1
    faults: list[Fault] = field(default_factory=list)
    lines: Mapping[str, int] = field(default_factory=dict)
    body_start: int = 0


def split_metadata(text: str, path: str) -> Metadata:
    """The front matter of `text` and its body; raises nothing, what is wrong is a `Fault`.

    YAML between lines of dashes, TOML between `+++`, JSON between `;;;` or as an object at the
    start, a MultiMarkdown header, Logseq properties, Pandoc's title block. What stands between two
    such lines and holds no fields is a letterhead: it stays in the body.
    """
    text = with_line_feeds(text)
    blank = _BLANK_LINES.match(text)
    start = blank.end() if blank else 0
    form = _FENCED.get(text[start : start + 3])
    if form is not None:
        return _fenced(text, start, form, path)
    if text.startswith("{", start):
        return _braced(text, start, path)
    found = None
    if text.startswith("%"):
        found = front_lines.title_block(text, LARGEST)
    elif _LINES.match(text, start):
        found = front_lines.properties(text, start, LARGEST)
        if found is None and start == 0:
            found = front_lines.header(text, LARGEST)
    if found is not None and byte_length(text[start : start + found.size]) <= LARGEST:
        return _Split(text, 0, path).of(found.fields, found.body, [])
    return Metadata({}, text)


def _fenced(text: str, start: int, form: _Form, path: str) -> Metadata:
    """The metadata between two lines of marks, the first of which is at `start`."""
    head = text[start : start + LARGEST + _LONGEST_MARK]
    if not form.handler.detect(head):
        return Metadata({}, text)
    try:
        front, rest = form.handler.split(head)
    except ValueError:
        return _left(text, start, head, head, form, path)
    if byte_length(front) > LARGEST:
        return _as_text(text, start, _TOO_LARGE.format(form.closing), front, form, path)
    end = start + len(head) - len(rest)
    after = end + 1 if text.startswith("\n", end) else end
    offset = end - len(front) - (end - (text.rfind("\n", 0, end) + 1))
    return _read(_Split(text, offset, path), front, after, form)


def _braced(text: str, start: int, path: str) -> Metadata:
    """The metadata of a JSON object at `start`; a file that is nothing else is a text."""
    head = text[start : start + LARGEST + _LONGEST_MARK]
    try:
        size = front_json.object_end(head)
    except MalformedError:
        closing = front_json.CLOSING.search(head)
        if closing is None:
            return _left(text, start, "\n" + head, head, _OBJECT, path)
        size = closing.end()
    line_end = text.find("\n", start + size)
    if line_end < 0 or text[start + size : line_end].strip() or not text[line_end:].strip():
        return Metadata({}, text)
    front = head[:size]
    if byte_length(front) > LARGEST:
        return _as_text(text, start, _TOO_LARGE.format("}"), "\n" + front, _OBJECT, path)
    return _read(_Split(text, start, path), front, line_end + 1, _OBJECT)


def _left(text: str, start: int, front: str, head: str, form: _Form, path: str) -> Metadata:
    """The text as it is, and what is said where its front matter has no end."""
    beyond = start + len(head)
    mark = front_json.CLOSING if form is _OBJECT else form.handler.FM_BOUNDARY
    larger = beyond < len(text) and mark is not None and mark.search(text, beyond)
    return _as_text(
        text, start, (_TOO_LARGE if larger else _UNCLOSED).format(form.closing), front, form, path
    )


def _as_text(text: str, start: int, reason: str, front: str, form: _Form, path: str) -> Metadata:
    line = 1 + text.count("\n", 0, start)
    faults = [_fault(path, line, reason)] if _is_fields(front, form) else []
    return Metadata({}, text, faults=faults)


class _Split:
    """A text whose front matter stands at `offset`."""

    def __init__(self, text: str, offset: int, path: str) -> None:
        self.text, self.offset, self.path = text, offset, path
        self.ends: list[int] = []  # of the lines, from the first of the file on

    def line(self, position: int, until: int) -> int:
        """The line of a position in the front matter, all of which is before `until`."""
        if not self.ends:
            self.ends.extend(end.start() for end in _LINE_FEED.finditer(self.text, 0, until))
        return 1 + bisect_left(self.ends, self.offset + position)

    def of(self, fields: Fields, after: int, faults: list[Fault]) -> Metadata:
        """The metadata that say `fields`, above a body that begins at `after`."""
        for key, position in fields.repeated:
            reason = f"key '{key[:60]}' is given more than once; the last one counts"
            faults.append(_fault(self.path, self.line(position, after), reason))
        lines = {key: self.line(position, after) for key, position in fields.positions.items()}
        body_line = self.line(after - self.offset, after)
        return Metadata(fields.values, self.text[after:], body_line, faults, lines, after)


def _read(split: _Split, front: str, after: int, form: _Form) -> Metadata:
    """The metadata in `front`; the body begins at `after`."""
    faults: list[Fault] = []
    try:
        loaded = form.load(front)
    except MalformedError as fault:
        if not _is_fields("\n" + front if form is _OBJECT else front, form):
            return Metadata({}, split.text)
        reason = f"front matter is not valid {form.name}: {fault.reason}"
        faults.append(_fault(split.path, split.line(fault.position, after), reason))
        loaded = form.salvage(front)
    if loaded is None:
        loaded = Fields()
    if not isinstance(loaded, Fields):
        kind = "a list" if isinstance(loaded, list) else "plain text"
        reason = f"front matter is {kind}, not `key: value` lines; it is read as text"
        fault_here = _fault(split.path, split.line(0, after), reason)
        return Metadata({}, split.text, faults=[fault_here])
    return split.of(loaded, after, faults)


def _is_fields(head: str, form: _Form) -> bool:
    """Whether what follows the first line end reads like fields and not like a letter."""
    block: list[str] = []
    for line in head.split("\n", _LOOK)[1:_LOOK]:
        if not line.strip():
            break
        block.append(line.lstrip("\t"))
    if form is not _YAML:
        block = [line.lstrip(" ") for line in block if line.strip("{}[], \t")]
    top = [line for line in block if line[0] not in " -#"]
    fields = sum(form.line.match(line) is not None for line in top)
    return bool(top) and 2 * fields > len(top) and form.line.match(top[0]) is not None


def _fault(path: str, line: int, reason: str) -> Fault:
    return Fault(path, line, reason, skipped=False)
