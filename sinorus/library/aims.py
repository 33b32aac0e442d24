"""What stands beside the quotations of a draft: which paragraphs and documents it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sinorus.citation.drafts.draft import Cited
from sinorus.citation.reference import Reference
from sinorus.engines.port import Engine
from sinorus.library.former import Formers
from sinorus.library.held_texts import Texts
from sinorus.library.likeliest import Lost, likeliest
from sinorus.library.places import Place
from sinorus.model import Check, Document, Former
from sinorus.model.checking import Grade

_GRADES: Mapping[Check, Grade] = {"exact": "EXACT", "moved": "MOVED", "changed": "CHANGED"}


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
        self, engine: Engine, texts: Texts, keys: Mapping[str, Document], formers: Formers
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
            keyed = self._keys.get(cited.key)
            return Aim(cited, document=keyed.id if keyed else None, missing=keyed is None)
        reference = cited.reference
        again = self._texts.again(reference)
        if again.check not in ("exact", "moved") and (was := self._formers.find(reference.hash)):
            return self._changed(cited, reference, was, again.document)
        if again.check is None:
            return Aim(cited, document=again.document, missing=True)
        return Aim(cited, again.place, again.document, _GRADES[again.check])

    def _changed(self, cited: Cited, reference: Reference, was: Former, name: str | None) -> Aim:
        """What became of a paragraph of which it is known what it said."""
        own = list(self._engine.paragraphs(name)) if name else []
        found = likeliest(self._engine, Lost(was.text, reference.first), own)
        if found is None:
            return Aim(cited, document=name, missing=True, was=was)
        last = found.n + reference.last - reference.first
        place = Place(found.document, found.n, last)
        return Aim(cited, place, found.document, "CHANGED", was=was)
