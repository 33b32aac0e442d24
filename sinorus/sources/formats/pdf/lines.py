"""Lines: runs that stand side by side on one baseline, and where the space between them is.

First only neighbours in the file are put together, into fragments: the cell of a table, the line
of a column. Which fragments share a line is known when the columns are (`columns.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import attrgetter

from sinorus.sources.formats.pdf.runs import Run

WIDE = 0.8
"""Of a size: a gap between two runs that may be more than a space."""
_SPACE = 0.15
"""Of a size: a gap that is a space where the file has none."""
_CAPITALS = 1.4
"""Times that letters are larger than small capitals, at most."""
_RAISED = 0.12
"""Of a size: a baseline that is so much above that of the line is raised."""
_SMALL = 0.88
"""Of the size of a line: runs that are smaller may be raised or lowered signs."""
WIDE_FROM = "\u2e80"
"""The first of the characters that are as wide as they are high."""
_WIDE = ((WIDE_FROM, "\u9fff"), ("\uf900", "\ufaff"), ("\uff00", "\uffef"))
_OVERLAP = 0.6
"""Of the larger size: baselines that are closer may be one line, where one run is small."""

_ENDED = re.compile(r"[.!?…。！？:：;；][\"'”’»)\]）】」』]*[\d*†‡\]]*\s*\Z")
"""Text that ends as a sentence does, perhaps with the mark of a note."""


class Line:
    """Runs on one baseline from left to right; `y` and `size` are those of most of its text.

    `x0` and `x1` are where it begins and ends, `page` the page from 0.
    """

    __slots__ = ("_text", "page", "runs", "size", "style", "x0", "x1", "y")

    def __init__(self, page: int, runs: list[Run]) -> None:
        self.page = page
        self.runs = runs
        if len(runs) == 1:
            self._text, self.x0, self.x1, self.y, self.size, self.style, _, _, _ = runs[0]
            return
        self._text = ""
        main = _main(runs)
        self.x0 = min([run.x0 for run in runs])
        self.x1 = max([run.x1 for run in runs])
        self.y, self.size, self.style = main.y, main.size, main.style

    @property
    def text(self) -> str:
        """All its text, with a space wherever there is one to see."""
        if not self._text:
            before = self.runs[0]
            parts = [before.text]
            for run in self.runs[1:]:
                parts.append(" " + run.text if needs_space(before, run) else run.text)
                before = run
            self._text = "".join(parts)
        return self._text

    @property
    def length(self) -> int:
        """Characters, without the spaces between runs."""
        if len(self.runs) == 1:
            return len(self._text)
        return sum([len(run.text) for run in self.runs])

    def is_raised(self, run: Run) -> bool:
        """Whether a run is smaller than the line and stands above its baseline."""
        return run.size < _SMALL * self.size and self.y - run.y > _RAISED * self.size


def _main(runs: Sequence[Run]) -> Run:
    """The first of the runs that have the size and style of most of the text of a line."""
    many: dict[tuple[float, int], int] = {}
    main = runs[0]
    most = 0
    for run in runs:
        key = (run.size, run.style)
        many[key] = count = many.get(key, 0) + len(run.text)
        if count > most:
            most, main = count, run
    return _capitals(runs, main) if len(many) > 1 else main


def _capitals(runs: Sequence[Run], main: Run) -> Run:
    """The run that has the size of a line of small capitals: their size is not that of the line."""
    if any(run.text != run.text.upper() for run in runs if run.size <= main.size):
        return main
    level = [
        run
        for run in runs
        if main.size < run.size < _CAPITALS * main.size and abs(run.y - main.y) < 0.05 * run.size
    ]
    longest = max(level, key=lambda run: len(run.text), default=main)
    return longest if len(longest.text) > 1 else main


def needs_space(before: Run, run: Run) -> bool:
    """Whether there is a space between two runs of a line."""
    gap = run.x0 - before.x1
    size = min(run.size, before.size)
    if gap > WIDE * size:
        return True
    if run.space:
        return gap > -WIDE * size
    return gap > _SPACE * max(run.size, before.size) and not (
        is_wide(before.text[-1]) and is_wide(run.text[0])
    )


def is_wide(sign: str) -> bool:
    """Whether a character is Han, Kana or a sign that belongs to them."""
    return sign >= WIDE_FROM and any(first <= sign <= last for first, last in _WIDE)


def fragments(page: int, runs: Sequence[Run]) -> list[Line]:
    """Neighbours in the file that stand on one line without a wide gap between them."""
    found: list[Line] = []
    group: list[Run] = []
    right = last_y = last_size = 0.0
    broken = False
    for run in runs:
        text, x0, x1, y, size, _, _, _, _ = run
        large = size if size > last_size else last_size
        if group and not broken and -WIDE * large < x0 - right < WIDE * large:
            level = abs(y - last_y)
            if level < 0.12 * large or (
                level < _OVERLAP * large
                and (min(size, last_size) < _SMALL * large or _level(group, run))
            ):
                group.append(run)
                right = max(right, x1)
                last_y, last_size, broken = y, size, text[-1] == "\ufffe"
                continue
        if group:
            found.append(Line(page, group))
        group = [run]
        right, last_y, last_size, broken = x1, y, size, text[-1] == "\ufffe"
    if group:
        found.append(Line(page, group))
    return found


def _level(group: Sequence[Run], run: Run) -> bool:
    """Whether a run is back at the baseline of one shortly before it, behind a raised sign."""
    return any(abs(run.y - one.y) < 0.12 * run.size for one in group[-4:-1])


HEIGHT, BEGINNING = attrgetter("y"), attrgetter("x0")
"""By what lines are sorted: where they stand, from above and from the left."""


def rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Fragments that share a baseline, from above; each row from left to right."""
    found: list[list[Line]] = []
    base = size = 0.0
    for line in sorted(lines, key=HEIGHT):
        if found and line.y - base < 0.35 * min(line.size, size):
            found[-1].append(line)
            size = max(size, line.size)
        else:
            found.append([line])
            base, size = line.y, line.size
    for row in found:
        if len(row) > 1:
            row.sort(key=BEGINNING)
    return found


def merged(row: Sequence[Line]) -> Line:
    """A row as one line."""
    if len(row) == 1:
        return row[0]
    runs = [run for line in row for run in line.runs]
    return Line(row[0].page, runs)


def has_ended(line: Line) -> bool:
    """Whether a line ends as a sentence does."""
    text = line.runs[-1].text
    if text[-1].isalpha():  # the most frequent case, for which no pattern is needed
        return False
    return bool(_ENDED.search(text)) or (len(line.runs) > 1 and bool(_ENDED.search(line.text)))
