"""Words on their way from a paragraph into a draft: their text, and the style of each character.

What a draft must not have is gone: control characters, marks of footnotes that would dangle, the
line breaks of the file. What was left out between two pieces is said by `[…]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sinorus.model import Paragraph, Span
from sinorus.text.scripts import IDEOGRAPH

EMPHASIS, STRONG, CODE, RAISED, LOWERED = 1, 2, 4, 8, 16
_STYLES = {
    "emphasis": EMPHASIS,
    "strong": STRONG,
    "code": CODE,
    "superscript": RAISED,
    "subscript": LOWERED,
}
OMISSION = "[…]"
_WIDE = rf"[{IDEOGRAPH}\u3000-\u303f\uff00-\uff65]"
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060\u2066-\u206f\ufeff\ufffe\uffff]"
)
"""What is not seen and may do harm: controls, also those of direction, and invisible signs."""
_LONE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")
_TIGHT = re.compile(rf"(?<={_WIDE})\s*[\n\r]\s*(?={_WIDE})")
_NOTE = re.compile(r"(?<=\S)\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\](?!\()|(?<=[^\s\d])[⁰¹²³⁴-⁹]+")
_UNIT = re.compile(r"(?:^|[\d\s/])[^\W\d_]{1,2}$")
"""What stands before a raised number that is no note: `5 km²`."""
_IS_NOTE = re.compile(r"[\d*†‡§,\s]+$")


class Words(NamedTuple):
    """A text and the styles of its characters, a byte each: sums of `EMPHASIS`, `STRONG` …"""

    text: str
    styles: bytes

    def cut(self, start: int, end: int) -> Words:
        """A part of them."""
        return Words(self.text[start:end], self.styles[start:end])

    def runs(self) -> Iterator[tuple[str, int]]:
        """Stretches of one style, with it."""
        start = 0
        for at in range(1, len(self.text) + 1):
            if at == len(self.text) or self.styles[at] != self.styles[start]:
                yield self.text[start:at], self.styles[start]
                start = at


def plain_words(text: str) -> Words:
    """Words without any style."""
    return Words(text, bytes(len(text)))


def joined(pieces: Iterable[Words], between: str = f" {OMISSION} ") -> Words:
    """Pieces of a text as one, with what says that something was left out `between` them."""
    every = list(pieces)
    middle = plain_words(between)
    text = between.join(one.text for one in every)
    return Words(text, middle.styles.join(one.styles for one in every))


def words_of(paragraph: Paragraph, span: Span | None = None) -> Words:
    """The words of a paragraph, or of a part of it, as a draft may have them.

    Lines are kept in code and tables only.
    """
    start, end = span or (0, len(paragraph.text))
    styles = bytearray(len(paragraph.text))
    notes = []
    for first, last, kind, _ in paragraph.spans:
        bit = _STYLES.get(kind, 0)
        for at in range(max(first, start), min(last, end)):
            styles[at] |= bit
        if bit == RAISED and _IS_NOTE.match(paragraph.text, first, last):
            notes.append((first, last))
    gone = bytearray(len(paragraph.text))
    if paragraph.kind != "code":
        notes += [found.span() for found in _NOTE.finditer(paragraph.text)]
    for first, last in notes:
        before = paragraph.text[max(first - 4, 0) : first]
        raised = paragraph.text[first] != "["
        if before.strip() and not (raised and (_UNIT.search(before) or before[-1].isdigit())):
            gone[first:last] = b"\x01" * (last - first)
    kept = [at for at in range(start, end) if not gone[at]]
    text = "".join(paragraph.text[at] for at in kept)
    words = Words(text, bytes(styles[at] for at in kept))
    return _clean(words, lines=paragraph.kind in ("code", "table"))


def harmless(text: str) -> str:
    """A name, a title or a word of metadata on one line, without what no draft should have."""
    return _clean(plain_words(text), lines=False).text


def _clean(words: Words, *, lines: bool) -> Words:
    words = _replaced(words, _LONE, "\ufffd")
    words = _replaced(words, _DROPPED, "")
    if lines:
        words = _replaced(words, re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]"), "\n")
        words = _replaced(words, re.compile(r"[^\S\n]+(?=\n|$)"), "")
        words = _replaced(words, re.compile(r"\t"), "  ")
    else:
        words = _replaced(words, _TIGHT, "")
        words = _replaced(words, _BLANKS, " ")
    start = len(words.text) - len(words.text.lstrip() if not lines else words.text.lstrip("\n"))
    return words.cut(start, len(words.text.rstrip()))


def _replaced(words: Words, pattern: re.Pattern[str], by: str) -> Words:
    """With each match replaced; what replaces it has the style of the first character of it."""
    text: list[str] = []
    styles: list[bytes] = []
    at = 0
    for found in pattern.finditer(words.text):
        text += (words.text[at : found.start()], by)
        style = words.styles[found.start() : found.start() + 1]
        styles += (words.styles[at : found.start()], style * len(by))
        at = found.end()
    if not at:
        return words
    return Words("".join([*text, words.text[at:]]), b"".join([*styles, words.styles[at:]]))
