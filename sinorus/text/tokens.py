"""Text to tokens: the offsets, the folded form and the stem of each. Every engine uses these."""

from __future__ import annotations

import re
from typing import NamedTuple

from sinorus.text.fold import fold_other, fold_with_ending
from sinorus.text.scripts import outline
from sinorus.text.stems import CYRILLIC, stemmer

FINGERPRINT = "sinorus-text-2"
"""Names the analysis; an index that was made with another one is rebuilt."""


class Tokens(NamedTuple):
    """The tokens of a text, in its order; a token's index is its position.

    `starts` and `ends` are code points into the text; `forms` are folded and unstemmed,
    `stems` are what an ordinary query word is compared with.
    """

    starts: list[int]
    ends: list[int]
    forms: list[str]
    stems: list[str]

    def __len__(self) -> int:  # the number of tokens, not of columns
        return len(self.forms)


def _pattern() -> re.Pattern[str]:
    alternatives = [r"\[\^[^\] ]{1,32}\]|\]\((?:[^() ]|\([^() ]*\))*(?:\)|(?= +[\"']))"]
    for letter in "LC":  # a word is of one script
        run = f"{letter}[{letter}mj]*"
        dotted = rf"{letter}m*(?:\.{letter}m*)+(?![{letter}mj])"
        alternatives.append(rf"(?P<w{letter}>{dotted}|{run}(?:['aA]{run})*)")
    alternatives.append("(?P<digits>D+)|(?P<ideograph>I[vV]*)|(?P<number>N)")
    alternatives.append("(?P<other>(?:[OAV]m*)+)")
    return re.compile("|".join(alternatives))


TOKEN = _pattern()
"""Matches tokens in the outline of a text; the group says which kind. What has no group is passed
over: the mark of a footnote, the target of a link.
"""
_VOCABULARY_LIMIT = 400_000
"""Raw tokens that are remembered; at so many all are forgotten."""
_vocabulary: dict[str, tuple[str, str, int]] = {}


def _read(raw: str, group: str) -> tuple[str, str, int]:
    """The form, the stem and the length of the possessive ending of one raw token.

    The `group` of the pattern begins with `w` for a word. Most words are of ASCII letters: they
    are read without a call for each.
    """
    if raw.isascii() and raw.isalnum():
        form, ending = raw.lower(), 0
    elif group[0] == "w":
        form, ending = fold_with_ending(raw)
    else:
        form, ending = fold_other(raw), 0
    stemmed = stemmer(cyrillic=form >= CYRILLIC)(form) if group[0] == "w" else form
    if len(_vocabulary) >= _VOCABULARY_LIMIT:
        forget()
    _vocabulary[raw] = analysed = form, stemmed, ending
    return analysed


def forget() -> None:
    """Forgets the tokens that are remembered; a measurement reads the same text as a new one."""
    _vocabulary.clear()


def tokenize(text: str) -> Tokens:
    """The tokens of `text`. Marks of footnotes and targets of Markdown links have none."""
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    stems: list[str] = []
    known = _vocabulary.get
    for match in TOKEN.finditer(outline(text)):
        group = match.lastgroup
        if group is None:
            continue
        start, end = match.span()
        raw = text[start:end]
        form, stemmed, ending = known(raw) or _read(raw, group)
        if not form:
            continue
        starts.append(start)
        ends.append(end - ending)
        forms.append(form)
        stems.append(stemmed)
    return Tokens(starts, ends, forms, stems)


def is_ideograph(form: str) -> bool:
    """Whether a token's form is one Han or Kana character."""
    return len(form) == 1 and outline(form) == "I"


def paragraph_hash(text: str, tokens: Tokens) -> str:
    """Eight hexadecimal digits of the normalised text: its forms, joined by single spaces.

    Case, accents, punctuation, spaces and line breaks do not change it; any word does.
    """
    import hashlib

    normalised = " ".join(tokens.forms) or text.strip()
    raw = normalised.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(raw, digest_size=4).hexdigest()
