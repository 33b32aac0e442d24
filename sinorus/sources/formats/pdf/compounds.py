"""Whether a hyphen at the end of a line belongs to the word: `weapon-⏎grade`, `кто-⏎либо`.

A hyphenator breaks words far more often than a compound happens to break at its hyphen, so a
hyphen goes unless something speaks for it. What a document writes elsewhere is asked before this.
"""

from __future__ import annotations

from collections.abc import Set

_BEFORE = frozenset(
    "self ex vice quasi half well ill all so non long short high low mid large small deep far near "
    "full two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy "
    "eighty ninety one first second third cross multi sino anglo franco russo indo afro soviet "
    "north south east west all-out hard soft old new free fair best better much ever "
    "кое кой вице экс северо южно юго западно восточно социально военно русско советско китайско "
    "научно общественно".split()
)
_BEHIND = frozenset(
    "based grade level term scale range wide time style type made year day old age class hand sided "
    "minded owned led held born bound ready free armed fold third thirds fourth half quarters "
    "called known off out up down in like looking speaking oriented related specific driven backed "
    "sponsored supported controlled educated trained war party power wing line front pronged "
    "stage step point range run building making keeping taking thinking lived standing reaching "
    "in-chief law general to-date of-the-art "
    "то либо нибудь таки ка за под".split()
)
_LITTLE = frozenset("the of to and in by up on at for a or и на по за".split())
_ENDINGS = (
    *("ness", "ment", "ments", "able", "ably", "ally", "ship", "less", "ward", "wards", "hood"),
    *("ther", "ened", "ening", "ings", "ting", "tion", "tions", "sion", "ence", "ance", "ized"),
)
"""Of what follows a hyphen that is none of the word's, though it may look like a word."""
_PARTS = 4
"""Letters of either part of a compound that is told by its parts being words."""


def is_compound(left: str, right: str, words: Set[str]) -> bool:
    """Whether `left-right` is written so, by its parts and the words of the document."""
    before = left.rpartition("-")[2]
    if before != left and before in _LITTLE:
        return True
    if right in _ENDINGS:
        return False
    if "а" <= left[0] <= "ё":
        return _is_russian_compound(before, right)
    if right in _BEHIND and (before in words or before in _BEFORE):
        return len(before) > 2 or before in _BEFORE
    if before in ("self", "ex", "vice", "quasi", "so"):
        return True
    if before in _BEFORE and len(right) >= _PARTS and right in words:
        return True
    least = min(len(before), len(right))
    return least >= _PARTS and before in words and right in words


def _is_russian_compound(left: str, right: str) -> bool:
    if right in _BEHIND and left not in ("по", "не", "на"):
        return True
    if left in ("кое", "кой", "экс", "вице"):
        return True
    if left == "по" and right.endswith(("ски", "цки", "ому", "ему")):
        return True
    if len(left) < _PARTS or len(right) < _PARTS:
        return False
    from sinorus.text.russian import is_known

    if is_known(left + right):
        return False
    return is_known(right) and (is_known(left) or left.endswith(("о", "е")))
