"""Which paragraphs are marked: looked up for every hit, so that it must cost nearly nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from sinorus.citation.evidence import reference_of
from sinorus.citation.reference import Reference
from sinorus.engines.port import Engine
from sinorus.library.places import Again, Places
from sinorus.model import Paragraph
from sinorus.model.marks import Mark


class Marked:
    """The marks of a library at the paragraphs at which they stand now, by their hashes."""

    def __init__(self, engine: Engine, marks: Sequence[Mark]) -> None:
        self._places = Places(engine)
        self._again: dict[str, Again] = {}
        self._by_hash: dict[str, list[tuple[int, Mark, Reference]]] = {}
        self._others: list[tuple[int, Mark, Reference]] = []
        for at, mark in enumerate(marks):
            reference = reference_of(mark.id)
            if reference is None:
                continue
            if reference.hash:
                self._by_hash.setdefault(reference.hash, []).append((at, mark, reference))
            if not reference.hash or reference.last > reference.first:
                self._others.append((at, mark, reference))

    def of(self, paragraph: Paragraph) -> tuple[Mark, ...]:
        """The marks of a paragraph, in the order of the file."""
        near = [*self._by_hash.get(paragraph.hash, ()), *self._by_document(paragraph.document)]
        found = {at: mark for at, mark, reference in near if self._covers(reference, paragraph)}
        return tuple(found[at] for at in sorted(found))

    def places(self) -> list[str]:
        """The ids of what is marked, where it stands now as it was marked, ranges among them."""
        marks = [one for some in self._by_hash.values() for one in some] + self._others
        found = dict.fromkeys(self._found(reference) for _, _, reference in marks)
        places = [one.place for one in found if one.place and one.check in ("exact", "moved")]
        return [
            f"{name}#{first}-{min(last, self._places.size(name))}" for name, first, last in places
        ]

    def _by_document(self, name: str) -> Sequence[tuple[int, Mark, Reference]]:
        """The marks in a document that cannot be told by the hash of a paragraph alone."""
        return self._ranges.get(name, ()) if self._others else ()

    @cached_property
    def _ranges(self) -> dict[str, list[tuple[int, Mark, Reference]]]:
        found: dict[str, list[tuple[int, Mark, Reference]]] = {}
        for one in self._others:
            reference = one[2]
            name = self._places.named(reference.document) or self.again(one[1]).document
            found.setdefault(name or "", []).append(one)
        return found

    def _covers(self, reference: Reference, paragraph: Paragraph) -> bool:
        here = reference.document == paragraph.document
        if here and reference.first == paragraph.n and reference.hash == paragraph.hash:
            return True
        again = self._found(reference)
        place = again.place
        return (
            place is not None
            and again.check in ("exact", "moved")
            and place.document == paragraph.document
            and place.first <= paragraph.n <= place.last
        )

    def again(self, mark: Mark) -> Again:
        """Where a mark stands now."""
        reference = reference_of(mark.id)
        return self._found(reference) if reference else Again(None, None, None)

    def _found(self, reference: Reference) -> Again:
        if (known := self._again.get(reference.id)) is None:
            known = self._again[reference.id] = self._places.again(reference)
        return known
