"""The words of a query: from what is written to a node, and from a node to the forms it stands for.

The evaluator and the engines share `fits` and `expression`, so that a wildcard or a fuzzy word
cannot mean two things.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache, lru_cache

from sinorus.query import nodes
from sinorus.query.bounds import shortened
from sinorus.query.nodes import assert_never
from sinorus.text import han, scripts
from sinorus.text.fold import fold_other, fold_word
from sinorus.text.stems import stem
from sinorus.text.tokens import Tokens, is_ideograph, tokenize

_JOINED = scripts.MARK + scripts.INVISIBLE + scripts.APOSTROPHE
"""What may stand between the letters of a word."""
# Not compiled here: few queries have a word with such a sign.
_FUZZY = r"(?s)(.*[^\W_])~(\d*)$"
_PUNCTUATION = r"(?<![\w*?])\?+|(?<!\?)\?+(?![\w*?])"
"""A question mark that is not inside a word: it belongs to a sentence and is not a wildcard.

A run of them is tried from its beginning only: from each mark it would take quadratic time.
"""


class WordError(Exception):
    """A word that cannot be read; `offset` counts code points into the word."""

    def __init__(self, message: str, hint: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message, self.hint, self.offset = message, hint, offset


def terms(text: str, exact: bool) -> tuple[nodes.Term, ...]:
    """A term for each token of `text`, which is written without quotes, in order."""
    return _terms(text, tokenize(text), exact, run=True)


def _terms(text: str, tokens: Tokens, exact: bool, run: bool) -> tuple[nodes.Term, ...]:
    columns = zip(tokens.stems, tokens.forms, tokens.starts, tokens.ends, strict=True)
    bound = tight(text, tokens) if run else ()
    return tuple(
        nodes.Term(form if exact else stem, exact, text[start:end], tight=at in bound)
        for at, (stem, form, start, end) in enumerate(columns)
    )


def tight(text: str, tokens: Tokens) -> Container[int]:
    """The tokens of a run that have the one before them at their side, without punctuation."""
    ideographs = [*map(is_ideograph, tokens.forms)]
    return {
        at
        for at in range(1, len(tokens))
        if ideographs[at]
        and ideographs[at - 1]
        and han.is_open(text[tokens.ends[at - 1] : tokens.starts[at]])
    }


def words(text: str, exact: bool, run: bool) -> tuple[nodes.Positional, ...]:
    """A node for each word of `text`, in order: one with hyphens is also found without them.

    `run`: written without quotes, so that it does not reach over punctuation between Han.
    """
    tokens = tokenize(text)
    return hyphenated(text, tokens, _terms(text, tokens, exact, run), exact)


def hyphenated(
    text: str, tokens: Tokens, parts: Sequence[nodes.Positional], exact: bool = False
) -> tuple[nodes.Positional, ...]:
    """The `parts` of a text, one a token; those with hyphens between them as one word."""
    found: list[nodes.Positional] = []
    joining = {at for at, _, _ in tokens.joins}
    at = 0
    while at < len(parts):
        first = at
        while at in joining:
            at += 1
        at += 1
        if at - first == 1:
            found.append(parts[first])
            continue
        form = "".join(tokens.forms[first:at])
        spans = zip(tokens.starts[first:at], tokens.ends[first:at], strict=True)
        written = "".join(text[start:end] for start, end in spans)
        # The phrase of two finds each place where they are joined: once is enough to count it.
        whole = nodes.Term(form if exact else stem(form), exact, written, solid=at - first == 2)
        phrase = nodes.Phrase(tuple(parts[first:at]), run=True)
        shown = text[tokens.starts[first] : tokens.ends[at - 1]]
        found.append(nodes.Synonyms((phrase, whole), shown))
    return tuple(found)


def joined(parts: tuple[nodes.Positional, ...], run: bool) -> nodes.Positional | None:
    """A phrase of `parts`; a part alone as it is, None for no parts."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return nodes.Phrase(parts, run)


def quotation(
    text: str, distance: int, exact: bool, title: bool = False
) -> nodes.Positional | nodes.Near | None:
    """The node for a quoted text; None if there is no word in it.

    With a `distance`, its words in any order in one window; those written together (`中俄`, `F-16`)
    stay together. A `title` in 《 》 is a phrase that any-word search takes apart: its marks do not
    say that it must stand as it is.
    """
    if not distance:
        return joined(words(text, exact, run=title), run=title)
    chunks = (words(chunk, exact, run=True) for chunk in text.split())
    parts = [node for chunk in chunks if (node := joined(chunk, run=True))]
    if len(parts) < 2:
        return parts[0] if parts else None
    return nodes.Near(tuple(parts), distance)


def word(text: str, exact: bool) -> nodes.Positional | None:
    """The node for one written word with its operators; None if there is no word in it.

    Raises WordError for a wildcard or a fuzzy word that cannot be searched.
    """
    if text.startswith("=") and ("*" in text or "?" in _without_question_marks(text)):
        text, exact = text[1:], True  # a wildcard stands for exact forms anyway
    elif text.startswith("=") and len(text) > 1:
        return joined(words(text[1:], exact=True, run=True), run=True)
    if "~" in text and (fuzzy := re.match(_FUZZY, text)):
        return _fuzzy(fuzzy.group(1), fuzzy.group(2), fuzzy.start(2) - 1)
    text = _without_question_marks(text)
    if "*" not in text and "?" not in text:
        return joined(words(text, exact, run=True), run=True)
    return _wildcards(text, exact)


def _without_question_marks(text: str) -> str:
    """The text without the question marks that belong to a sentence."""
    return re.sub(_PUNCTUATION, "", text) if "?" in text else text


def _fuzzy(text: str, digits: str, offset: int) -> nodes.Positional:
    forms = tokenize(text).forms
    if len(forms) != 1 or is_ideograph(forms[0]):
        raise WordError(
            "a fuzzy word is one word of letters",
            "write allianse~1, or search for the parts",
            offset,
        )
    if digits not in ("1", "2"):
        raise WordError("a fuzzy word allows 1 or 2 changes", f"write {shortened(text)}~1", offset)
    return nodes.Fuzzy(forms[0], int(digits))


@cache
def _piece() -> re.Pattern[str]:
    """The pattern of the parts of a word with wildcards.

    It takes 3 ms to compile, and few queries need it.
    """
    return re.compile(
        "|".join(
            (
                f"(?P<word>[{scripts.LATIN}*?][{scripts.LATIN}{_JOINED}*?]*"
                f"|[{scripts.CYRILLIC}*?][{scripts.CYRILLIC}{_JOINED}*?]*)",
                r"(?P<digits>[\d*?]+)",
                f"(?P<ideographs>[{scripts.IDEOGRAPH}{scripts.VOICING}*?]+)",
                r"(?P<other>[^\W_]+[*?]*)",
            )
        )
    )


def _wildcards(text: str, exact: bool) -> nodes.Positional | None:
    parts: list[nodes.Positional] = []
    for match in _piece().finditer(text):
        piece, group = match.group(), match.lastgroup
        if "*" not in piece and "?" not in piece:
            parts.extend(terms(piece, exact))
        elif group == "ideographs" and piece.strip("*?"):
            parts.extend(_ideographs(piece, exact, match.start()))
        else:
            parts.append(_pattern(piece, group == "word", match.start()))
    return joined(tuple(parts), run=True)


def _ideographs(piece: str, exact: bool, offset: int) -> tuple[nodes.Term, ...]:
    """The terms of a run; a star at its end adds nothing, as Chinese is searched by character."""
    run = piece.rstrip("*")
    if "*" in run or "?" in run:
        raise WordError(
            "a wildcard cannot stand inside or before Chinese characters",
            "they are found one by one: write 中 ADJ/3 系",
            offset,
        )
    return terms(run, exact)


def _pattern(piece: str, letters: bool, offset: int) -> nodes.Prefix | nodes.Wildcard:
    if not piece.strip("*?"):
        raise WordError(
            "a wildcard needs letters beside it",
            "write pre* or wom?n; filters alone list all",
            offset,
        )
    fold = fold_word if letters else fold_other
    pattern = "".join(
        part if part in ("*", "?") else fold(part) for part in re.split(r"([*?])", piece)
    )
    if pattern.endswith("*") and not re.search(r"[*?]", pattern.rstrip("*")):
        return nodes.Prefix(pattern.rstrip("*"))
    return nodes.Wildcard(pattern)


@lru_cache(maxsize=256)
def _compiled(wildcard: str) -> re.Pattern[str]:
    return re.compile(expression(wildcard, "."), re.DOTALL)


def expression(wildcard: str, any_character: str) -> str:
    """A regular expression for a wildcard, which has to match a whole form.

    What stands between two stars is matched where it first comes; a later place cannot do better.
    An atomic group, as in `fnmatch.translate`, keeps the matcher from going back to it: with plain
    `.*` a pattern of ten stars takes time in the tenth power of a form's length.
    """
    first, *rest = (
        "".join(any_character if c == "?" else re.escape(c) for c in piece)
        for piece in _between_stars(wildcard)
    )
    if not rest:
        return first
    atomic = [
        f"(?=(?P<at{number}>{any_character}*?{piece}))(?P=at{number})"
        for number, piece in enumerate(rest[:-1])
    ]
    return first + "".join(atomic) + f"{any_character}*{rest[-1]}"


def _between_stars(wildcard: str) -> list[str]:
    """The pieces between stars. Several stars in a row are one, so `*?*` is `?*`."""
    tidied = re.sub(r"[*?]{2,}", _star_last, wildcard) if "*" in wildcard else wildcard
    return tidied.split("*")


def _star_last(signs: re.Match[str]) -> str:
    run = signs.group()
    return "?" * run.count("?") + "*" * ("*" in run)


def fits(node: nodes.Expanding, form: str) -> bool:
    """Whether `form` is one of the folded forms that `node` stands for."""
    match node:
        case nodes.Prefix():
            return form.startswith(node.text)
        case nodes.Wildcard():
            return _compiled(node.pattern).fullmatch(form) is not None
        case nodes.Fuzzy():
            return within_distance(node.text, form, node.distance)
        case _:
            assert_never(node)


def literal_prefix(node: nodes.Expanding) -> str:
    """What every form that `node` stands for begins with; may be empty."""
    match node:
        case nodes.Prefix():
            return node.text
        case nodes.Wildcard():
            return re.split(r"[*?]", node.pattern, maxsplit=1)[0]
        case nodes.Fuzzy():
            return ""
        case _:
            assert_never(node)


def within_distance(left: str, right: str, limit: int) -> bool:
    """Whether at most `limit` insertions, deletions or replacements turn `left` into `right`.

    Levenshtein's distance over code points; only the band of the table that can stay within
    the limit is computed (Ukkonen 1985, Algorithms for approximate string matching).
    """
    if abs(len(left) - len(right)) > limit:
        return False
    begin, end = 0, min(len(left), len(right))
    while begin < end and left[begin] == right[begin]:
        begin += 1
    behind = 0
    while begin < end - behind and left[-1 - behind] == right[-1 - behind]:
        behind += 1
    # A common beginning and end change nothing, and are most of two words that are alike.
    return _within(left[begin : len(left) - behind], right[begin : len(right) - behind], limit)


def _within(left: str, right: str, limit: int) -> bool:
    previous = list(range(len(right) + 1))
    for row, a in enumerate(left, 1):
        low, high = max(1, row - limit), min(len(right), row + limit)
        current = [limit + 1] * (len(right) + 1)
        current[0] = row
        for column in range(low, high + 1):
            current[column] = min(
                previous[column - 1] + (a != right[column - 1]),
                previous[column] + 1,
                current[column - 1] + 1,
            )
        if min(current[low - 1 : high + 1]) > limit:
            return False
        previous = current
    return previous[-1] <= limit
