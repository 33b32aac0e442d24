"""The paragraphs that a draft is held against, each read once."""

from __future__ import annotations

from typing import NamedTuple

from sinorus.citation.reference import Reference
from sinorus.citation.wording import Wording
from sinorus.engines.port import Engine
from sinorus.model import Check, Document, Paragraph, ParagraphId
from sinorus.model.documents import Span

_BESIDE = 2
"""Paragraphs around one into which a quotation may run on."""


class Place(NamedTuple):
    """Paragraphs `first` to `last` of a document."""

    document: str
    first: int
    last: int


class Again(NamedTuple):
    """Where a reference leads now, and what became of it; `check` None: no such paragraph is there.

    `document` is the one that it names or was moved to, also where the paragraph is not there.
    """

    document: str | None
    place: Place | None
    check: Check | None


class Texts:
    """What a check reads of a library."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._documents: dict[str, Document | None] = {}
        self._named: dict[str, str | None] = {}
        self._paragraphs: dict[tuple[str, int], Paragraph | None] = {}
        self._wordings: dict[Place, Wording] = {}

    def document(self, name: str) -> Document | None:
        """The document of an id; None if there is none."""
        if name not in self._documents:
            self._documents[name] = self._engine.document(name)
        return self._documents[name]

    def size(self, name: str) -> int:
        """How many paragraphs a document has."""
        document = self.document(name)
        return document.paragraphs if document else 0

    def paragraph(self, name: str, n: int) -> Paragraph | None:
        """A paragraph of a document; None if there is none."""
        if (name, n) not in self._paragraphs:
            found = self._engine.paragraphs(name, n, n) if n >= 1 else iter(())
            self._paragraphs[name, n] = next(iter(found), None)
        return self._paragraphs[name, n]

    def again(self, reference: Reference) -> Again:
        """Where what a reference names is now: by its number, else by its hash wherever it stands.

        In its own document sooner than in another, and the nearer the sooner.
        """
        name = self.named(reference.document)
        here = self.paragraph(name, reference.first) if name else None
        size = reference.last - reference.first
        if here and (not reference.hash or here.hash == reference.hash):
            return Again(name, Place(here.document, here.n, here.n + size), "exact")
        found = self._engine.paragraph_by_hash(reference.hash) if reference.hash else ()
        moved: ParagraphId | None = min(
            found,
            key=lambda one: (one.document != name, abs(one.n - reference.first), one.document),
            default=None,
        )
        if moved is not None:
            place = Place(moved.document, moved.n, moved.n + size)
            return Again(moved.document, place, "moved")
        if here is not None and reference.hash:
            return Again(name, Place(here.document, here.n, here.n + size), "changed")
        return Again(name, None, None)

    def named(self, written: str) -> str | None:
        """The id of the document that is called so, perhaps for short; None if it is not one."""
        if written not in self._named:
            found = (
                [written] if self.document(written) else self._engine.find_documents(f"/{written}")
            )
            self._named[written] = found[0] if len(found) == 1 else None
        return self._named[written]

    def wording(self, place: Place) -> Wording:
        """The words of a place, its paragraphs an empty line apart."""
        if place not in self._wordings:
            self._wordings[place] = Wording("\n\n".join(one.text for one in self._at(place)))
        return self._wordings[place]

    def around(self, place: Place, beside: int = 0) -> Place:
        """A place with two paragraphs on either side, or more."""
        beside = max(beside, _BESIDE)
        last = min(place.last + beside, self.size(place.document))
        return Place(place.document, max(place.first - beside, 1), max(last, place.first))

    def narrowed(self, place: Place, span: Span) -> Place:
        """The paragraphs of a place in which a span of its text is."""
        start, end = span
        at, inside = 0, []
        for paragraph in self._at(place):
            if at < max(end, 1) and start < at + len(paragraph.text) + 1:
                inside.append(paragraph.n)
            at += len(paragraph.text) + 2
        return Place(place.document, inside[0], inside[-1]) if inside else place

    def id(self, place: Place) -> str:
        """`ID#N@HASH` of a place, or a range."""
        first = self.paragraph(place.document, place.first)
        last = max(place.last, place.first)
        return Reference(place.document, place.first, last, first.hash if first else "").id

    def _at(self, place: Place) -> list[Paragraph]:
        numbers = range(place.first, place.last + 1)
        return [one for n in numbers if (one := self.paragraph(place.document, n))]
