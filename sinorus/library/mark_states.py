"""What became of marks: each is found again by its hash, and what has changed by its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from sinorus.citation.evidence import reference_of
from sinorus.citation.kept_words import change_of, kept_of
from sinorus.citation.reference import Reference
from sinorus.engines.port import Engine
from sinorus.library.likeliest import Lost, likeliest
from sinorus.library.marked import Marked
from sinorus.library.places import Again, located
from sinorus.model import Paragraph, ParagraphId
from sinorus.model.marks import Mark, MarkFound, MarkState


class States:
    """Finds marks again: by their hashes, and what has changed by its words."""

    def __init__(self, engine: Engine, marks: Sequence[Mark]) -> None:
        self._engine, self._marks = engine, marks
        self._marked = Marked(engine, ())
        self._texts: dict[str, list[Paragraph]] = {}

    def found(self, n: int, mark: Mark) -> MarkFound:
        """What became of a mark, the nth of its set."""
        again = self._marked.again(mark)
        if again.check in ("exact", "moved") and again.place:
            state: MarkState = "exact" if again.check == "exact" else "moved"
            return self._at(MarkFound(n, mark, state), *again.place)
        if not mark.words and again.place:
            return self._at(MarkFound(n, mark, "changed", likeness=0.0), *again.place)
        there = self._likeliest(mark, again) if mark.words else None
        text = next(self._engine.paragraphs(*there, there.n), None) if there else None
        if there is None or text is None:
            return MarkFound(n, mark, "gone")
        change = change_of(mark.words, text.text)
        size = again.place.last - again.place.first if again.place else 0
        changed = MarkFound(
            *(n, mark, "changed"),
            likeness=change.likeness,
            changed=change.changed,
            found=change.found,
            found_changed=change.found_changed,
        )
        return self._at(changed, there.document, there.n, there.n + size)

    def _likeliest(self, mark: Mark, again: Again) -> ParagraphId | None:
        """The paragraph that a mark which has changed is at now."""
        words, begun = kept_of(mark.words)
        reference = reference_of(mark.id)
        was = Lost(words, reference.first if reference else 1, begun)
        own = self._paragraphs(again.document) if again.document else []
        return likeliest(self._engine, was, own, lambda: self._located[mark.words])

    @cached_property
    def _located(self) -> Mapping[str, Sequence[ParagraphId]]:
        """Where the words of all marks may come from that have changed, looked up in one go."""
        lost = [one for one in self._marks if self._marked.again(one).check in ("changed", None)]
        words = list(dict.fromkeys(one.words for one in lost if one.words))
        return dict(zip(words, located(self._engine, words), strict=True))

    def _paragraphs(self, document: str) -> list[Paragraph]:
        if document not in self._texts:
            self._texts[document] = list(self._engine.paragraphs(document))
        return self._texts[document]

    def _at(self, found: MarkFound, document: str, first: int, last: int) -> MarkFound:
        there = self._engine.document(document)
        paragraphs = tuple(self._engine.paragraphs(document, first, last))
        if there is None or not paragraphs:
            return replace(found, state="gone")
        end = paragraphs[-1].n
        id_ = Reference(document, first, end, paragraphs[0].hash).id
        return replace(found, id=id_, document=there, paragraphs=paragraphs)
