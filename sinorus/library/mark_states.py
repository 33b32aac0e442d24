"""What became of marks: each is found again by its hash, and what has changed by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sinorus.citation.kept_words import LEAST_LIKENESS, Change, change_of
from sinorus.citation.reference import Reference
from sinorus.engines.port import Engine
from sinorus.library.marked import Marked
from sinorus.library.places import located
from sinorus.model.marks import Mark, MarkFound, MarkState

_TRIED = 5
"""Paragraphs that the words of a mark are held against, the likeliest."""


class States:
    """Finds marks again: by their hashes, and what has changed by its words."""

    def __init__(self, engine: Engine, marks: Sequence[Mark]) -> None:
        self._engine = engine
        self._marked = Marked(engine, ())
        self._places = {mark.id: self._marked.again(mark) for mark in marks}
        lost = [mark for mark in marks if self._places[mark.id].check in ("changed", None)]
        words = [mark.words for mark in lost if mark.words]
        self._located = dict(zip(words, located(engine, words) if words else (), strict=True))

    def found(self, n: int, mark: Mark) -> MarkFound:
        """What became of a mark, the nth of its set."""
        again = self._places[mark.id]
        if again.check in ("exact", "moved") and again.place:
            state: MarkState = "exact" if again.check == "exact" else "moved"
            return self._at(MarkFound(n, mark, state), *again.place)
        if not mark.words and again.place:
            return self._at(MarkFound(n, mark, "changed", likeness=0.0), *again.place)
        tried: list[tuple[str, int]] = [*self._located.get(mark.words, ())[:_TRIED]]
        if again.place and (again.place.document, again.place.first) not in tried:
            tried.append((again.place.document, again.place.first))
        best: tuple[float, str, int, Change] | None = None
        for document, at in tried if mark.words else ():
            for paragraph in self._engine.paragraphs(document, at, at):
                change = change_of(mark.words, paragraph.text)
                rank = change.likeness + 0.05 * (document == again.document)
                if best is None or rank > best[0]:
                    best = (rank, document, at, change)
        if best is None or best[3].likeness < LEAST_LIKENESS:
            return MarkFound(n, mark, "gone")
        _, document, at, change = best
        size = again.place.last - again.place.first if again.place else 0
        changed = MarkFound(
            *(n, mark, "changed"),
            likeness=change.likeness,
            changed=change.changed,
            found=change.found,
            found_changed=change.found_changed,
        )
        return self._at(changed, document, at, at + size)

    def _at(self, found: MarkFound, document: str, first: int, last: int) -> MarkFound:
        there = self._engine.document(document)
        paragraphs = tuple(self._engine.paragraphs(document, first, last))
        if there is None or not paragraphs:
            return replace(found, state="gone")
        end = paragraphs[-1].n
        id_ = Reference(document, first, end, paragraphs[0].hash).id
        return replace(found, id=id_, document=there, paragraphs=paragraphs)
