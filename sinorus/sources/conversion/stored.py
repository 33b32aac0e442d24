"""What a reader made of a file, as JSON and back.

The process that writes it read a file that nobody trusts, so what comes back is looked at: types,
bounds, and no character in it that is none.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from typing import Any

from sinorus.model import KINDS, STYLES, Styled
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.registry import Content, Part

_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_MOST = 1 << 31
_LONGEST_NAME = 120
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


class Unsound(Exception):  # noqa: N818 - says what the bytes are
    """Bytes that `dumped` never made."""


_UNSOUND = (ValueError, TypeError, AttributeError, IndexError, RecursionError)


def dumped(content: Content) -> bytes:
    """The content as bytes of JSON; values of fields that JSON has not become text."""
    return _encode(_content_row(content)).encode("utf-8", "surrogatepass")


def loaded(raw: bytes) -> Content:
    """The content in such bytes. Raises Unsound."""
    try:
        return _content(json.loads(raw))
    except _UNSOUND as fault:
        raise Unsound(str(fault)) from fault


def dumped_part(part: Part) -> bytes:
    """A part as bytes of JSON."""
    return _encode(_part_row(part)).encode("utf-8", "surrogatepass")


def loaded_part(raw: bytes) -> Part:
    """The part in such bytes. Raises Unsound."""
    try:
        return _part(*json.loads(raw))
    except _UNSOUND as fault:
        raise Unsound(str(fault)) from fault


def _content_row(content: Content) -> list[Any]:
    return [
        *([_row(block) for block in content.blocks], _plain(content.fields), dict(content.lines)),
        *(content.faults, content.lost, [_part_row(part) for part in content.parts]),
    ]


def _content(row: Any) -> Content:
    blocks, fields, lines, faults, lost, parts = row
    return Content(
        [_block(*one) for one in blocks],
        {_text(name): _value(value) for name, value in fields.items()},
        {_text(name): _number(line) for name, line in lines.items()},
        tuple((_number(line), _text(reason)) for line, reason in faults),
        tuple(map(_text, lost)),
        tuple(_part(*one) for one in parts),
    )


def _part_row(part: Part) -> list[Any]:
    content = None if part.content is None else _content_row(part.content)
    return [part.name, b64encode(part.raw).decode(), content, _plain(part.fields), part.kept]


def _part(name: Any, raw: Any, content: Any, fields: Any, kept: Any) -> Part:
    read = None if content is None else _content(content)
    given = {_text(key): _value(value) for key, value in fields.items()}
    return Part(part_name(_text(name)), b64decode(raw, validate=True), read, given, _text(kept))


def part_name(given: str) -> str:
    """A name that is no path and no longer than names are, of what a file calls a part."""
    name = given.replace("\\", "/").rpartition("/")[2].strip(". ")
    return name[-_LONGEST_NAME:] or "part"


def _row(block: Block) -> list[Any]:
    spans = [
        [start, end, STYLES.index(kind), *([target] if target else [])]
        for start, end, kind, target in block.spans
    ]
    return [
        *(block.text, KINDS.index(block.kind), block.heading, spans, block.notes, block.label),
        *(block.level, block.time, block.speaker, block.page, block.end_page, block.page_label),
        block.mark,
    ]


def _block(
    text: Any, kind: Any, heading: Any, spans: Any, notes: Any, label: Any, level: Any, *rest: Any
) -> Block:
    time, speaker, page, end_page, page_label, mark = rest
    sound = _text(text)
    if end_page is not None and _number(end_page) < _number(page):
        raise ValueError("a block ends before it begins")
    return Block(
        *(sound, 0, 0, KINDS[_number(kind)], tuple(map(_text, heading)), ()),
        tuple([_span(len(sound), *span) for span in spans]),
        tuple(map(_text, notes)),
        *(_text(label), _number(level)),
        *(_maybe(_text, time), _maybe(_text, speaker)),
        *(_maybe(_number, page), _maybe(_number, end_page), _maybe(_text, page_label)),
        _maybe(_text, mark),
    )


def _span(length: int, start: Any, end: Any, style: Any, target: Any = "") -> Styled:
    if not _number(start) < _number(end) <= length:
        raise ValueError("a span has bounds that cannot be")
    return Styled(start, end, STYLES[_number(style)], _text(target))


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError("that is no text")
    return _NO_TEXT.sub("\ufffd", value)


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < _MOST:
        raise ValueError("that is no number")
    return value


def _maybe(read: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else read(value)


def _value(value: Any) -> Any:
    """The value of a field: what YAML has, and no deeper than a list of mappings."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return [_value(one) for one in value]
    if isinstance(value, dict):
        return {_text(name): _value(one) for name, one in value.items()}
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_plain(one) for one in value]
    return value
