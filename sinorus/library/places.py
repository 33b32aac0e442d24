"""Where what was written down is now: paragraphs by their numbers, else by their hashes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sinorus.citation.reference import Reference
from sinorus.engines.port import Engine
from sinorus.model import Check, Document, Paragraph, ParagraphId
from sinorus.text import stems
from sinorus.text.tokens import tokenize


def located(engine: Engine, texts: Sequence[str]) -> Sequence[Sequence[ParagraphId]]:
    """The paragraphs that each text may come from, the likeliest first; all looked up in one go."""
    tokens = [tokenize(one) for one in texts]
    forms = {form for some in tokens for form in some.forms}
    stems.learn(engine.stems(stems.unknown(forms)))  # what the index knows need not be looked up
    return engine.locate([some.stems for some in tokens])


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


class Places:
    """The documents and paragraphs of a library that are asked for again and again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._documents: dict[str, Document | None] = {}
        self._named: dict[str, str | None] = {}
        self._paragraphs: dict[tuple[str, int], Paragraph | None] = {}

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
