"""Text to tokens: the offsets, the folded form and the stem of each. Every engine uses these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pymorphy3_dicts_ru import __version__ as RUSSIAN  # noqa: N812 - imports no dictionary

from sinorus.text import english
from sinorus.text.fold import fold_other, fold_with_ending, possessive
from sinorus.text.joins import Join, joins
from sinorus.text.lookalikes import in_one_script
from sinorus.text.scripts import APOSTROPHE, outline
from sinorus.text.stems import CYRILLIC, stem

FINGERPRINT = f"sinorus-text-5 ru-{RUSSIAN}"
"""Names the analysis, the dictionary with it; an index that was made with another is rebuilt."""


class Tokens(NamedTuple):
    """The tokens of a text, in its order; a token's index is its position.

    `starts` and `ends` are code points into the text, `forms` are folded and unstemmed. `english`
    has the stems; where a word is Russian, whose stem costs more, an empty text. `joins` are the
    neighbours that are one word none the less (`off-shore`, `10,000`, `U. S. S. R.`).
    """

    starts: list[int]
    ends: list[int]
    forms: list[str]
    english: list[str]
    joins: Sequence[Join] = ()

    def __len__(self) -> int:  # the number of tokens, not of columns
        return len(self.forms)

    @property
    def stems(self) -> list[str]:
        """What an ordinary query word is compared with."""
        english = self.english
        if "" not in english:
            return english
        return [known or stem(form) for known, form in zip(english, self.forms, strict=True)]


MARKED = "LCIOAVmjsv'a.,k\\]"
"""What a superscript is the sign of a footnote after, as part of a pattern over outlines."""


def _pattern() -> re.Pattern[str]:
    """Alternatives begin with a letter of their own, by which most are passed over at once."""
    alternatives = []
    for letter in "LC":  # a word is of one script
        run = f"{letter}[{letter}mjs]*"
        dotted = rf"{letter}m*(?:\.{letter}m*)+(?![{letter}mjs])"
        alternatives.append(rf"(?P<w{letter}>{dotted}|{run}(?:['aA]{run})*)")
    alternatives += [
        "(?P<digits>D+)|(?P<ideograph>I[vV]*)",
        rf"u(?<=[{MARKED}]u)u*|c(?<=[IvV]c)c*|\[(?<=[^ \n]\[)D{{1,3}}(?:[,h] ?D{{1,3}})*\]",
        "(?P<number>[Nuc])|(?P<other>(?:[OAV]m*)+)",
        r"h(?<=[LCmjs]h)(?P<hyphen>(?: *\n *)?)(?=[LC])",
        r"\n(?<=s\n)(?P<broken> *)(?=[LC])| (?<=s )(?P<parted> *\n *)(?=[LC])",
    ]
    return re.compile("|".join(alternatives))


TOKEN = _pattern()
"""Matches tokens in the outline of a text; the group says which kind. The sign of a footnote has no
group, and `_BETWEEN` are those of what may join two words.
"""
_BETWEEN = frozenset({"hyphen", "broken", "parted"})
_UNITS = frozenset(["m", "km", "dm", "cm", "mm", "mi", "yd", "ft", "м", "км", "дм", "см", "мм"])
_POWERS = frozenset("²³")
"""After a unit of length they are no signs of footnotes: `km²` is found by `km2`."""
_ELIDED = (
    rf"(?i:l|d|qu|c|j|jusqu|lorsqu|puisqu|quoiqu|dell|all|dall|nell|sull|quell|quest)"
    rf"[{APOSTROPHE}](?=[^\W\d_])(?!(?i:s|d|ll|re|ve)\b)|[дДлЛ][{APOSTROPHE}](?=[А-ЯЁ])"
)
"""An article or a conjunction without its vowel: a word follows it (`d’affaires`)."""
_PASSED_OVER = frozenset({None, *_BETWEEN})
_VOCABULARY_LIMIT = 400_000
"""Raw tokens that are remembered; at so many all are forgotten."""
_vocabulary: dict[str, tuple[str, str, int]] = {}


def _read(raw: str, group: str) -> tuple[str, str, int]:
    """The form, the English stem and the length of the possessive ending of one raw token.

    The `group` of the pattern begins with `w` for a word. Most words are of ASCII letters: they
    are read without a call for each. An elided article at the beginning is left to `tokenize`: the
    length of it with its apostrophe is given below 0 in place of the ending's.
    """
    if raw.isascii() and raw.isalnum():
        form, ending = raw.lower(), 0
    elif group[0] == "w" and (elided := _elided(raw)):
        form, ending = "", -elided
    elif group[0] == "w":
        form, ending = fold_with_ending(raw)
    else:
        form, ending = fold_other(raw), 0
    stemmed = form
    if form and group[0] == "w":
        stemmed = "" if form >= CYRILLIC else english.stemmer()(form)
    if len(_vocabulary) >= _VOCABULARY_LIMIT:
        forget()
    _vocabulary[raw] = analysed = form, stemmed, ending
    return analysed


def _elided(raw: str) -> int:
    """The length of the article, with its apostrophe, that a word begins with; 0 without one."""
    match = re.match(_ELIDED, raw) if any(sign in raw for sign in APOSTROPHE) else None
    if match is None:
        return 0
    rest = raw[match.end() : len(raw) - possessive(raw)]
    return 0 if any(sign in rest for sign in APOSTROPHE) else match.end()


def forget() -> None:
    """Forgets the tokens that are remembered; a measurement reads the same text as a new one."""
    _vocabulary.clear()


def tokenize(text: str) -> Tokens:
    """The tokens of `text`; signs of footnotes have none (`alliance¹`, `alliance[1]`, `同盟①`)."""
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    known_stems: list[str] = []
    between: list[tuple[int, int, int]] = []
    elided: list[int] = []
    known = _vocabulary.get
    text, letters = in_one_script(text, outline(text))
    for match in TOKEN.finditer(letters):
        group = match.lastgroup
        start, end = match.span()
        if group in _PASSED_OVER:
            if group is not None:
                between.append((len(forms), start, end))
                continue
            if not (starts and text[starts[-1] : start] in _UNITS and text[start:end] in _POWERS):
                continue
            group = "number"
        raw = text[start:end]
        form, stemmed, ending = known(raw) or _read(raw, group)  # type: ignore[arg-type]
        if ending < 0:
            elided.append(len(forms))
            starts.append(start)
            start -= ending
            raw = raw[: -ending - 1]
            ends.append(start - 1)
            form, stemmed, _ = known(raw) or _read(raw, "w")
            forms.append(form)
            known_stems.append(stemmed)
            raw = text[start:end]
            form, stemmed, ending = known(raw) or _read(raw, "w")
        if not form:
            continue
        starts.append(start)
        ends.append(end - ending)
        forms.append(form)
        known_stems.append(stemmed)
    joined = joins(text, letters, (starts, ends, forms), between, elided) if starts else ()
    return Tokens(starts, ends, forms, known_stems, joined)


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
