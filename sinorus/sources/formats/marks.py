"""The marks of Markdown's blocks: how a line shows that it is a heading, an item, a fence."""

from __future__ import annotations

import re
from typing import NamedTuple

_LONGEST_HEADING = 400  # code points; what is longer is a paragraph with a stray mark
QUOTE = re.compile(r"(?:[ \t]{0,8}>)+ ?")
ITEM = re.compile(r"([-*+]|\d{1,3}[.)])(?:[ \t]+|$)")
_NOTE = re.compile(r"\[\^[^\]\s]{1,64}\]:[ \t]*")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_TAB = 4
_BLANKS = frozenset(" \t")
_BEFORE_QUOTE = _BLANKS | {">"}
_FENCES = frozenset("`~")
_SHORTEST_FENCE = 3
_FIRST = frozenset({"-", "*", "+", "1.", "1)"})


class Item(NamedTuple):
    """The mark of a list item: where it stands, where its text begins, and its kind.

    `indent` and `content` are columns; `kind` is the bullet, or `.` or `)` of a number; `first`
    tells a bullet or the number one; `length` is the mark's own in code points.
    """

    indent: int
    content: int
    kind: str
    first: bool
    length: int
    empty: bool


def quote_depth(physical: str) -> tuple[int, int]:
    """How many `>` stand before a line, and where its text begins in code points."""
    if physical[:1] not in _BEFORE_QUOTE:
        return 0, 0
    match = QUOTE.match(physical)
    return (match.group().count(">"), match.end()) if match else (0, 0)


def indent_of(text: str) -> int:
    """The columns of blanks and tabs that `text` begins with."""
    if text[:1] not in _BLANKS:
        return 0
    indent = 0
    for character in text:
        if character == " ":
            indent += 1
        elif character == "\t":
            indent += _TAB - indent % _TAB
        else:
            break
    return indent


def heading_mark(stripped: str) -> tuple[int, str] | None:
    """The level and the text of an ATX heading (`## text ##`), None for any other line."""
    if not stripped.startswith("#") or len(stripped) > _LONGEST_HEADING:
        return None
    text = stripped.lstrip("#")
    level = len(stripped) - len(text)
    if level > 6 or (text and text[0] not in " \t"):
        return None
    text = text.strip()
    bare = text.rstrip("#")
    if not bare or bare[-1] in " \t":  # a closing sequence stands apart: `C#` has none
        text = bare.rstrip()
    return level, text


def underline_level(stripped: str) -> int:
    """1 or 2 for a line of at least three `=` or `-` and nothing else, otherwise 0."""
    if len(stripped) >= 3 and not stripped.strip(stripped[0]):
        return {"=": 1, "-": 2}.get(stripped[0], 0)
    return 0


def is_separator(stripped: str) -> bool:
    """Whether a line only divides: `***`, `- - -`, `===` that underlines nothing, a lone `-`."""
    mark = stripped[0]
    if stripped in {"-", "*", "+"}:
        return True
    if mark not in "-*_=" or stripped[-1] != mark or stripped.strip(mark + " \t"):
        return False
    return stripped.count(mark) >= 3 and (mark != "=" or " " not in stripped)


def item_mark(text: str, indent: int) -> Item | None:
    """The list mark that `text` (without its indent) begins with, if any.

    A number of four digits is a year: `1996. The border …` is a sentence and no list.
    """
    match = None if text[:1].isalpha() else ITEM.match(text)
    if match is None:
        return None
    mark = match.group(1)
    empty = match.end() == len(text)
    # Five blanks and more after the mark are indented code, whose text begins after the first.
    gap = text[len(mark) : match.end()]
    blanks = 1 if gap == " " else indent_of(gap)
    width = len(mark) + (1 if empty or blanks > 4 else blanks)
    return Item(indent, indent + width, mark[-1], mark in _FIRST, match.end(), empty)


def note_length(stripped: str) -> int:
    """How long the mark of a footnote definition is (`[^1]: `), 0 for any other line."""
    match = _NOTE.match(stripped)
    return match.end() if match else 0


def fence_mark(stripped: str) -> str:
    """The back quotes or tildes that open or close fenced code, or `""`."""
    sign = stripped[:1]
    if sign not in _FENCES:
        return ""
    length = len(stripped) - len(stripped.lstrip(sign))
    if length < _SHORTEST_FENCE or (sign == "`" and "`" in stripped[length:]):
        return ""
    return stripped[:length]


def is_table_rule(stripped: str) -> bool:
    """Whether a line is the rule under the head of a table: `|---|:--:|`."""
    return "|" in stripped and len(stripped) < 2_000 and bool(_TABLE_RULE.fullmatch(stripped))


def begins_block(stripped: str) -> bool:
    """Whether a line can only be the beginning of a block, and not go on with a quotation."""
    return (
        heading_mark(stripped) is not None
        or is_separator(stripped)
        or note_length(stripped) > 0
        or bool(fence_mark(stripped))
        or ((item := item_mark(stripped, 0)) is not None and item.first)
    )
