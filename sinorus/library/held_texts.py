"""The paragraphs that a draft is held against, each read once."""

from __future__ import annotations

from typing import NamedTuple

from sinorus.citation.reference import Reference
from sinorus.citation.wording import Wording
from sinorus.engines.port import Engine
from sinorus.model import Document, Paragraph
from sinorus.model.documents import Span

_BESIDE = 2
"""Paragraphs around one into which a quotation may run on."""


class Place(NamedTuple):
    """Paragraphs `first` to `last` of a document."""

    document: str
    first: int
    last: int


class Texts:
    """What a check reads of a library."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._documents: dict[str, Document | None] = {}
        self._paragraphs: dict[tuple[str, int], Paragraph | None] = {}
        self._wordings: dict[Place, Wording] = {}
        self._worded: dict[str, Wording] = {}

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

    def wording(self, place: Place) -> Wording:
        """The words of a place, its paragraphs an empty line apart."""
        if place not in self._wordings:
            text = "\n\n".join(one.text for one in self._at(place))
            if text not in self._worded:  # a library may have the same text many times
                self._worded[text] = Wording(text)
            self._wordings[place] = self._worded[text]
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
