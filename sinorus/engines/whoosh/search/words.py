"""Which lists of a segment a word, a prefix, a pattern or a fuzzy word stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sinorus.engines.whoosh.segment.postings import DictionaryEntry
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.query.nodes import Fuzzy, Prefix, Term, Wildcard
from sinorus.query.words import expression, fits, literal_prefix

Chosen = list[tuple[DictionaryEntry, frozenset[int] | None]]
"""Stems, each with the slots of the forms that are meant; None: all of them."""
Word = Term | Prefix | Wildcard | Fuzzy


def choose(segment: OpenSegment, word: Word) -> Chosen:
    """The stems and forms of the segment that `word` stands for."""
    if isinstance(word, Term) and not word.exact:
        entry = segment.text.find(word.text)
        return [] if entry is None else [(entry, None)]
    slots: dict[int, set[int]] = {}
    for at in _forms(segment, word):
        stem, slot, _ = segment.forms.row(at)
        slots.setdefault(stem, set()).add(slot)
    chosen: Chosen = []
    for stem, some in slots.items():
        entry = segment.text.entry(stem)
        chosen.append((entry, None if len(some) == entry.forms else frozenset(some)))
    return chosen


def _forms(segment: OpenSegment, word: Word) -> Iterator[int]:
    """The numbers of the forms that fit."""
    terms = segment.forms.terms
    if isinstance(word, Term):
        yield from terms.equal(_raw(word.text))
    elif isinstance(word, Prefix):
        yield from terms.beginning(_raw(word.text))
    elif isinstance(word, Wildcard) and (prefix := literal_prefix(word)):
        for at in terms.beginning(_raw(prefix)):
            if fits(word, _form(terms[at])):
                yield at
    else:
        yield from _scanned(terms.all(), word)


def _scanned(forms: list[bytes], word: Wildcard | Fuzzy) -> Iterator[int]:
    """Those of all forms that fit: a search through them as one text finds the few to look at."""
    text = _form(b"\n".join(forms))
    at = place = 0
    for match in _candidates(word).finditer(text):
        at += text.count("\n", place, match.start())
        place = match.start()
        if fits(word, match.group()):
            yield at


def _candidates(word: Wildcard | Fuzzy) -> re.Pattern[str]:
    """A pattern for whole lines that finds all that fit, and little else."""
    if isinstance(word, Wildcard):
        body = expression(word.pattern, "[^\n]")
        return re.compile(f"^{body}$", re.MULTILINE)
    # Of `distance + 1` pieces at least one stays whole, and moves by no more than `distance`.
    text, distance = word.text, word.distance
    size = len(text) // (distance + 1)
    length = f"(?=[^\n]{{{max(1, len(text) - distance)},{len(text) + distance}}}$)"
    if not size:
        return re.compile(f"^{length}[^\n]+$", re.MULTILINE)
    bounds = [size * piece for piece in range(distance + 1)] + [len(text)]
    pieces = [
        f"[^\n]{{{max(0, start - distance)},{start + distance}}}{re.escape(text[start:end])}"
        for start, end in pairwise(bounds)
    ]
    return re.compile(f"^{length}(?:{'|'.join(pieces)})[^\n]*$", re.MULTILINE)


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _form(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogatepass")
