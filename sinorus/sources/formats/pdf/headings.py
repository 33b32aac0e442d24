"""Headings: short paragraphs that are larger or bolder than the text, or stand in the outline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sinorus.sources.formats.pdf.flow import Piece
from sinorus.sources.formats.pdf.lines import Line
from sinorus.sources.formats.pdf.measures import Measures, rounded
from sinorus.sources.formats.pdf.passages import Splitter

_LARGE = 1.12
"""Of the size of the text: what is larger is a heading."""
_LONG, _LINES = 200, 4
"""Characters and lines of a heading at most."""
_SHORT, _CAPITALS = 90, 4
"""Characters of a heading in the size of the text at most, and letters of one in capitals."""
_ROOM = 1.25
"""Of the leading: room above such a heading."""
_DEEPEST = 6
_NUMBER = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s")
_WORD = re.compile(r"[^\W\d_]{3}|[\u4e00-\u9fff]")
_LETTERS = 0.4
"""Share of letters in a heading, at least: a formula has fewer."""
_NOT_ALNUM = re.compile(r"[\W_]+")

_Key = tuple[float, bool]


class Entry(NamedTuple):
    """A line of the outline: its title, its depth from 1, its page from 0 or -1."""

    title: str
    level: int
    page: int


def find_headings(
    pieces: Sequence[Piece], outline: Sequence[Entry], usual: Measures, splitter: Splitter
) -> None:
    """Makes headings of the pieces that are, with their levels."""
    found: list[tuple[Piece, _Key]] = []
    for piece in pieces:
        if piece.kind in ("text", "list") and (key := _key(piece, usual, splitter)):
            found.append((piece, key))
    by_title = _titles(outline)
    given: dict[_Key, Counter[int]] = {}
    named: set[int] = set()
    for piece in pieces:
        if piece.kind not in ("text", "list") or len(piece.lines) > _LINES or not by_title:
            continue
        level = _level_in(by_title, piece)
        if level:
            piece.kind, piece.level = "heading", level
            named.add(id(piece))
            given.setdefault(_style_key(piece, splitter), Counter())[level] += 1
    keys = sorted({key for _, key in found}, key=lambda key: (-key[0], not key[1]))
    deepest = max((entry.level for entry in outline), default=0) if named else 0
    for piece, key in found:
        if id(piece) in named:
            continue
        piece.kind = "heading"
        if key in given:
            piece.level = given[key].most_common(1)[0][0]
        else:
            piece.level = deepest + keys.index(key) + 1 if deepest else keys.index(key) + 1
        piece.level = min(piece.level, _DEEPEST)
    _deepen([piece for piece, _ in found if id(piece) not in named])


def _deepen(headings: Sequence[Piece]) -> None:
    """Numbers tell levels apart that look the same: 1.1 is below 1."""
    depths: dict[int, set[int]] = {}
    for piece in headings:
        if number := _NUMBER.match(piece.lines[0].text):
            depths.setdefault(piece.level, set()).add(number[1].count("."))
    for piece in headings:
        number = _NUMBER.match(piece.lines[0].text)
        if number and len(depths[piece.level]) > 1:
            more = number[1].count(".") - min(depths[piece.level])
            piece.level = min(piece.level + more, _DEEPEST)


def _style_key(piece: Piece, splitter: Splitter) -> _Key:
    return rounded(piece.lines[0].size), all(map(splitter.is_bold, piece.lines))


def _key(piece: Piece, usual: Measures, splitter: Splitter) -> _Key | None:
    """How a piece is set that is a heading by that; None for others."""
    lines = piece.lines
    if all(map(splitter.is_fixed, lines)) and not splitter.is_body_fixed:
        return None
    if len(lines) > _LINES or sum(line.length for line in lines) > _LONG:
        return None
    text = _text(lines)
    if not _WORD.search(text) or sum(map(str.isalpha, text)) < _LETTERS * len(text):
        return None
    size, bold = _style_key(piece, splitter)
    if size >= _LARGE * usual.size:
        return size, bold
    if size < 0.85 * usual.size:
        return None
    if not bold and _stands_out(piece, text, usual, splitter):
        return size, False
    if not bold or splitter.is_body_bold:
        return None
    if text.rstrip().endswith((".", ",", ";", "。", "，")) and not _NUMBER.match(text):
        return None
    return size, bold


def _stands_out(piece: Piece, text: str, usual: Measures, splitter: Splitter) -> bool:
    """Whether a short line is italic or in capitals, numbered or centred, with room around it."""
    if len(piece.lines) > 2 or len(text) > _SHORT or text.rstrip().endswith((".", ",", ";", ":")):
        return False
    first, frame = piece.lines[0], piece.frame
    italic = not splitter.is_body_italic and all(map(splitter.is_italic, piece.lines))
    capitals = text.isupper() and sum(map(str.isalpha, text)) > _CAPITALS
    if not (italic or capitals) or piece.above < _ROOM * usual.leading_of(first):
        return False
    middle = abs((first.x0 + first.x1) - (frame.left + frame.right)) / 2 < first.size / 2
    centred = middle and first.x0 > frame.left + first.size
    return centred or bool(_NUMBER.match(text))


def _text(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def plain(text: str) -> str:
    """Letters and digits of a text alone, by which titles are compared."""
    return _NOT_ALNUM.sub("", text.replace("\ufffe", "")).casefold()


def _titles(outline: Sequence[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in outline:
        if title := plain(entry.title):
            found.setdefault(title, []).append(entry)
    return found


def _level_in(by_title: dict[str, list[Entry]], piece: Piece) -> int:
    """The level of the line of the outline that a piece is, else 0."""
    text = _text(piece.lines)
    if len(text) > _LONG:
        return 0
    page = piece.lines[0].page
    title = plain(text)
    bare = plain(re.sub(r"\A\s*(?:[\dIVXivx]+[.)]?)+\s+", "", text))
    for name in (title, bare):
        for entry in by_title.get(name, ()):
            if entry.page in (-1, page):
                return entry.level
    return 0
