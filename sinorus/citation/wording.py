"""The words of a quotation as they are compared: what is typography is gone, any other word stays.

A search forgives more than a quotation may: there `China's` finds `China`, and accents, spelling
and endings do not count. Here two texts have the same words if they differ in case, punctuation,
spaces, hyphens, the width of characters, ё, accents, and traditional or simplified Han. Numbers,
signs of percent and money, and every ending count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

from sinorus.text.han import simplified

HAN = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RAISED = "²³¹⁰-₉①-⓿"
_MARK = "\u0300-\u036f\ufe20-\ufe2f\u3099\u309a"
_LETTER = rf"[^\W\d_{HAN}{_RAISED}]"
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_APOSTROPHE = "'’ʼ‘ʻ＇"
_SPACE = "\u00a0\u2009\u202f \u2007"
_NUMBER = rf"\d{{1,3}}(?:[{_SPACE}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,'’]\d+)*"
WORD = re.compile(
    rf"(?P<note>(?<=[^\s\[(])\[\d{{1,3}}\](?!\w))|(?P<number>{_NUMBER})|(?P<han>[{HAN}][{_MARK}]*)"
    rf"|(?P<word>{_LETTER}[{_MARK}]*(?:[{_APOSTROPHE}{_UNSEEN}]*{_LETTER}[{_MARK}]*)*)"
    rf"|(?P<sign>[%％‰$＄€£￡¥￥₽°+<>=×÷±]|(?<![\w)\]])[-−–](?=\d))"
)
_GROUPED = re.compile(
    rf"\d{{1,3}}(?:(?:[,'’{_SPACE}]\d{{3}})+(?:\.\d+)?|(?:\.\d{{3}}){{2,}}(?:,\d+)?)"
)
_RUSSIAN = re.compile("[А-Яа-яЁё]+")
_HYPHEN = re.compile(r"[-‐‑–—−/\u00ad]")
_SIGNS = str.maketrans({"％": "%", "＄": "$", "￡": "£", "￥": "¥", "−": "-", "–": "-"})


class Word(NamedTuple):
    """A word: where it stands in the text, and the form by which it is compared."""

    start: int
    end: int
    form: str


@lru_cache(maxsize=200_000)
def _form(raw: str, kind: str | None) -> str:
    if kind == "number":
        digits = normalize("NFKC", raw)
        if _GROUPED.fullmatch(digits):
            whole = re.split(r"\.(?=\d+$)" if digits.count(".") == 1 else r",(?=\d+$)", digits)
            if digits.count(".") != 1 and digits.count(",") != 1:
                whole = [digits]
            if len(whole) == 2 and len(whole[1]) == 3 and len(re.findall(r"\D", digits)) == 1:
                whole = [digits]
            return ".".join(re.sub(r"\D", "", part) for part in whole)
        return digits.replace(",", ".")
    if kind == "sign":
        return raw.translate(_SIGNS)
    if raw.isascii():
        return raw.lower().replace("'", "")
    if _RUSSIAN.fullmatch(raw):
        return raw.lower().replace("ё", "е")
    if kind == "han" and len(raw) == 1 and "\u4e00" <= raw <= "\u9fff":
        return simplified(raw)
    word = normalize("NFKD", normalize("NFKC", raw).casefold()).replace("\u0438\u0306", "й")
    return simplified("".join(sign for sign in word if sign.isalnum() and not _over(sign)))


def _over(sign: str) -> bool:
    """Whether a sign is an accent, or one that romanisations have beside letters (ʾ, ʹ)."""
    return combining(sign) > 0 or "\u02b0" <= sign <= "\u02ff"


def words_of(text: str) -> list[Word]:
    """The words of a text; marks of footnotes are none."""
    return [
        Word(match.start(), match.end(), form)
        for match in WORD.finditer(text)
        if (kind := match.lastgroup) != "note" and (form := _form(match[0], kind))
    ]


class Wording:
    """A text by its words: `forms` of them, and where each stands in `letters`, all in a row."""

    def __init__(self, text: str, words: Sequence[Word] | None = None) -> None:
        self.text = text
        self.words = words_of(text) if words is None else words

    @cached_property
    def forms(self) -> list[str]:
        """What the words are compared by."""
        return [word.form for word in self.words]

    @cached_property
    def letters(self) -> str:
        """The forms without anything between them."""
        return "".join(self.forms)

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins in `letters`; behind them where the last one ends."""
        found, at = [], 0
        for word in self.words:
            found.append(at)
            at += len(word.form)
        return [*found, at]

    def between(self, at: int) -> str:
        """What stands in the text before a word, from the one before it on."""
        return self.text[self.words[at - 1].end : self.words[at].start] if at else ""

    def joins(self, at: int) -> bool:
        """Whether a word may be one with that before it: a hyphen, a line end or a dot divides."""
        before, word = self.words[at - 1].form, self.words[at].form
        gap = self.between(at)
        if before[-1:].isdigit() and word[:1].isdigit():
            return False
        if _HYPHEN.search(gap) and len(gap.strip()) == 1:
            return True
        return gap in (".", ". ", ".\u00a0") and len(before) == 1

    def span(self, first: int, last: int) -> tuple[int, int]:
        """From where to where in the text some words stand, `last` exclusive."""
        return self.words[first].start, self.words[last - 1].end


def occurrences(words: Wording, source: Wording, after: int = 0) -> list[tuple[int, int]]:
    """Where the words stand in a source, one after the other: first word, and behind the last."""
    found: list[tuple[int, int]] = []
    wanted, starts = words.letters, source.starts
    if not wanted:
        return found
    at = source.letters.find(wanted, starts[after])
    while at >= 0:
        first, last = bisect_left(starts, at), bisect_left(starts, at + len(wanted))
        whole = starts[first] == at and starts[last] == at + len(wanted)
        if whole and _same_borders(words, source, first, last):
            found.append((first, last))
        at = source.letters.find(wanted, at + 1)
    return found


def _same_borders(words: Wording, source: Wording, first: int, last: int) -> bool:
    """Whether words end at the same places; a hyphen may be there or not."""
    base = source.starts[first]
    here = {at: number for number, at in enumerate(words.starts[1:-1], 1)}
    there = {source.starts[at] - base: at for at in range(first + 1, last)}
    return all(words.joins(here[at]) for at in here.keys() - there.keys()) and all(
        source.joins(there[at]) for at in there.keys() - here.keys()
    )


_QUOTES = re.compile("[\"'“”„‟«»‹›「」『』‘’‚‛ʼʻ＂＇`´]+")
_BLANK = re.compile(r"\s+")
_BY_HAN = re.compile(rf"(?<=[{HAN}，。；：、？！]) (?=[{HAN}，。；：、？！“”‘’])")


def squeezed(text: str) -> str:
    """A text as two of them are the same to the letter: spaces and turned marks do not count."""
    line = _BLANK.sub(" ", normalize("NFC", re.sub(rf"[{_UNSEEN}]", "", text)))
    line = re.sub(r"\.\s?\.\s?\.|…+", "…", line.replace("\u2011", "-"))
    line = re.sub(r"(?<=«) | (?=»)", "", line)
    return _BY_HAN.sub("", _QUOTES.sub("'", line)).strip()
