"""What stands beside the quotations of a draft: which paragraphs and documents it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sinorus.citation.drafts.draft import Cited
from sinorus.citation.reference import Reference
from sinorus.engines.port import Engine
from sinorus.library.former import Formers
from sinorus.library.held_texts import Place, Texts
from sinorus.library.likeliest import likeliest
from sinorus.model import Former, ParagraphId
from sinorus.model.checking import Grade


class Aim(NamedTuple):
    """What stands beside a quotation: places and documents in the library, and what they are now.

    `grade` is MOVED or CHANGED where a hash says so; `missing`: nothing of the kind is known. `was`
    is what stood there, where that has changed or is gone and is still known.
    """

    cited: Cited
    place: Place | None = None
    document: str | None = None
    grade: Grade = "EXACT"
    missing: bool = False
    was: Former | None = None


class Aims:
    """What is cited in a draft, as it is in a library; `keys` has documents by citation keys."""

    def __init__(
        self, engine: Engine, texts: Texts, keys: Mapping[str, str], formers: Formers
    ) -> None:
        self._engine, self._texts = engine, texts
        self._keys, self._formers = keys, formers
        self._known: dict[Cited, Aim] = {}

    def of(self, cited: Cited) -> Aim:
        """What is cited, looked up once."""
        if cited not in self._known:
            self._known[cited] = self._aimed(cited)
        return self._known[cited]

    def _aimed(self, cited: Cited) -> Aim:
        if cited.reference is None:
            document = self._keys.get(cited.key)
            return Aim(cited, document=document, missing=document is None)
        reference = cited.reference
        name = self._document_named(reference.document)
        here = self._texts.paragraph(name, reference.first) if name else None
        size = reference.last - reference.first
        if here and (not reference.hash or here.hash == reference.hash):
            return Aim(cited, Place(here.document, here.n, here.n + size), here.document)
        moved = self._nearest_of(reference, name)
        if moved is not None:
            place = Place(moved.document, moved.n, moved.n + size)
            return Aim(cited, place, moved.document, "MOVED")
        if was := self._formers.find(reference.hash):
            return self._changed(cited, reference, was, name)
        if here is not None and reference.hash:
            return Aim(cited, Place(here.document, here.n, here.n + size), name, "CHANGED")
        return Aim(cited, document=name, missing=True)

    def _changed(self, cited: Cited, reference: Reference, was: Former, name: str | None) -> Aim:
        """What became of a paragraph of which it is known what it said."""
        own = list(self._engine.paragraphs(name)) if name else []
        found = likeliest(self._engine, was, own, reference.first)
        if found is None:
            return Aim(cited, document=name, missing=True, was=was)
        last = found.n + reference.last - reference.first
        place = Place(found.document, found.n, last)
        return Aim(cited, place, found.document, "CHANGED", was=was)

    def _nearest_of(self, reference: Reference, name: str | None) -> ParagraphId | None:
        """Where a paragraph with the hash is now, in its own document sooner than in another."""
        found = self._engine.paragraph_by_hash(reference.hash) if reference.hash else ()
        return min(
            found,
            key=lambda one: (one.document != name, abs(one.n - reference.first), one.document),
            default=None,
        )

    def _document_named(self, written: str) -> str | None:
        if self._texts.document(written):
            return written
        found = self._engine.find_documents("/" + written)
        return found[0] if len(found) == 1 else None
