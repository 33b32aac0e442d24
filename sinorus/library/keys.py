"""The citation keys of a library's documents: made once, and only as many as are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sinorus.citation.keys import citation_keys, own_key, rivals
from sinorus.engines.port import Engine
from sinorus.model import Document

_LOOKS = 3
"""At all documents for one key; then all keys are made."""


class Keys:
    """The keys of the documents that an index has.

    A key that is made must be different from others: all that may be the same are made with it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.state = engine.info()
        """Of the index when they were made: of a later one there may be others."""
        self._made: dict[str, str] = {}
        self._looks = 0

    def __getitem__(self, document: Document) -> str:
        if key := own_key(document):
            return key
        if document.id not in self._made:
            self._looks += 1
            if self._looks < _LOOKS:
                self._made.update(citation_keys(rivals(document, self._engine.documents())))
            else:
                self._made.update(self.every)
        return self._made[document.id]

    @cached_property
    def every(self) -> Mapping[str, str]:
        """The key of each document, by its id."""
        return citation_keys(self._documents)

    @cached_property
    def named(self) -> Mapping[str, Document]:
        """The documents by their keys; of several that say they have one the first by its id."""
        found: dict[str, Document] = {}
        for one in sorted(self._documents, key=lambda one: one.id):
            found.setdefault(self.every[one.id], one)
        return found

    @cached_property
    def _documents(self) -> list[Document]:
        return list(self._engine.documents())
