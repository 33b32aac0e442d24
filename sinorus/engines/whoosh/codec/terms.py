"""The dictionary of a segment for Whoosh, and a place among the terms of a field."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound

from sinorus.engines.whoosh.codec.fields import FIELDS, Field
from sinorus.engines.whoosh.codec.paragraphs import Lengths
from sinorus.engines.whoosh.codec.postings import PostingMatcher, TermList
from sinorus.engines.whoosh.segment.reader import OpenSegment

_KEPT = 16
"""Terms whose postings are kept: a search asks for the same term three times and more."""

TermOfField = tuple[str, bytes]


class TermsReader(base.TermsReader):
    """The terms of all fields, sorted, and their postings."""

    def __init__(self, segment: OpenSegment, lengths: Lengths) -> None:
        self._fields = {name: kind(segment) for name, kind in FIELDS.items()}
        self._lengths = lengths
        self._kept: dict[TermOfField, TermList] = {}

    def indexed_field_names(self) -> list[str]:
        """The fields that have terms."""
        return list(self._fields)

    def __contains__(self, term: TermOfField) -> bool:
        name, text = term
        return term in self._kept or (name in self._fields and text in self._fields[name])

    def cursor(self, fieldname: str, fieldobj: Any) -> base.FieldCursor:
        """A cursor over the terms of a field."""
        if fieldname not in self._fields:
            return base.EmptyCursor()
        return FieldCursor(self._fields[fieldname], fieldobj)

    def terms(self) -> Iterator[TermOfField]:
        """All terms of all fields, sorted."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[TermOfField]:
        """The terms from `prefix` on, to the end of all fields."""
        for name, field in self._fields.items():
            if name >= fieldname:
                for text in _distinct(field, prefix if name == fieldname else b""):
                    yield name, text

    def items(self) -> Iterator[tuple[TermOfField, TermInfo]]:
        """All terms with their statistics."""
        return self._with_info(self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[TermOfField, TermInfo]]:
        """The terms from `prefix` on with their statistics."""
        return self._with_info(self.terms_from(fieldname, prefix))

    def _with_info(self, terms: Iterable[TermOfField]) -> Iterator[tuple[TermOfField, TermInfo]]:
        return ((term, self.term_info(*term)) for term in terms)

    def _list(self, fieldname: str, text: bytes) -> TermList:
        known = self._kept.get((fieldname, text))
        if known is None:
            if fieldname not in self._fields:
                raise TermNotFound(f"No field {fieldname!r}")
            found = self._fields[fieldname].postings(text)
            if not len(found.ids):
                raise TermNotFound(f"No term {fieldname}:{text!r}")
            lengths = self._lengths
            known = TermList(found, lengths.numbers(fieldname), lengths.shown)
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[fieldname, text] = known
        return known

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """The statistics of a term. Raises TermNotFound."""
        return self._list(fieldname, text).info()

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term occurs. Raises KeyError, which Whoosh takes for 0."""
        return sum(self._list_or_key_error(fieldname, text).weights)

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """How many paragraphs have a term. Raises KeyError, which Whoosh takes for 0."""
        if (fieldname, text) not in self._kept and fieldname in self._fields:
            count = self._fields[fieldname].document_frequency(text)
            if count:
                return count
        return len(self._list_or_key_error(fieldname, text).ids)

    def _list_or_key_error(self, fieldname: str, text: bytes) -> TermList:
        try:
            return self._list(fieldname, text)
        except TermNotFound:
            raise KeyError(text) from None

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> PostingMatcher:
        """A walk over the postings of a term. Raises TermNotFound."""
        return PostingMatcher(self._list(fieldname, text), format_, scorer, (fieldname, text))


def _distinct(field: Field, prefix: bytes) -> Iterator[bytes]:
    """The terms of a field from `prefix` on, each once."""
    terms = field.terms
    before = None
    for at in range(bisect_left(terms, prefix), len(terms)):
        text = terms[at]
        if text != before:
            yield text
        before = text


class FieldCursor(base.FieldCursor):
    """A place among the sorted terms of a field."""

    def __init__(self, field: Field, fieldobj: Any) -> None:
        self._terms = field.terms
        self._encode, self._decode = fieldobj.to_bytes, fieldobj.from_bytes
        self._at = 0

    def first(self) -> str | None:
        """Goes to the first term."""
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        """Goes to the first term from `string` on."""
        self._at = bisect_left(self._terms, self._encode(string))
        return self.text()

    def next(self) -> str | None:
        """Goes on to the next term."""
        before = self._terms[self._at] if self.is_valid() else None
        while self.is_valid() and self._terms[self._at] == before:
            self._at += 1
        return self.text()

    def text(self) -> str | None:
        """The term here; None after the last."""
        return self._decode(self._terms[self._at]) if self.is_valid() else None

    def term(self) -> str | None:
        """The term here; None after the last."""
        return self.text()

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._at < len(self._terms)
