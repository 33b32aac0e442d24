"""A place among the terms of a field, as Whoosh moves it."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from whoosh.codec import base

from sinorus.engines.whoosh.codec.fields import Field


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
