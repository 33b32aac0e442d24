"""Which paragraph is most likely what became of one whose words are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sinorus.corpus.align import ALIKE, MOVED, similarity
from sinorus.corpus.subsequence import common_length
from sinorus.corpus.worddiff import word_difference
from sinorus.engines.port import Engine
from sinorus.library.places import located
from sinorus.model import Paragraph, ParagraphId
from sinorus.model.documents import Span
from sinorus.text.tokens import Tokens, tokenize

_TRIED = 6
"""Paragraphs whose words are compared in their order: those that have most of them in any."""
_NEAR = 3
"""Paragraphs from the old place within which its being there speaks for one."""
_AROUND = 1_500
"""Paragraphs on either side of the old place that are looked at."""


def word_edits(was: str, now: str) -> tuple[tuple[Span, Span], ...]:
    """In which words two texts differ: spans of the one, each with that of the other."""
    return word_difference(tokenize(was), tokenize(now)).edits


def changed_spans(edits: Sequence[tuple[Span, Span]], side: int) -> tuple[Span, ...]:
    """The spans of one side (0 or 1) of such edits; without the empty ones."""
    return tuple(edit[side] for edit in edits if edit[side][0] < edit[side][1])


class Lost(NamedTuple):
    """What a paragraph said that is not as it was, and its number; `begun`: only how it began."""

    text: str
    n: int
    begun: bool = False


def likeliest(
    engine: Engine,
    was: Lost,
    own: Sequence[Paragraph],
    located_in: Callable[[], Sequence[ParagraphId]] | None = None,
) -> ParagraphId | None:
    """The paragraph that is most like one that was, among those of its own document.

    Else in all of the library, of those that `located_in` gives; None if none is like it.
    """
    old = tokenize(was.text)
    around = own[max(was.n - 1 - _AROUND, 0) : was.n + _AROUND]
    if found := _most_alike(old, around, was):
        return found
    likely = located_in() if located_in else located(engine, [was.text])[0]
    others = [
        paragraph
        for one in likely[:_TRIED]
        for paragraph in engine.paragraphs(one.document, one.n, one.n)
    ]
    return _most_alike(old, others, was._replace(n=0))


def _most_alike(old: Tokens, paragraphs: Iterable[Paragraph], was: Lost) -> ParagraphId | None:
    """The most alike; of equals the nearest to its number. Far from there it must be more so."""
    words = Counter(old.forms)
    ranked = []
    for paragraph in paragraphs:
        forms = tokenize(paragraph.text).forms[: len(old) if was.begun else None]
        shared = similarity((Counter(forms) & words).total(), len(old), len(forms))
        if shared >= ALIKE:
            ranked.append((-shared, abs(paragraph.n - was.n), paragraph, forms))
    best: tuple[float, int, Paragraph] | None = None
    for _, far, paragraph, forms in sorted(ranked, key=lambda one: one[:2])[:_TRIED]:
        alike = similarity(common_length(old.forms, forms), len(old), len(forms))
        if alike >= (ALIKE if far <= _NEAR else MOVED) and (
            best is None or (-alike, far) < best[:2]
        ):
            best = (-alike, far, paragraph)
    return ParagraphId(best[2].document, best[2].n) if best else None
