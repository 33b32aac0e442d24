"""Footnotes: small lines at the foot of a column that begin with a mark, and marks in the text.

A mark is a number, a letter or a sign that is raised above the line. A number that is not raised
is the mark of a note only where the same one is raised in the text above.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from sinorus.sources.formats.pdf.lines import Line
from sinorus.sources.formats.pdf.measures import Measures
from sinorus.sources.formats.pdf.runs import Run

_SMALL = 0.95
"""Of the size of the text: notes are set smaller."""
_APART = 1.15
"""Of the leading, above notes that are set as large as the text."""
_MARK = re.compile(
    r"[\[(〔［（]?(\d{1,3}|[*†‡§¶#]{1,4}|[a-z]|[①-⑳]|[ivx]{1,4})[\])〕］）]?[.,:;]?\Z"
)
_START = re.compile(r"[\[(〔［（]?(\d{1,3}|[*†‡§¶]{1,4}|[①-⑳])[\])〕］）]?[.:]?(?=\s|[^\d\s.,)])")
_CIRCLED = re.compile("[①-⑳]")
_RULE = re.compile(r"[_\-—–=]{5,}\Z")


class Note:
    """A footnote: its mark, the page (from 0) and the lines of it; `label` tells it from others.

    `skip` says how many characters of its first line are the mark: 0 where it is a run alone, and
    -1 where there is none.
    """

    __slots__ = ("label", "lines", "mark", "page", "skip")

    def __init__(self, mark: str, page: int, lines: list[Line], skip: int) -> None:
        self.mark = mark
        self.page = page
        self.lines = lines
        self.skip = skip
        self.label = ""


def mark_of(line: Line, run: Run) -> str:
    """The mark that a raised run is, or empty: `[3]` and `3,` are `3`."""
    if not line.is_raised(run):
        return ""
    found = _MARK.match(run.text.strip())
    return _plain(found[1]) if found else ""


def _plain(mark: str) -> str:
    return (
        unicodedata.normalize("NFKC", mark) if mark[0] > "\u2000" and mark[0] not in "†‡" else mark
    )


def references(lines: Iterable[Line]) -> set[str]:
    """The marks that are raised in these lines, but for those that they begin with."""
    found = set()
    for line in lines:
        if len(line.runs) > 1:
            for run in line.runs[1:]:
                if not line.is_raised(run):
                    continue
                if mark := mark_of(line, run):
                    found.add(mark)
                elif "," in run.text:
                    found.update(part for part in re.split(r"[,\s]+", run.text) if part)
        for run in line.runs:
            if not run.text.isascii():
                for sign in _CIRCLED.findall(run.text, 1):
                    found.add(unicodedata.normalize("NFKC", sign))
    return found


def take_notes(
    lines: Sequence[Line], marks: set[str], usual: Measures, before: Note | None
) -> tuple[list[Line], list[Note]]:
    """The lines of a column without its notes, and these.

    `marks` are those of the page. Lines that go on with a note of the column before are added to
    it.
    """
    start = len(lines)
    while start and lines[start - 1].size < _SMALL * usual.size:
        start -= 1
    begins = _beginnings(lines[start:], marks)
    first = next((at for at, one in enumerate(begins) if one), None)
    if first is None:
        at = _large(lines, marks, usual)
        if at is None:
            if before and _goes_on(before, lines[start:], marks):
                before.lines += lines[start:]
                return list(lines[:start]), []
            return list(lines), []
        start, first = at, 0
        begins = _beginnings(lines[start:], marks)
    lead = list(lines[start : start + first])
    kept = list(lines[:start])
    if lead and before and _goes_on(before, lead, marks):
        before.lines += lead
    else:
        kept += lead
    while kept and _RULE.match(kept[-1].text.strip()):
        kept.pop()
    notes: list[Note] = []
    for line, found in zip(lines[start + first :], begins[first:], strict=True):
        if found:
            notes.append(Note(found[0], line.page, [line], found[1]))
        else:
            notes[-1].lines.append(line)
    return kept, notes


def _beginnings(lines: Sequence[Line], marks: set[str]) -> list[tuple[str, int] | None]:
    """Where notes begin; if one mark is raised, all are."""
    found = [_beginning(line, marks) for line in lines]
    if any(one and not one[1] for one in found):
        return [one if one and not one[1] else None for one in found]
    return found


def _beginning(line: Line, marks: set[str]) -> tuple[str, int] | None:
    """The mark that a line begins with, and how many characters of it are not a run alone."""
    first = line.runs[0]
    if len(line.runs) > 1 and (mark := mark_of(line, first)):
        return mark, 0
    found = _START.match(first.text)
    if found and _plain(found[1]) in marks:
        return _plain(found[1]), found.end()
    return None


def beginning(line: Line) -> tuple[str, int] | None:
    """The mark that the first line of a note begins with, whatever the text above refers to."""
    found = _beginning(line, set())
    if found:
        return found
    start = _START.match(line.runs[0].text)
    return (_plain(start[1]), start.end()) if start else None


def _goes_on(note: Note, lines: Sequence[Line], marks: set[str]) -> bool:
    """Whether lines at the foot of a page are the rest of a note of the page or column before."""
    if not lines or lines[0].page - note.lines[-1].page > 1:
        return False
    last = note.lines[-1]
    text = last.text.rstrip()
    alike = abs(lines[0].size - last.size) < 0.05 * last.size
    return alike and not text.endswith((".", "!", "?", "。", ".”", ".»", ".)"))


def _large(lines: Sequence[Line], marks: set[str], usual: Measures) -> int | None:
    """Where notes begin that are set as large as the text: a raised mark below a gap."""
    for at in range(len(lines) - 1, 0, -1):
        line = lines[at]
        if (
            len(line.runs) > 1
            and (mark := mark_of(line, line.runs[0])) in marks
            and mark
            and line.y - lines[at - 1].y > _APART * usual.leading
        ):
            first = at
            while first > 1 and _beginning(lines[first - 1], marks):
                first -= 1
            return first
    return None


class Labels:
    """The notes of a document by the page and mark that refer to them.

    `marks` are those in the text of each page, from 0.
    """

    def __init__(self, notes: Sequence[Note], marks: Mapping[int, Set[str]]) -> None:
        many = Counter(note.mark for note in notes)
        self._by_page: dict[tuple[int, str], Note] = {}
        self._marks = marks
        taken: Counter[str] = Counter()
        for note in notes:
            label = note.mark if many[note.mark] == 1 else f"{note.mark}@{note.page + 1}"
            taken[label] += 1
            note.label = label if taken[label] == 1 else f"{label}.{taken[label]}"
            self._by_page.setdefault((note.page, note.mark), note)

    def label(self, page: int, mark: str) -> str:
        """The label of the note that a mark on a page refers to; empty where there is none.

        A note may have had no room on its page, and stand on the next.
        """
        note = self._by_page.get((page, mark))
        if note is None and mark not in self._marks.get(page + 1, ()):
            note = self._by_page.get((page + 1, mark))
        return note.label if note else ""
