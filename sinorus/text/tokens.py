"""Text to tokens: the offsets, the folded form and the stem of each. Every engine uses these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sinorus.text.fold import fold_other, fold_with_ending
from sinorus.text.scripts import outline
from sinorus.text.stems import CYRILLIC, stem, stemmer

FINGERPRINT = "sinorus-text-4"
"""Names the analysis; an index that was made with another one is rebuilt."""


class Tokens(NamedTuple):
    """The tokens of a text, in its order; a token's index is its position.

    `starts` and `ends` are code points into the text; `forms` are folded and unstemmed,
    `stems` are what an ordinary query word is compared with. `joins` are the pairs of neighbours
    that a hyphen joins or the end of a line parts (`off-shore`, `agree-⏎ment`): the position of the
    first, and the form and the stem of both written as one.
    """

    starts: list[int]
    ends: list[int]
    forms: list[str]
    stems: list[str]
    joins: Sequence[tuple[int, str, str]] = ()

    def __len__(self) -> int:  # the number of tokens, not of columns
        return len(self.forms)


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
_PASSED_OVER = frozenset({None, *_BETWEEN})
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
    """The tokens of `text`; signs of footnotes have none (`alliance¹`, `alliance[1]`, `同盟①`)."""
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    stems: list[str] = []
    between: list[tuple[int, int, int]] = []
    known = _vocabulary.get
    letters = outline(text)
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
        if not form:
            continue
        starts.append(start)
        ends.append(end - ending)
        forms.append(form)
        stems.append(stemmed)
    tokens = Tokens(starts, ends, forms, stems)
    if not between:
        return tokens
    return Tokens(starts, ends, forms, stems, _joins(text, letters, tokens, between))


def _joins(
    text: str, letters: str, tokens: Tokens, between: list[tuple[int, int, int]]
) -> Sequence[tuple[int, str, str]]:
    """The words that are joined `between` two tokens: (position of the second, start, end)."""
    starts, ends, forms = tokens.starts, tokens.ends, tokens.forms
    found = []
    for second, start, end in between:
        first = second - 1
        if (
            0 <= first < len(forms) - 1
            and (ends[first], starts[second]) == (start, end)
            and letters[starts[first]] == letters[end]
            and ("\n" not in letters[start:end] or text[end].islower())
        ):
            form = forms[first] + forms[second]
            found.append((first, form, stem(form)))
    return found


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
