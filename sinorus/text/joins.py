"""Words that a text writes as several tokens: what they are as one.

`off-shore`, `agree-⏎ment`, `d’affaires`, `10,000`, `10 000`, `U. S. S. R.`, `Н. С. Хрущёв`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sinorus.text.scripts import APOSTROPHE, compiled, outline
from sinorus.text.stems import CYRILLIC, stem


class Join(NamedTuple):
    """Neighbours that are one word: the position of the first, how many, and its form."""

    at: int
    width: int
    form: str

    @property
    def stem(self) -> str:
        """What an ordinary query word is compared with."""
        return self.form if self.form.isdecimal() else stem(self.form)


class _Columns(NamedTuple):
    """The columns of `Tokens` that joins are found by."""

    starts: list[int]
    ends: list[int]
    forms: list[str]


MOST = 8
"""Groups of three digits that are joined at most."""
MOST_INITIALS = 6
"""Initials that are joined at most; of longer names nobody writes them apart."""
_LEAST_DIGITS = 4
_GROUP = 3
SPACES = " \t\x0b\x0c\r\x1c-\x1f\u00a0\u2009\u202f"
"""What may part the groups of a number, or initials; as part of a pattern."""
_NUMBER = (
    rf"(?<![0-9])[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}}(?![0-9])(?:[{SPACES}][0-9]{{3}}(?![0-9]))*"
    rf"(?![{SPACES},.{APOSTROPHE}][0-9]{{3}}(?![0-9]))"
    rf"|([,.\uff0c{APOSTROPHE}])[0-9]{{3}}(?![0-9])(?:\1[0-9]{{3}}(?![0-9]))*)"
    r"|(?<!\d)[\uff10-\uff19]{1,3}(?:\uff0c[\uff10-\uff19]{3}(?!\d))+"
)
"""A number in groups of three digits."""
_STOPS = 2
"""Groups behind full stops that make a number: `3.142` has one, and is a decimal."""
_SPACED = r"\.[ \n][LC]m{0,2}\."
_INITIALS = r"(?<![LCDOmjsaA'.])[LC]m{0,2}\.(?:[ \n][LC]m{0,2}\.)+"
_INITIAL = r"[LC]m{0,2}"
_SPACE = rf"[{SPACES}\n]"


def widths(text: str) -> tuple[int, ...]:
    """In how many tokens, beside one, a word of this stem or form may be written."""
    size = len(text)
    if text.isdecimal():
        groups = -(-size // _GROUP)
        return (groups,) if size >= _LEAST_DIGITS and groups <= MOST else ()
    if size < 2:
        return ()
    return (2, size) if 2 < size <= MOST_INITIALS else (2,)


def joins(
    text: str,
    letters: str,
    columns: tuple[list[int], list[int], list[str]],
    between: Sequence[tuple[int, int, int]],
    elided: Sequence[int],
) -> Sequence[Join]:
    """The joins of a text, sorted. `letters` is its outline, `columns` starts, ends and forms.

    `between` has what may join two tokens: the position of the second, where it begins and ends.
    `elided` are the positions of articles that are written together with the next token.
    """
    found: list[Join] = []
    tokens = _Columns(*columns)
    if elided:
        found += [_together(tokens, at) for at in elided]
    if between:
        found += _pairs(text, letters, tokens, between)
    if "DDD" in letters:
        found += _numbers(text, tokens)
    if (". " in letters or ".\n" in letters) and compiled(_SPACED).search(letters):
        found += _initials(text, letters, tokens)
    return sorted(found) if found else ()


def wholes(found: Sequence[Join]) -> dict[int, int]:
    """The runs of tokens that joins cover, first to end; what overlaps (`up-to-date`) is one."""
    runs: dict[int, int] = {}
    first = end = 0
    for join in found:  # sorted by where they begin
        if join.at >= end:
            first = end = join.at
        end = runs[first] = max(end, join.at + join.width)
    return runs


def _together(tokens: _Columns, first: int) -> Join:
    form = tokens.forms[first] + tokens.forms[first + 1]
    return Join(first, 2, form)


def _pairs(
    text: str, letters: str, tokens: _Columns, between: Sequence[tuple[int, int, int]]
) -> Iterator[Join]:
    """Two words with a hyphen or the end of a line between them."""
    starts, ends, forms = tokens
    for second, start, end in between:
        first = second - 1
        if (
            0 <= first < len(forms) - 1
            and (ends[first], starts[second]) == (start, end)
            and letters[starts[first]] == letters[end]
            and ("\n" not in letters[start:end] or text[end].islower())
        ):
            yield _together(tokens, first)


def _numbers(text: str, tokens: _Columns) -> Iterator[Join]:
    for match in compiled(_NUMBER).finditer(text):
        start, end = match.span()
        first = bisect_left(tokens.starts, start)
        width = -(-(end - start) // (_GROUP + 1))
        last = first + width - 1
        if (
            width <= MOST
            and last < len(tokens.forms)
            and (tokens.starts[first], tokens.ends[last]) == (start, end)
            and not tokens.forms[first].startswith("0")
            and (match[1] != "." or width > _STOPS)
        ):
            form = "".join(tokens.forms[first : last + 1])
            if len(form) == end - start - width + 1:
                yield Join(first, width, form)


def _initials(text: str, letters: str, tokens: _Columns) -> Iterator[Join]:
    """Capitals of one script, each with its full stop and a space behind it."""
    for match in compiled(_INITIALS).finditer(letters):
        run: list[tuple[int, int]] = []
        for one in compiled(_INITIAL).finditer(letters, *match.span()):
            at = one.start()
            capital = text[at].isupper()
            goes_on = (
                run and letters[run[0][0]] == letters[at] and compiled(_SPACE).match(text[at - 1])
            )
            if not (capital and goes_on):
                yield from _acronym(run, tokens)
                run = []
            if capital:
                run.append(one.span())
        yield from _acronym(run, tokens)


def _acronym(run: Sequence[tuple[int, int]], tokens: _Columns) -> Iterator[Join]:
    width = len(run)
    if not 2 <= width <= MOST_INITIALS:
        return
    first = bisect_left(tokens.starts, run[0][0])
    spans = zip(
        tokens.starts[first : first + width], tokens.ends[first : first + width], strict=True
    )
    if list(spans) == list(run):
        form = "".join(tokens.forms[first : first + width])
        as_long = form >= CYRILLIC or len(stem(form)) == width
        if (len(form) == width and as_long) or width == 2:
            yield Join(first, width, form)


_TYPED = (
    r"=?[^\W\d_][\u0300-\u036f]?[.](?:[^\S\n][^\W\d_][\u0300-\u036f]?[.])+(?![^\W_])"
    r"|=?[1-9]\d{0,2}(?:[^\S\n]\d{3})+(?!\w)"
)
_THOUSANDS = r"=?\d{1,2}\s|.*\s000"


def typed(query: str, at: int) -> int:
    """Where a word ends that is typed with spaces in it, from `at` on; `at` if there is none.

    `U. S. S. R.`, `Н. С.`, `10 000`; not `242 338`, which are two numbers as well.
    """
    if not any(sign in query for sign in ".0123456789"):
        return at
    match = compiled(_TYPED).match(query, at)
    if match is None:
        return at
    word = match.group()
    if "." in word:
        signs = outline(word.lstrip("="))
        capital = all(letter.isupper() for letter in word if letter.isalpha())
        return match.end() if capital and ("L" in signs) != ("C" in signs) else at
    return match.end() if compiled(_THOUSANDS).match(word) else at


def written(query: str) -> Iterator[tuple[int, str]]:
    """The words of a query without operators, by where each begins; see `typed`."""
    at = 0
    for match in re.finditer(r"\S+", query):
        if match.start() >= at:
            at = max(match.end(), typed(query, match.start()))
            yield match.start(), query[match.start() : at]
