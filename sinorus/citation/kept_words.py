"""The words that a mark keeps of a paragraph, and what became of them in the one that is there."""

from __future__ import annotations

from typing import NamedTuple

from sinorus.citation.align import edits, nearest
from sinorus.citation.wording import Wording
from sinorus.model.documents import Span

_LONGEST = 500
"""Characters of a paragraph that are kept, so that a change of them can be shown."""
_CUT = " …"


class Change(NamedTuple):
    """Kept words held against a text: how alike they are, and the spans of each that differ.

    `found` are the words of the text that stand for them.
    """

    likeness: float
    changed: tuple[Span, ...]
    found: str
    found_changed: tuple[Span, ...]


def shortened(text: str) -> str:
    """The words of a paragraph as they are kept: on one line, the end cut off if it is long."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST:
        return line
    cut = line[:_LONGEST]
    blank = cut.rfind(" ", _LONGEST // 2)
    return f"{cut[:blank] if blank > 0 else cut}{_CUT}"


def kept_of(kept: str) -> tuple[str, bool]:
    """The words that were kept of a paragraph, and whether they are only how it began."""
    return kept.removesuffix(_CUT), kept.endswith(_CUT)


def change_of(kept: str, text: str) -> Change:
    """What became of kept words, which are how a paragraph began, in the paragraph of that text.

    Where the end was not kept, what follows in the text is no change.
    """
    began, cut = kept_of(kept)
    words, source = Wording(began), Wording(" ".join(text.split()))
    theirs = source.words
    if cut:
        theirs = theirs[: nearest(words.forms, source.forms).last]
    lost, changed, found_changed = 0, [], []
    for edit in edits(words.forms, [word.form for word in theirs]):
        mine, other = words.words[edit.at : edit.end], theirs[edit.source_at : edit.source_end]
        lost += max(len(mine), len(other))
        if mine:
            changed.append((mine[0].start, mine[-1].end))
        if other:
            found_changed.append((other[0].start, other[-1].end))
    size = max(len(words.words), len(theirs), 1)
    found = source.text[: theirs[-1].end] if cut and theirs else source.text
    return Change(max(0.0, 1 - lost / size), tuple(changed), found, tuple(found_changed))
