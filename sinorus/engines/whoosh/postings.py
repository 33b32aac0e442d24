"""The postings of one segment, read for one search: what its terms and phrases match."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sinorus.engines.ranking import HEADING, TITLE, Counted, field_terms
from sinorus.engines.whoosh.schema import exact_term
from sinorus.query import positions
from sinorus.query.nodes import (
    EXPANDING,
    Fuzzy,
    Near,
    Phrase,
    Positional,
    Prefix,
    Synonyms,
    Term,
    Wildcard,
)
from sinorus.query.positions import TokenSpan
from sinorus.query.words import fits, literal_prefix

Frequencies = dict[int, float]
Places = dict[int, list[TokenSpan]]


class SegmentPostings:
    """Lookups in one segment, each made once. Paragraphs are numbers within the segment."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self._frequencies: dict[Positional | Near, Frequencies] = {}
        self._places: dict[Positional | Near, Places] = {}

    def frequencies(self, unit: Positional | Near) -> Frequencies:
        """How often `unit` occurs in each paragraph that has it."""
        if unit not in self._frequencies:
            self._frequencies[unit] = self._count(unit)
        return self._frequencies[unit]

    def counted(self, unit: Positional | Near) -> Counted:
        """The frequencies of `unit` in the text, in titles and in headings, for its rank."""
        fields: Frequencies = {}
        for term in field_terms(unit):
            for name, weight in (("title", TITLE), ("heading", HEADING)):
                for key, frequency in self._term(name, term.text).items():
                    fields[key] = fields.get(key, 0.0) + weight * frequency
        return Counted(self.frequencies(unit), fields)

    def heading_words(self, stem: str) -> Frequencies:
        """How often a stem stands in the headings above each paragraph."""
        return self._term("heading", stem)

    def _count(self, unit: Positional | Near) -> Frequencies:
        if isinstance(unit, Term):
            return self._term("text", _key(unit))
        words = self._words(unit)
        if words is None:
            return {key: float(len(found)) for key, found in self.places(unit).items()}
        if len(words) == 1:
            return self._term("text", words[0])
        total: Frequencies = {}
        for word in words:
            for key, frequency in self._term("text", word).items():
                total[key] = total.get(key, 0.0) + frequency
        return total

    def _words(self, unit: Positional | Near) -> list[str] | None:
        """The terms of which `unit` is simply any; None for whatever needs positions."""
        if isinstance(unit, EXPANDING):
            return self.expand(unit)
        if isinstance(unit, Synonyms) and all(isinstance(part, Term) for part in unit.parts):
            # A stem and an exact form may both count one token, so they are told by position.
            terms = [part for part in unit.parts if isinstance(part, Term)]
            if not any(term.exact for term in terms):
                return list(dict.fromkeys(_key(term) for term in terms))
        return None

    def _term(self, field: str, key: str) -> Frequencies:
        found: Frequencies = {}
        if (field, key) in self.reader:
            matcher = self.reader.postings(field, key)
            while matcher.is_active():
                found[matcher.id()] = matcher.weight()
                matcher.next()
        return found

    def places(self, unit: Positional | Near) -> Places:
        """The token spans of `unit` in each paragraph that has it."""
        if unit not in self._places:
            self._places[unit] = self._locate(unit)
        return self._places[unit]

    def _locate(self, unit: Positional | Near) -> Places:
        if isinstance(unit, Term):
            return self._term_places(_key(unit))
        if isinstance(unit, (Phrase, Near)):
            return self._joined(unit)
        if isinstance(unit, Synonyms):
            parts = [self.places(part) for part in unit.parts]
        else:
            parts = [self._term_places(word) for word in self.expand(unit)]
        united: dict[int, list[list[TokenSpan]]] = {}
        for part in parts:
            for key, found in part.items():
                united.setdefault(key, []).append(found)
        return {key: positions.union(lists) for key, lists in united.items()}

    def _joined(self, unit: Phrase | Near) -> Places:
        parts = [self.places(part) for part in sorted(set(unit.parts), key=self._rarity)]
        common = set(parts[0]).intersection(*parts[1:]) if parts else set()
        found: Places = {}
        for key in sorted(common):
            lists = [self.places(part)[key] for part in unit.parts]
            spans = (
                positions.adjacent(lists)
                if isinstance(unit, Phrase)
                else positions.near(unit, lists)
            )
            if spans:
                found[key] = spans
        return found

    def _rarity(self, unit: Positional) -> int:
        return len(self.places(unit))

    def _term_places(self, key: str) -> Places:
        found: Places = {}
        if ("text", key) in self.reader:
            matcher = self.reader.postings("text", key)
            while matcher.is_active():
                at = matcher.value_as("positions")
                found[matcher.id()] = [(position, position + 1) for position in at]
                matcher.next()
        return found

    def expand(self, unit: Prefix | Wildcard | Fuzzy) -> list[str]:
        """The terms of the dictionary that `unit` stands for: exact forms, and numbers."""
        prefix = literal_prefix(unit)
        return [
            key
            for start in dict.fromkeys((exact_term(prefix), prefix))
            for key, form in self._forms(start)
            if fits(unit, form)
        ]

    def _forms(self, start: str) -> Iterator[tuple[str, str]]:
        """Terms that hold an exact form and begin with `start`, with that form."""
        for raw in self.reader.expand_prefix("text", start):
            key = raw.decode() if isinstance(raw, bytes) else raw
            form = key.removeprefix("=")
            if key == exact_term(form):
                yield key, form


def _key(term: Term) -> str:
    return exact_term(term.text) if term.exact else term.text
