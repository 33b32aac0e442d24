"""Tables that the parser takes for text: without strokes on the sides, or drawn as a grid."""

from __future__ import annotations

import re

from sinorus.sources.formats.blocks import Draft

_RULE = re.compile(r"^[ \t]*[|+]?(?:[ \t]*:?-+:?[ \t]*[|+])+(?:[ \t]*:?-+:?)?[ \t]*$", re.MULTILINE)
_GRID = re.compile(r"^\+(?:[-=:]+\+)+$", re.MULTILINE)
_STROKE = re.compile(r"[ \t]*\|[ \t]*")


def tables_apart(draft: Draft) -> list[Draft]:
    """The text before a table, the table, and what is behind it; the draft alone if it has none."""
    text = draft.text
    if "|" not in text or "\n" not in text:
        return [draft]
    found = _bounds(text)
    if found is None:
        return [draft]
    start, end = found
    table = draft.piece(start, end)
    _draw(table)
    table.kind = "table" if draft.kind != "footnote" else "footnote"
    around = [(0, start), (end, len(text))]
    before, after = [draft.piece(*one) if one[0] < one[1] else None for one in around]
    return [one for one in (before, table, after) if one is not None]


def _bounds(text: str) -> tuple[int, int] | None:
    """Where the first table begins, and where it ends."""
    rule = _GRID.search(text)
    start = rule.start() if rule else 0
    if rule is None:
        for rule in _RULE.finditer(text):
            start = text.rfind("\n", 0, max(0, rule.start() - 1)) + 1
            columns = _cells(text[start : rule.start()]) if rule.start() else 0
            if 1 < columns == _cells(rule.group().replace("+", "|")):
                break
        else:
            return None
    end = rule.end()
    while end < len(text):
        following = text.find("\n", end + 1)
        following = following if following >= 0 else len(text)
        if "|" not in text[end:following] and not _GRID.match(text, end + 1):
            break
        end = following
    return start, end


def _cells(row: str) -> int:
    """How many cells a row has."""
    return row.strip().strip("|").count("|") + 1


def _draw(table: Draft) -> None:
    """Takes the rules and the strokes out of a table; between cells stands a tab."""
    holes: list[tuple[int, int]] = []
    at = 0
    for line in table.text.split("\n"):
        end = at + len(line)
        if _GRID.fullmatch(line) or _RULE.fullmatch(line):
            holes.append((at, end + 1) if end < table.size else (max(0, at - 1), end))
        else:
            holes += _strokes(line, at)
        at = end + 1
    table.cut(_apart(holes, table.size))
    table.parts = [table.text.replace("|", "\t")]


def _strokes(line: str, at: int) -> list[tuple[int, int]]:
    """What goes from a row: its sides, and the blanks around the strokes that divide cells."""
    found = []
    for stroke in _STROKE.finditer(line):
        start, end = stroke.span()
        if start == 0 or end == len(line):
            found.append((at + start, at + end))
        else:
            middle = line.index("|", start)
            found += [(at + start, at + middle), (at + middle + 1, at + end)]
    return found


def _apart(holes: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in holes:
        begin = max(start, found[-1][1]) if found else start
        if begin < min(end, size):
            found.append((begin, min(end, size)))
    return found
