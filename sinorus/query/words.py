"""The words of a query: from what is written to a node."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from sinorus.query import nodes
from sinorus.query.bounds import shortened
from sinorus.text import han, scripts
from sinorus.text.fold import (
    capitals,
    capitals_together,
    fold_other,
    fold_word,
    recased,
)
from sinorus.text.grammar import is_grammar
from sinorus.text.joins import wholes
from sinorus.text.stems import stem
from sinorus.text.tokens import Tokens, is_ideograph, tokenize

if TYPE_CHECKING:
    from sinorus.text.names import Alternatives

_JOINED = scripts.MARK + scripts.INVISIBLE + scripts.APOSTROPHE
"""What may stand between the letters of a word."""
_PIECE = rf"[\w*?{scripts.APOSTROPHE}]*\?[\w*?{scripts.APOSTROPHE}]*"
_CHANGES = r"(\d*(?:\.\d+)*)[^\w~*?]*$"
"""What stands behind the ~ of a fuzzy word: a number, and punctuation that belongs to no word."""


class WordError(Exception):
    """A word that cannot be read; `offset` counts code points into the word."""

    def __init__(self, message: str, hint: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message, self.hint, self.offset = message, hint, offset


Exact = bool | Literal["cased"]
"""How words are read: False by their stems; True as exact forms, which mind case if a capital is
written; "cased" as exact forms that always do."""


def terms(text: str, exact: Exact) -> tuple[nodes.Term, ...]:
    """A term for each token of `text`, which is written without quotes, in order."""
    return _terms(text, tokenize(text), exact, run=True)


def _terms(text: str, tokens: Tokens, exact: Exact, run: bool) -> tuple[nodes.Term, ...]:
    bound = tight(text, tokens) if run else ()
    spans = zip(tokens.starts, tokens.ends, strict=True)
    written = [text[start:end] for start, end in spans]
    if not exact:
        return tuple(
            nodes.Term(stem, False, raw, tight=at in bound)
            for at, (stem, raw) in enumerate(zip(tokens.stems, written, strict=True))
        )
    return tuple(
        nodes.Term(form, True, raw, cased=_cased(form, capitals(raw), exact), tight=at in bound)
        for at, (form, raw) in enumerate(zip(tokens.forms, written, strict=True))
    )


def _cased(form: str, bits: int, exact: Exact) -> str:
    """What an exact form is compared with, capitals and all; empty if it minds no case."""
    return recased(form, bits) if exact == "cased" or (exact and bits) else ""


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


def words(text: str, exact: Exact, run: bool) -> tuple[nodes.Positional, ...]:
    """A node for each word of `text`, in order: one with hyphens is also found without them.

    `run`: written without quotes, so that it does not reach over punctuation between Han.
    """
    tokens = tokenize(text)
    return hyphenated(text, tokens, _terms(text, tokens, exact, run), exact)


def hyphenated(
    text: str, tokens: Tokens, parts: Sequence[nodes.Positional], exact: Exact = False
) -> tuple[nodes.Positional, ...]:
    """The `parts` of a text, one a token; those that are one word as one.

    `off-shore`, `10,000` and `U. S. S. R.` are found as they are written, and without the signs.
    """
    found: list[nodes.Positional] = []
    ends = wholes(tokens.joins)
    at = 0
    while at < len(parts):
        first, at = at, ends.get(at, at + 1)
        if at - first == 1:
            found.append(parts[first])
            continue
        # The phrase finds each place where all are joined: once is enough to count it.
        solid = any((join.at, join.at + join.width) == (first, at) for join in tokens.joins)
        whole = _whole(text, tokens, slice(first, at), solid, exact)
        phrase = nodes.Phrase(tuple(parts[first:at]), run=True)
        shown = text[tokens.starts[first] : tokens.ends[at - 1]]
        article = text[tokens.ends[first]] in scripts.APOSTROPHE  # `L'Humanité` is also `Humanité`
        other = (parts[first + 1],) if article else ()
        found.append(nodes.Synonyms((phrase, whole, *other), shown))
    return tuple(found)


def form_node(alternatives: Alternatives, shown: str) -> nodes.Positional:
    """The node of a form that is searched with others, as `shown`."""
    parts: list[nodes.Positional] = []
    tokens = tokenize(shown)
    bound = tight(shown, tokens)
    columns = zip(alternatives, tokens.starts, tokens.ends, strict=True)
    for at, (stems, start, end) in enumerate(columns):
        written = shown[start:end]
        terms = tuple(
            nodes.Term(stem.removeprefix("="), stem.startswith("="), written, tight=at in bound)
            for stem in stems
        )
        parts.append(terms[0] if len(terms) == 1 else nodes.Synonyms(terms))
    found = hyphenated(shown, tokens, parts)
    return found[0] if len(found) == 1 else nodes.Phrase(found)


def _whole(text: str, tokens: Tokens, chosen: slice, solid: bool, exact: Exact) -> nodes.Term:
    """Some neighbours as one word."""
    forms = tokens.forms[chosen]
    spans = zip(tokens.starts[chosen], tokens.ends[chosen], strict=True)
    raw = [text[start:end] for start, end in spans]
    form = "".join(forms)
    if not exact:
        return nodes.Term(stem(form), False, "".join(raw), solid)
    bits = capitals_together(zip(forms, map(capitals, raw), strict=True))
    return nodes.Term(form, True, "".join(raw), solid, _cased(form, bits, exact))


def joined(parts: tuple[nodes.Positional, ...], run: bool) -> nodes.Positional | None:
    """A phrase of `parts`; a part alone as it is, None for no parts."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return nodes.Phrase(parts, run)


def quotation(
    text: str, distance: int, exact: Exact, title: bool = False
) -> nodes.Positional | nodes.Near | None:
    """The node for a quoted text; None if there is no word in it.

    With a `distance`, its words in any order in one window; those written together (`中俄`, `F-16`)
    stay together. Patterns and fuzzy words are what they are outside. A `title` in 《 》 is a
    phrase that any-word search takes apart: its marks do not say that it must stand as it is.

    Raises WordError for one of its words.
    """
    if distance:
        chunks = re.finditer(r"\S+", text)
        parts = [one for chunk in chunks if (one := _together(_quoted(chunk, exact, run=True)))]
        if len(parts) < 2:
            return parts[0] if parts else None
        return nodes.Near(tuple(parts), distance)
    return joined(_quoted_words(text, exact, run=title), run=title)


def _quoted_words(text: str, exact: Exact, run: bool) -> tuple[nodes.Positional, ...]:
    """The words of a phrase; what has no signs is read as one text."""
    if not re.search(r"[*?~=]", text):
        return words(text, exact, run)
    found: list[nodes.Positional] = []
    start = 0
    for chunk in re.finditer(r"\S+", text):
        if _has_sign(chunk.group()):
            before = text[start : chunk.start()]
            found += [*words(before, exact, run), *_quoted(chunk, exact, run)]
            start = chunk.end()
    return (*found, *words(text[start:], exact, run))


def _quoted(chunk: re.Match[str], exact: Exact, run: bool) -> tuple[nodes.Positional, ...]:
    """The words of a chunk of a quotation."""
    text = chunk.group()
    if not _has_sign(text):
        return words(text, exact, run)
    try:
        node = word(text, exact)
    except WordError as fault:
        raise WordError(fault.message, fault.hint, chunk.start() + fault.offset) from None
    if isinstance(node, nodes.Phrase):
        return node.parts
    return () if node is None else (node,)


def _together(parts: tuple[nodes.Positional, ...]) -> nodes.Positional | None:
    return joined(parts, run=True)


def _has_sign(chunk: str) -> bool:
    """Whether a chunk of a quotation is a pattern, a fuzzy word or an exact one."""
    if "*" in chunk or "?" in _without_question_marks(chunk):
        return True
    head, tilde, tail = chunk.rpartition("~")
    if tilde and head[-1:].isalpha() and re.match(_CHANGES, tail):
        return True
    return chunk[0] == "=" and chunk[1:2].isalnum()


def word(text: str, exact: Exact, sentence: bool = True) -> nodes.Positional | None:
    """The node for one written word with its operators; None if there is no word in it.

    In a `sentence` a question mark at the end of a word belongs to the sentence. Raises WordError
    for a wildcard or a fuzzy word that cannot be searched.
    """
    if text.startswith("=") and len(text) > 1:
        exact = exact or True
        if not re.search(r"[*?~]", text):
            return joined(words(text[1:], exact, run=True), run=True)
        # Patterns and fuzzy words stand for exact forms anyway.
        try:
            return word(text[1:], exact, sentence)
        except WordError as fault:
            raise WordError(fault.message, fault.hint, fault.offset + 1) from None
    if "~" in text and (fuzzy := _fuzzy(text, exact)):
        return fuzzy
    if sentence:
        text = _without_question_marks(text)
    if "*" in text or "?" in text:
        return _wildcards(text, exact)
    node = joined(words(text, exact, run=True), run=True)
    if isinstance(node, nodes.Term) and not node.exact and is_grammar(node.shown):
        return replace(node, loose=True)
    return node


def _without_question_marks(text: str) -> str:
    """The text without the question marks that belong to a sentence: at the end of a word.

    But not where the word has other signs before, as in `tr?at?`.
    """
    return re.sub(_PIECE, _without_question_mark, text) if "?" in text else text


def _without_question_mark(piece: re.Match[str]) -> str:
    text = piece.group()
    word = text.rstrip("?")
    signs = word.rstrip("*")
    return text if word == signs and ("*" in signs or "?" in signs) else word


def _fuzzy(text: str, exact: Exact) -> nodes.Positional | None:
    """The fuzzy word that a text is; None if it is none."""
    offset = text.rindex("~")
    word, changes = text[:offset], re.match(_CHANGES, text[offset + 1 :])
    if changes is None or not (word[-1:].isalnum() or word[-1:] in ("*", "?")):
        return None
    if "*" in word or "?" in word:
        raise WordError("~ and a wildcard exclude each other", "write allianse~1 or al*", offset)
    tokens = tokenize(word)
    forms = tokens.forms
    if len(forms) != 1 or is_ideograph(forms[0]):
        raise WordError(
            "a fuzzy word is one word of letters",
            "write allianse~1, or search for the parts",
            offset,
        )
    if changes.group(1) not in ("1", "2"):
        raise WordError("a fuzzy word allows 1 or 2 changes", f"write {shortened(word)}~1", offset)
    bits = capitals(word[tokens.starts[0] : tokens.ends[0]])
    return nodes.Fuzzy(forms[0], int(changes.group(1)), _cased(forms[0], bits, exact))


@cache
def _piece() -> re.Pattern[str]:
    """The pattern of the parts of a word with wildcards.

    It takes 3 ms to compile, and few queries need it.
    """
    latin, cyrillic = scripts.LATIN, scripts.CYRILLIC
    return re.compile(
        "|".join(
            (
                f"(?P<word>[*?]*(?:[{latin}][{latin}{_JOINED}*?]*|[{cyrillic}][{cyrillic}{_JOINED}*?]*))",
                r"(?P<digits>[*?]*\d[\d*?]*)",
                f"(?P<ideographs>[*?]*[{scripts.IDEOGRAPH}][{scripts.IDEOGRAPH}{scripts.VOICING}*?]*)",
                r"(?P<other>[*?]*[^\W_]+[*?]*)",
                r"(?P<signs>[*?]+)",
            )
        )
    )


def _wildcards(text: str, exact: Exact) -> nodes.Positional | None:
    parts: list[nodes.Positional] = []
    for match in _piece().finditer(text):
        piece, group = match.group(), match.lastgroup
        if "*" not in piece and "?" not in piece:
            parts.extend(terms(piece, exact))
        elif group == "ideographs":
            parts.extend(_ideographs(piece, exact, match.start()))
        else:
            parts.append(_pattern(piece, group == "word", match.start(), exact))
    return joined(tuple(parts), run=True)


def _ideographs(piece: str, exact: Exact, offset: int) -> tuple[nodes.Term, ...]:
    """The terms of a run; a star at its ends adds nothing, as Chinese is searched by character."""
    run = piece.strip("*")
    if "*" in run or "?" in run:
        raise WordError(
            "a wildcard cannot stand inside or before Chinese characters",
            "they are found one by one: write 中 ADJ/3 系",
            offset,
        )
    return terms(run, exact)


def _pattern(piece: str, letters: bool, offset: int, exact: Exact) -> nodes.Prefix | nodes.Wildcard:
    fold = fold_word if letters else fold_other
    pieces = [
        (part, 0) if part in ("*", "?") else (fold(part), capitals(part))
        for part in re.split(r"([*?])", piece)
    ]
    pattern = "".join(folded for folded, _ in pieces)
    if not pattern.strip("*?"):
        raise WordError(
            "a wildcard needs letters beside it",
            "write pre* or wom?n; for any word between two write a ADJ/2 b",
            offset,
        )
    cased = ""
    if exact == "cased" or (exact and any(bits for _, bits in pieces)):
        cased = "".join(recased(folded, bits) for folded, bits in pieces)
    if pattern.endswith("*") and not re.search(r"[*?]", pattern.rstrip("*")):
        return nodes.Prefix(pattern.rstrip("*"), cased.rstrip("*"))
    return nodes.Wildcard(pattern, cased)
