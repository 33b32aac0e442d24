"""Quotation marks: those of a language, and how marks inside a quotation are turned to fit.

In English words quoted within “…” stand in ‘…’, in Russian within «…» in „…“, and so on, deeper
ones in the first again. A mark whose other half was not quoted is turned as well, or it would open
or close the quotation that it stands in; an apostrophe is left alone.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sinorus.citation.words import Words

_CLOSES = {
    "“": "”",
    "«": "»",
    "„": "“”",
    "‘": "’",
    "‹": "›",
    "「": "」",
    "『": "』",
    '"': '"',
    "'": "'",
    "＂": "＂",
    "»": "«",
}
_EVERY = frozenset("".join([*_CLOSES, *_CLOSES.values()]))
_OPEN, _CLOSED, _STRAIGHT = frozenset("“«„「『"), frozenset("”»」』"), frozenset('"＂')
"""Marks that stand for a quotation also where their other half is not there."""
_DEEPEST = 50
"""Marks that are open at once; of more, the first have no other half."""


class Marks(NamedTuple):
    """Opening and closing mark, of a quotation and of one within it; and the language."""

    outer: tuple[str, str]
    inner: tuple[str, str]
    lang: str


MARKS = {
    "en": Marks(("“", "”"), ("‘", "’"), "en"),
    "ru": Marks(("«", "»"), ("„", "“"), "ru"),
    "zh": Marks(("“", "”"), ("‘", "’"), "zh"),
    "zh-Hant": Marks(("「", "」"), ("『", "』"), "zh"),
}


def marks_of(name: str, lang: str | None, text: str) -> Marks:
    """The marks of a language; `auto`: of that of the text, by its script where it is not known."""
    if name != "auto":
        return MARKS[name]
    if lang in MARKS:
        return MARKS[lang]
    known = (lang or "").split("-")[0]
    if known in MARKS:
        return MARKS[known]
    if any("\u3400" <= sign <= "\u9fff" for sign in text):
        return MARKS["zh"]
    return MARKS["ru" if any("\u0400" <= sign <= "\u04ff" for sign in text) else "en"]


def turned(words: Words, marks: Marks) -> Words:
    """The words as they stand within a quotation that has the outer of these marks."""
    signs = list(words.text)
    found = pairs(words.text)
    opened, closed = _halves(words.text, {at for one in found for at in one[:2]})
    for first, last, depth in found:
        around = depth + any(at < first for at in opened[:1]) + any(at > last for at in closed[-1:])
        signs[first], signs[last] = marks.outer if around % 2 else marks.inner
    for at in opened:
        signs[at] = marks.inner[0]
    for at in closed:
        signs[at] = marks.inner[1]
    return Words("".join(signs), words.styles)


def _halves(text: str, paired: Collection[int]) -> tuple[list[int], list[int]]:
    """Where marks stand that open, and that close, what was cut off: they are in no pair."""
    opened: list[int] = []
    closed: list[int] = []
    for at, sign in enumerate(text):
        if at in paired or sign not in _OPEN | _CLOSED | _STRAIGHT:
            continue
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        opens = not before or before.isspace() or before in "([{:：—"
        if sign == "“":  # in German and Russian it closes
            opens = opens or after.isalnum()
        elif sign not in _STRAIGHT:
            opens = sign in _OPEN
        elif not opens and before.isdigit():  # inches, seconds
            continue
        (opened if opens else closed).append(at)
    return opened, closed


def pairs(text: str) -> list[tuple[int, int, int]]:
    """Where marks open and close, and how many other pairs they stand in."""
    found: list[tuple[int, int]] = []
    open_: list[int] = []
    for at, sign in enumerate(text):
        if sign not in _EVERY:
            continue
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        if open_ and _closes(text[open_[-1]], sign, after):
            found.append((open_.pop(), at))
        elif sign in _CLOSES and _may_open(sign, before, after):
            open_.append(at)
            if len(open_) > _DEEPEST:
                open_.pop(0)
        else:  # an apostrophe at the head of a word has opened nothing
            outer = [n for n, one in enumerate(open_) if _closes(text[one], sign, after)]
            if outer and sign not in "’'":
                found.append((open_[outer[-1]], at))
                del open_[outer[-1] :]
    return _with_depths(found)


def _with_depths(found: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    result = []
    around: list[int] = []
    for first, last in sorted(found):
        while around and around[-1] < first:
            around.pop()
        result.append((first, last, len(around)))
        around.append(last)
    return result


def _closes(opening: str, sign: str, after: str) -> bool:
    return sign in _CLOSES[opening] and not (sign in "’'" and _in_word(after))


def _may_open(sign: str, before: str, after: str) -> bool:
    if not after or after.isspace():
        return False
    if sign in "\"'‘»＂":
        return not before or not (_in_word(before) or before in ".,;:!?…)]")
    return True


def _in_word(sign: str) -> bool:
    """Whether a mark beside this sign may be an apostrophe, as it never is in Chinese."""
    return sign.isalnum() and sign < "\u2e80"
