"""What a key narrows a search by: each press goes on to the next value that the answer has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sinorus.model import KINDS, Query

if TYPE_CHECKING:
    from sinorus.library import Library

_MOST = 30
"""Values that one can be asked to go through."""
_YEARS = 12
"""Years that are gone through one by one; where there are more, their decades are."""


class Slot(NamedTuple):
    """A thing to narrow by: what it is called, its key, and the filters that it takes the place of.

    `by` is the grouping whose groups are its values; empty: the kinds of paragraphs.
    """

    name: str
    key: str
    filters: tuple[str, ...]
    by: str


SLOTS = (
    Slot("language", "f2", ("lang", "not_lang"), "lang"),
    Slot("kind", "f3", ("kind", "not_kind"), ""),
    Slot("years", "f4", ("since", "until", "not_since", "not_until"), "year"),
    Slot("publisher", "f5", ("publisher", "not_publisher"), "publisher"),
    Slot("author", "f6", ("author", "not_author"), "author"),
)


class Choice(NamedTuple):
    """One value of a slot, the filters that it stands for, and how many paragraphs have it."""

    label: str
    filters: Mapping[str, Sequence[str]]
    paragraphs: int


def without(filters: Mapping[str, Sequence[str]], slot: Slot) -> dict[str, Sequence[str]]:
    """The filters but for those that a slot takes the place of."""
    return {name: values for name, values in filters.items() if name not in slot.filters}


def choices(library: Library, query: Query, slot: Slot) -> list[Choice]:
    """The values of a slot among what a query finds without it, those that most have first.

    Years and decades are the latest first. Raises as a search does.
    """
    asked = query.having(filters=without(query.filters, slot))
    if not slot.by:
        return _kinds(library, asked)
    if asked.text is None and not asked.filters:
        tally = {one.id: one.paragraphs for one in library.sources(update=False)}
    else:
        tally = dict(library.count(asked, update=False).tally)
    if slot.by == "year":
        return _years(library, tally)
    groups = library.groups(tally, slot.by)
    known = sorted((-count, key) for key, count in groups.items() if key)
    return [Choice(key, {slot.filters[0]: [key]}, -count) for count, key in known[:_MOST]]


def following(found: Sequence[Choice], chosen: Choice | None) -> Choice | None:
    """The choice after this one; None, which is no filter, after the last."""
    labels = [choice.label for choice in found]
    at = labels.index(chosen.label) + 1 if chosen and chosen.label in labels else 0
    if chosen and chosen.label not in labels:
        return None
    return found[at] if at < len(found) else None


def _kinds(library: Library, asked: Query) -> list[Choice]:
    found = []
    for kind in KINDS:
        count = library.count(asked, update=False, kind=[kind]).total
        if count:
            found.append(Choice(kind, {"kind": [kind]}, count))
    return sorted(found, key=lambda choice: -choice.paragraphs)


def _years(library: Library, tally: Mapping[str, int]) -> list[Choice]:
    years = _numbered(library.groups(tally, "year"), 0)
    if len(years) <= _YEARS:
        return [_period(str(year), year, year, count) for year, count in years]
    decades = _numbered(library.groups(tally, "decade"), 1)
    return [_period(f"{year}s", year, year + 9, count) for year, count in decades[:_MOST]]


def _numbered(groups: Mapping[str | None, int], drop: int) -> list[tuple[int, int]]:
    """The groups that are years, of which the last `drop` letters are none, the latest first."""
    numbers = [
        (key[:-drop] if drop else key, count) for key, count in groups.items() if key is not None
    ]
    return sorted(((int(key), n) for key, n in numbers if key.isdecimal()), reverse=True)


def _period(label: str, first: int, last: int, count: int) -> Choice:
    return Choice(label, {"since": [f"{first:04}"], "until": [f"{last:04}"]}, count)
