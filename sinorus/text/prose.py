"""How much of a paragraph is prose: what sets it apart from lists of names, contents, source notes.

Three things that can be seen in any script. Words of prose begin small, or have no capitals at
all, as in Chinese; lines of contents, lists of names and notes on sources are of capitals and
numbers. Prose ends as a sentence does; titles, signatures and what leads over to a quotation do
not (what begins small may be a text that was written without any signs: that is no title). And
what stands in brackets as a whole is somebody else's remark.
"""

from __future__ import annotations

import re

SEEN = 300
"""Characters that are looked at: what begins as prose is taken for it."""
ENOUGH = 2 / 3
"""The part of the letters that belong to small words in what is prose altogether: a news story full
of names has three quarters, a source note a third."""
LEAST = 10
"""Per cent, of numbers alone: what has a word of the query still stands in some order."""
NO_SENTENCE = 0.5
ASIDE = 0.5
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ENDS = re.compile(r"[.!?。！？…;；．｡][^\w]*\Z")
_LAST = 16
"""Characters at the end among which that of the sentence is."""
_OPEN, _CLOSE = "[(（【［〔", "])）】］〕"


def prose(text: str) -> int:
    """How much of it is prose, in per cent: 100 for a paragraph of sentences, LEAST for numbers."""
    small = total = 0
    for word in _WORD.findall(text[:SEEN]):
        size = len(word)
        total += size
        first = word[0]
        if not (first.isupper() or first.isdigit()):
            small += size
    if not total:
        return LEAST
    share = min(1.0, small / total / ENOUGH)
    whole = text.strip()
    if whole[0] in _OPEN and whole[-1] in _CLOSE:
        share *= ASIDE
    elif not (_ENDS.search(whole[-_LAST:]) or whole[0].islower()):
        share *= NO_SENTENCE
    return max(LEAST, round(100 * share))
