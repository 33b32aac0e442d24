"""Furniture: running heads and feet, and page numbers, known by what repeats from page to page.

Only the outermost rows of a page can be furniture, one after the other from the edge. A row is,
if the same words (numbers aside) stand at the same height on other pages, if it has a number that
grows as the pages do, or if it stands where others are furniture and well apart from the text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sinorus.sources.formats.pdf.lines import HEIGHT, Line, merged, rows
from sinorus.sources.formats.pdf.notes import mark_of

_DEEP = 4
"""Rows at each edge that may be furniture."""
_OUTER = 24
"""Fragments at each edge that these rows are made of."""
_LEVEL = 3.0
"""Points by which the height of the same row differs between pages at most."""
_SHARE = 0.4
"""Of the pages: what repeats on so many is furniture also where they are but two."""
_MANY = 3
"""Pages that something repeats on in a longer file."""
_APART = 1.35
"""Of the leading: what is so far from the text is apart from it."""
_EDGE = 0.13
"""Of the height of a page: a lone number this close to an edge counts the page."""
_STAMP, _NUMBERS = 30, 3
"""Letters and digits, and numbers among them, of a stamp of date and print run, whose numbers may
differ from page to page."""
_LONG = 120
"""Characters of a row that is furniture only if all its words repeat."""

_NUMBER = re.compile(r"\d{1,9}")
_SIGNS = re.compile(r"[\W_#]+")
_ROMAN = re.compile(r"[ivxlc]{1,7}\Z", re.I)
_LONE = re.compile(
    r"[\W_]*(?:page|p\.|стр\.?|с\.|лист|第)?\s*(\d{1,5}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|/|из|页|頁|共)[\s,，/]*(?:共\s*)?\d*\s*(?:页|頁)?)?[\W_]*\Z",
    re.I,
)
_ENDS = re.compile(r"\A\W*(\d{1,5})\b|\b(\d{1,5})\W*\Z")


class _Row(NamedTuple):
    """An outermost row of a page: `rank` counts from the edge, `gap` is to the next row inside."""

    page: int
    top: bool
    rank: int
    line: Line
    fragments: list[Line]
    text: str
    gap: float


class Furniture(NamedTuple):
    """`dropped` has the fragments (by `id`) that are furniture, `numbers` what pages are called."""

    dropped: set[int]
    numbers: dict[int, str]


def furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], leading: float
) -> Furniture:
    """What is furniture of these fragments of pages; `leading` is that of the text, in points."""
    candidates = _candidates(pages)
    offset = _offset(candidates)
    keys = _repeated(candidates, offset, len(pages), leading)
    by_edge: dict[tuple[int, bool], list[_Row]] = defaultdict(list)
    for row in candidates:
        by_edge[row.page, row.top].append(row)
    first: dict[int, bool] = {}
    slots: Counter[tuple[bool, int]] = Counter()
    for edge in by_edge.values():
        sure: list[_Row] = []
        for row in edge:  # from the edge inwards
            if not _is_sure(row, keys, offset, heights[row.page], leading, len(pages)):
                break
            sure.append(row)
        while sure and not _is_apart(sure[-1], edge):
            sure.pop()
        for row in sure:
            first[id(row.line)] = True
            slots[row.top, round(row.line.y / _LEVEL)] += 1
    numbers: dict[int, str] = {}
    found: dict[int, list[Line]] = defaultdict(list)
    for edge in by_edge.values():
        for row in edge:
            if id(row.line) not in first and not _in_slot(row, slots, leading, len(pages)):
                break
            found[row.page] += row.fragments
            if (number := _own_number(row, offset)) and row.page not in numbers:
                numbers[row.page] = number
    dropped = _not_all(pages, found)
    if len(numbers) < max(2, _SHARE * len(pages)):
        numbers = {}
    return Furniture(dropped, numbers)


def _not_all(pages: Sequence[Sequence[Line]], found: Mapping[int, list[Line]]) -> set[int]:
    """The `id` of what was found; where most pages have nothing else, it is their text."""
    dropped: set[int] = set()
    whole: list[set[int]] = []
    for page, fragments in found.items():
        unique = set(map(id, fragments))
        if any(_has_letter(one) for one in pages[page] if id(one) not in unique):
            dropped.update(unique)
        elif any(map(_has_letter, fragments)):
            whole.append(unique)
        else:
            dropped.update(unique)
    if 2 * len(whole) < sum(map(bool, pages)):
        dropped.update(*whole)
    return dropped


def _has_letter(line: Line) -> bool:
    return any(map(str.isalpha, line.text))


def _candidates(pages: Sequence[Sequence[Line]]) -> list[_Row]:
    found = []
    for number, fragments in enumerate(pages):
        if not fragments:
            continue
        inwards = sorted(fragments, key=HEIGHT)
        for top in (True, False):
            some = inwards[:_OUTER] if top else inwards[-_OUTER:]
            ordered = rows(some) if top else rows(some)[::-1]
            for rank, row in enumerate(ordered[:_DEEP]):
                line = merged(row)
                inner = ordered[rank + 1][0].y if rank + 1 < len(ordered) else None
                gap = abs(inner - line.y) if inner is not None else 1000.0
                text = "\t".join(one.text for one in row)
                found.append(_Row(number, top, rank, line, row, text, gap))
    return found


def _key(row: _Row, offsets: set[int]) -> str:
    """The words of a row, with one sign for the number of its page."""

    def counted(found: re.Match[str]) -> str:
        return "#" if int(found[0]) - row.page in offsets else found[0]

    parts = row.text.casefold().replace("\ufffe", "-").split()
    words = ("#" if _ROMAN.match(part) else _NUMBER.sub(counted, part) for part in parts)
    return " ".join(words)


def _is_note(row: _Row) -> bool:
    """Whether a row begins with the mark of a footnote, many of which have the same words."""
    line = row.fragments[0]
    return not row.top and len(line.runs) > 1 and bool(mark_of(line, line.runs[0]))


def _repeated(
    candidates: Sequence[_Row], offsets: set[int], pages: int, large: float
) -> set[tuple[int, int]]:
    """The rows (page and `id` of their line) whose words repeat at the same height.

    What is as `large` as a heading repeats only if its numbers do.
    """
    groups: dict[tuple[bool, str], list[_Row]] = defaultdict(list)
    for row in candidates:
        if _is_note(row):
            continue
        key = _key(row, offsets if row.line.size <= large else set())
        groups[row.top, key].append(row)
        bare = _SIGNS.sub("", key)
        if bare and bare != key:
            groups[row.top, "=" + bare].append(row)
        if len(bare) > _STAMP and len(_NUMBER.findall(key)) >= _NUMBERS:
            groups[row.top, "#" + _NUMBER.sub("", bare)].append(row)
    found: set[tuple[int, int]] = set()
    for (_, key), group in groups.items():
        if not any(sign.isalpha() for sign in key):
            continue
        levels: dict[int, list[_Row]] = defaultdict(list)
        for row in group:
            level = round(row.line.y / _LEVEL)
            for near in (level - 1, level, level + 1):
                levels[near].append(row)
        for level, alike in levels.items():
            many = len({row.page for row in alike})
            if many >= 2 and (many >= _MANY or many >= _SHARE * pages):
                found.update(
                    (row.page, id(row.line)) for row in alike if round(row.line.y / _LEVEL) == level
                )
    return found


def _ints(text: str) -> list[int]:
    """The numbers at the ends of a row, which may count the page."""
    found = []
    for part in {text, *text.split("\t")}:
        for match in _ENDS.finditer(part):
            found.append(int(match[1] or match[2]))
        if lone := _LONE.match(part):
            value = _value(lone[1])
            if value is not None:
                found.append(value)
    return found


def _offset(candidates: Sequence[_Row]) -> set[int]:
    """What is to be added to the place of a page (from 0) to have the number it bears.

    Several where the count begins anew.
    """
    votes: dict[int, set[int]] = defaultdict(set)
    for row in candidates:
        if row.rank < 3:
            for value in {*_ints(row.text), *map(int, _NUMBER.findall(row.text)[:12])}:
                votes[value - row.page].add(row.page)
    pages = {row.page for row in candidates}
    least = max(2, min(8, round(0.3 * len(pages))))
    found = {offset for offset, seen in votes.items() if len(seen) >= least}
    best = max((len(votes[one]) for one in found), default=0)
    return {one for one in found if len(votes[one]) >= 0.15 * best}


def _value(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = 0
    before = 0
    for sign in reversed(text.lower()):
        value = values[sign]
        total += value if value >= before else -value
        before = max(before, value)
    return total or None


def _own_number(row: _Row, offsets: set[int]) -> str:
    """The number of its page that a row bears, as it is printed."""
    for part in row.text.split("\t"):
        lone = _LONE.match(part)
        if lone and (value := _value(lone[1])) is not None and value - row.page in offsets:
            return lone[1]
        for match in _ENDS.finditer(part):
            text = match[1] or match[2]
            if int(text) - row.page in offsets:
                return text
    return ""


def _is_sure(
    row: _Row,
    repeated: set[tuple[int, int]],
    offsets: set[int],
    height: float,
    leading: float,
    pages: int,
) -> bool:
    if (row.page, id(row.line)) in repeated:
        return True
    lone = _LONE.match(row.text)
    if len(row.text) > _LONG or (row.line.size > leading and not lone):
        return False
    near = row.line.y < _EDGE * height or row.line.y > (1 - _EDGE) * height
    if lone and near and (pages < _MANY or row.gap > _APART * leading):
        return lone[1].isdecimal() or bool(offsets) or pages > 1
    if not _own_number(row, offsets):
        return False
    return bool(lone) or (near and row.gap > _APART * leading)


def _is_apart(row: _Row, edge: Sequence[_Row]) -> bool:
    """Whether a row at the foot is no last line of a note, as one that repeats may be."""
    if row.top:
        return True
    return not any(
        one.x0 < above.x1
        and above.x0 < one.x1
        and one.y - above.y < _APART * 1.2 * one.size
        and abs(above.size - one.size) < 0.5
        for one in row.fragments
        for inner in edge[row.rank + 1 : row.rank + 3]
        for above in inner.fragments
    )


def _in_slot(row: _Row, slots: Counter[tuple[bool, int]], leading: float, pages: int) -> bool:
    """Whether a row stands where others are furniture, and apart from the text."""
    if len(row.text) > _LONG or row.gap < _APART * leading:
        return False
    level = round(row.line.y / _LEVEL)
    many = max(slots[row.top, near] for near in (level - 1, level, level + 1))
    return many >= _MANY and many >= 0.3 * pages
