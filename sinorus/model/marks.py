"""What a writer marked in a library: evidence sets, their marks, and what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from sinorus.model.value import value

if TYPE_CHECKING:  # a search need not load the values of quotations
    from sinorus.model.citation import Quotation
    from sinorus.model.documents import Document, Paragraph, Span

MarkState = Literal["exact", "moved", "changed", "gone"]
"""What became of what was marked: it is as it was, stands elsewhere, has other words, or is not
there."""
MARK_STATES: tuple[MarkState, ...] = ("exact", "moved", "changed", "gone")
SIGN = "†"
"""What stands beside the id of a paragraph that is marked."""


class Mark(NamedTuple):
    """A paragraph or a range that was put into the evidence set `set`.

    `id` is `DOCUMENT#N@HASH` as it was then, `words` how it began, shortened. `query` is what it
    was found by, `day` when, as `2026-11-26`; any but the first two may be empty.
    """

    set: str
    id: str
    note: str = ""
    words: str = ""
    query: str = ""
    day: str = ""


@value(frozen=True)
class MarkFound:
    """A mark and what became of it; `n` is its number in its set, from 1.

    `id` is where it is now, with its hash; None if it is gone, or may be anywhere. Of what has
    changed `likeness` says how much of `mark.words` is still there: `changed` are spans of these,
    `found_changed` of `found`, the words that stand for them now.
    """

    n: int
    mark: Mark
    state: MarkState
    id: str | None = None
    document: Document | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    likeness: float = 1.0
    changed: tuple[Span, ...] = ()
    found: str = ""
    found_changed: tuple[Span, ...] = ()
    quotation: Quotation | None = None

    @property
    def elsewhere(self) -> bool:
        """Whether it is in another document than it was, or in the same under another id."""
        was = self.mark.id.rpartition("#")[0]
        return self.document is not None and not f"/{self.document.id}".endswith(f"/{was}")


@value(frozen=True)
class MarkSet:
    """An evidence set: its marks in their order, each with what became of it."""

    name: str
    marks: tuple[MarkFound, ...]

    @property
    def sound(self) -> bool:
        """Whether all of it is as it was marked."""
        return all(one.state == "exact" for one in self.marks)

    @property
    def states(self) -> Mapping[MarkState, int]:
        """How many marks have each state."""
        return Counter(one.state for one in self.marks)

    @property
    def notes(self) -> int:
        """How many marks have a note."""
        return sum(bool(one.mark.note) for one in self.marks)

    @property
    def days(self) -> tuple[str, str]:
        """The first and the last day on which something was marked; empty if nobody knows."""
        known = sorted(one.mark.day for one in self.marks if one.mark.day)
        return (known[0], known[-1]) if known else ("", "")


class Saved(NamedTuple):
    """What was put into a set: how many marks are new, and how many were there already."""

    set: str
    new: int
    known: int
