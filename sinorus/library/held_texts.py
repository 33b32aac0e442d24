"""The paragraphs that a draft is held against, each read once."""

from __future__ import annotations

from sinorus.citation.reference import Reference
from sinorus.citation.wording import Wording
from sinorus.engines.port import Engine
from sinorus.library.places import Place, Places
from sinorus.model import Paragraph
from sinorus.model.documents import Span

_BESIDE = 2
"""Paragraphs around one into which a quotation may run on."""


class Texts(Places):
    """What a check reads of a library."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._wordings: dict[Place, Wording] = {}
        self._worded: dict[str, Wording] = {}

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
