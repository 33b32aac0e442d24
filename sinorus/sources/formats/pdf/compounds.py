"""Whether a hyphen at the end of a line belongs to the word: `weapon-⏎grade`, `кто-⏎либо`.

A hyphenator breaks words far more often than a compound happens to break at its hyphen, so a
hyphen goes unless something speaks for it. What a document writes elsewhere is asked before this.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from sinorus.text.english import stemmer


class Words:
    """The words of a document, folded, without those that line ends cut."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        hyphened = [word.partition("-") for word in self._words if "-" in word]
        self.before = frozenset(left for left, _, _ in hyphened)
        self.behind = frozenset(right for _, _, right in hyphened)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def has_like(self, word: str) -> bool:
        """Whether there is a form of a word."""
        return word in self._words or _stem(word) in self._stems

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(_stem, self._words))


def _stem(word: str) -> str:
    return stemmer()(word)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BEFORE = _set("""
    self vice quasi half well ill all so non long short high low mid large small deep far
    near full two three four five six seven eight nine ten twenty thirty forty fifty sixty
    seventy eighty ninety one first second third cross multi sino anglo franco russo indo
    afro soviet north south east west hard soft old new free fair best better much ever кое
    кой вице экс северо южно юго западно восточно социально военно русско советско китайско
    научно общественно
""")
"""What often stands before a hyphen of the word."""
_CLOSED = _set("""
    under over out up down in on off with for fore inter counter super some any every never
    there where here how what when who your our them him her my it to be mis dis news work
    master man men not can may the and but pro per con com des sub pre re un ex before after through
""")
"""What is written together with what follows, although either may be a word."""
_BEHIND = _set("""
    based grade level term scale wide style type made year old age class sided minded owned
    led held born bound ready free armed fold third thirds fourth half quarters called known
    looking speaking oriented related specific driven backed sponsored supported controlled
    educated trained war wing pronged stage building keeping taking lived reaching general
    то либо нибудь таки ка за под
""")
"""What often stands behind one."""
_LITTLE = _set("""
    the of to and in by up on at for a or и на по за
""")
_ENDINGS = _set("""
    ness ment ments able ably ally ship ships less ward wards hood ther ened ening ings ting
    tion tions sion sions ence ences ance ances ized ated ates ating ingly edly able ible
""")
"""What follows a hyphen that is none of the word's, though it may look like a word."""
_PARTS = 4
"""Letters of what follows the hyphen in a compound."""


def is_compound(left: str, right: str, words: Words) -> bool:
    """Whether `left-right` is written so, by its parts and the words of the document."""
    before = left.rpartition("-")[2].lower()
    if before != left.lower() and before in _LITTLE:
        return True
    if "а" <= before[0] <= "ё":
        return _is_russian_compound(before, right)
    if before in ("self", "vice", "quasi"):
        return True
    if len(right) < _PARTS or right in _ENDINGS or before in _CLOSED:
        return False
    if right in _BEHIND or right in words.behind:
        return before in words or before in _BEFORE
    if before in _BEFORE or before in words.before:
        return words.has_like(right) or len(right) > _PARTS
    if left[:1].isupper() and before in words and not words.has_like(before + right):
        return len(right) > _PARTS and right.endswith(("ed", "ing", "ese", "ish", "ian", "can"))
    parts = before in words and words.has_like(right)
    return parts and len(before) + len(right) >= 2 * _PARTS


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
