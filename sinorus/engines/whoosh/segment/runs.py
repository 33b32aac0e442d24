"""Names that stand above runs of paragraphs: the headings of each, and who speaks."""

from __future__ import annotations

import json
from functools import cached_property

from sinorus.engines.whoosh.segment.file import SegmentFile, strings
from sinorus.engines.whoosh.segment.postings import Postings

_REMEMBERED = 10_000
"""Runs whose names a reader keeps."""


class Runs:
    """The runs of one field, by numbers from 0; `name` begins the names of its sections.

    Every paragraph is in one run. `first` has the first paragraph of each, and the number of all
    paragraphs.
    """

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file, self._name = file, name
        self.section = f"{name}.first"
        self.first = file[self.section]
        self._read: dict[int, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self.first) - 1

    @cached_property
    def words(self) -> Postings:
        """The words of the names; a run is a text."""
        return Postings(self._file, self._name)

    def names(self, run: int) -> tuple[str, ...]:
        """The names of a run."""
        known = self._read.get(run)
        if known is None:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            blob = f"{self._name}.names"
            raw = strings(self._file[blob], self._file[f"{blob}.ends"], run)
            known = self._read[run] = self._names(raw)
        return known

    def _names(self, raw: bytes) -> tuple[str, ...]:
        try:
            names = tuple(json.loads(raw))
        except (ValueError, TypeError, RecursionError):
            names = (None,)
        if not all(isinstance(name, str) for name in names):
            self._file.damaged(f"a name in its section {self._name}.names cannot be read")
        return names

    def above(self, paragraph: int) -> tuple[str, ...]:
        """The names above a paragraph."""
        return self.names(self.first.holding(paragraph))
