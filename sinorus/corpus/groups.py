"""Sources in groups: the sums of what was counted of each, and their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sinorus.model import Date, Order
from sinorus.model.counts import Tally
from sinorus.model.dates import first_and_last
from sinorus.model.documents import IN_ORDER
from sinorus.text.order import natural_key

Key = str | None
USUAL = 1_000
"""Words of a group by which a rate per 1,000 words says something: with fewer it does not lead."""


@dataclass
class Sum:
    """What was counted of one group."""

    key: Key
    documents: int = 0
    words: int = 0
    speaking: int = 0
    paragraphs: int = 0
    matches: int = 0
    dates: list[Date | None] = field(default_factory=list)

    def add(self, tally: Tally) -> None:
        """Adds documents of the group."""
        self.documents += tally.documents
        self.words += tally.words
        self.speaking += tally.speaking
        self.paragraphs += tally.paragraphs
        self.matches += tally.matches
        self.dates += [tally.first, tally.last]

    @property
    def rate(self) -> float:
        """Matches per 1,000 words; 0 for a group without words."""
        return 1000 * self.matches / self.words if self.words else 0.0

    @property
    def period(self) -> tuple[Date | None, Date | None]:
        """The first and the last date of documents that match."""
        return first_and_last(self.dates)


def sums(tallies: Iterable[Tally]) -> dict[Key, Sum]:
    """The sums of all groups; documents of several groups count in each of them."""
    found: dict[Key, Sum] = {}
    for tally in tallies:
        for key in tally.groups:
            if key not in found:
                found[key] = Sum(key)
            found[key].add(tally)
    return found


def ordered(groups: Iterable[Sum], by: str, order: Order | None) -> list[Sum]:
    """The groups in an order, equals by name; None: by paragraphs that match, years as they come.

    By rate those of fewer than 1,000 words come behind the others: a note of 22 words with one
    match has 45 in a thousand.
    """
    if order is None:
        order = "name" if by in IN_ORDER else "matches"

    def rank(group: Sum) -> Sequence[float]:
        if order == "matches":
            return -group.paragraphs, -group.matches
        return (group.words < USUAL, -group.rate) if order == "rate" else ()

    return sorted(groups, key=lambda group: (*rank(group), *by_name(group.key)))


def by_name(key: Key) -> tuple[bool, str]:
    """Sorts names as people look for them; documents without the field come last."""
    return key is None, natural_key(key or "")


def by_size(groups: Iterable[Sum]) -> list[Sum]:
    """The largest groups first, equals by name."""
    return sorted(groups, key=lambda group: (-group.words, *by_name(group.key)))
