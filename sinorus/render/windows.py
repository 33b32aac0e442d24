"""Hits with what stands around them, so that nothing is printed twice: as grep does with -C."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sinorus.model import Hit

Placed = tuple[int, Hit]
"""A hit and its place on the page."""


def merged(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in the order of their windows, each with those neighbours that none has before it.

    Printed one after the other they are every paragraph once.
    """
    return [hit for window in windows(hits) for hit in window]


def windows(hits: Sequence[Hit]) -> list[list[Hit]]:
    """The hits by stretches of a document that touch or overlap, in the order of the text; the
    stretches stand where the first of their hits does. Without neighbours each hit is one.
    """
    if not any(hit.before or hit.after for hit in hits):
        return [[hit] for hit in hits]
    of_document: dict[str, list[Placed]] = {}
    for placed in enumerate(hits):
        of_document.setdefault(placed[1].document.id, []).append(placed)
    found = [stretch for one in of_document.values() for stretch in _stretches(one)]
    found.sort(key=lambda stretch: min(place for place, _ in stretch))
    return [_each_once([hit for _, hit in stretch]) for stretch in found]


def _stretches(placed: list[Placed]) -> Iterator[list[Placed]]:
    stretch: list[Placed] = []
    end = 0
    for one in sorted(placed, key=lambda one: (one[1].paragraph.n, one[0])):
        hit = one[1]
        if stretch and hit.paragraph.n - len(hit.before) > end + 1:
            yield stretch
            stretch = []
        end = max(end if stretch else 0, hit.paragraph.n + len(hit.after))
        stretch.append(one)
    yield stretch


def _each_once(stretch: list[Hit]) -> list[Hit]:
    shown = 0
    found = []
    for at, hit in enumerate(stretch):
        following = stretch[at + 1].paragraph.n if at + 1 < len(stretch) else None
        before = tuple(one for one in hit.before if one.n > shown)
        after = tuple(one for one in hit.after if following is None or one.n < following)
        found.append(replace(hit, before=before, after=after))
        shown = (after[-1] if after else hit.paragraph).n
    return found
