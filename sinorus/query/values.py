"""The value of a field to a node, with the operators that may stand in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from math import inf, nextafter

from sinorus.model import KINDS
from sinorus.query import nodes, tree
from sinorus.query.bounds import shortened
from sinorus.query.evaluate import has_words
from sinorus.query.patterns import fits
from sinorus.query.tree import flatten
from sinorus.query.words import WordError, quotation, word
from sinorus.text.fold import fold_value
from sinorus.text.tokens import tokenize

TEXTS = ("title", "author", "publisher", "url", "citekey", "heading", "speaker")
"""Fields of words; so are those of the library's own front matter, which may also have numbers."""
_WHOLE = ("lang", "tag", "id")
_COMPARED = r"[<>]=?"
_RANGE = r"([^.\s]*(?:\.\d+)?)\s*\.\.\s*([^.\s]*(?:\.\d+)?)$"
_AGO = r"-\d+\s*[^\W\d]"
"""A date that counts from today: `-2y`."""
_NUMBER = r"-?\d{1,300}(?:\.\d{1,300})?$"

DateReader = Callable[[str], nodes.DateRange]
"""Reads a date or a range of dates. Raises FieldError for what is none."""


class FieldError(Exception):
    """A field that is not known (`value` is False), or a value that cannot be read.

    `offset` counts code points into the value.
    """

    def __init__(self, message: str, hint: str, value: bool = True, offset: int = 0) -> None:
        super().__init__(message)
        self.message, self.hint, self.value, self.offset = message, hint, value, offset


class Value:
    """A value as it was written: in quotes or not, with a distance and a sign before the quotes."""

    def __init__(self, text: str, quoted: bool = False, distance: int = 0, sign: str = "") -> None:
        self.text, self.quoted, self.distance, self.sign = text, quoted, distance, sign

    @property
    def shown(self) -> str:
        """The value as the query language writes it."""
        if not self.quoted:
            return self.text
        slop = f"~{self.distance}" if self.distance else ""
        return f'{self.sign}"{self.text.replace(chr(34), " ")}"{slop}'


def value_node(
    name: str, value: Value, extra: Collection[str], date_range: DateReader
) -> nodes.Node:
    """The node for a value of a known field. Raises FieldError for one that cannot be read.

    `extra` are the library's own fields; a mapping also has their values. `date_range` reads dates.
    """
    text = value.text
    if not value.quoted and text[:1] == "-" and not (name == "date" and re.match(_AGO, text)):
        return _excluded(name, value, extra, date_range)
    if not value.quoted and text == "=":
        raise FieldError("= stands right before a word", f"write {name}:=word")
    if value.distance and name not in TEXTS and name not in extra:
        raise FieldError(f"~ counts words, and {name}: has none", f"write {name}:value")
    if name == "date":
        return date_range(value.sign + text)
    if name == "path":
        path = text.removeprefix("./").rstrip("/")
        if not path:
            raise FieldError("path: has no value", "write path:seeds/* or path:seeds/background")
        return nodes.PathGlob(path)
    if name in _WHOLE:
        return _whole(name, value)
    if name == "kind":
        return _kind(value, extra)
    return _words(name, value, date_range)


def _excluded(
    name: str, value: Value, extra: Collection[str], date_range: DateReader
) -> nodes.Node:
    rest = value.text[1:]
    if not rest or rest[0] == "-":
        raise FieldError("- has nothing after it", f"write -{name}:value")
    try:
        return nodes.Not(value_node(name, Value(rest), extra, date_range))
    except FieldError as fault:
        raise FieldError(fault.message, fault.hint, offset=fault.offset + 1) from None


def _whole(name: str, value: Value) -> nodes.Node:
    """A value that is compared as a whole: exactly, or with a pattern."""
    text = value.text
    if not value.quoted:
        text = text.removeprefix("=")
        if re.match(_COMPARED, text):
            raise FieldError(f"{name}: has nothing to compare", f"write {name}:value")
        if name != "id" and re.search(r"\w~\d*$", text):
            at = text.rindex("~") + len(value.text) - len(text)
            raise FieldError("~ is for words of a text", f"write {name}:val*", offset=at)
    folded = fold_value(text)
    if not folded:
        raise FieldError(f"{name}: has no value", f"write {name}:value")
    if "*" in folded or "?" in folded:
        return nodes.FieldPattern(name, folded)
    return nodes.FieldValue(name, _language(text, folded) if name == "lang" else folded)


def _language(text: str, folded: str) -> str:
    """The code of a language, as documents have it. Raises FieldError for what is none."""
    if folded in ("en", "ru", "zh"):
        return folded
    from sinorus.text.languages import language_code

    code = language_code(text)
    if code is None:
        raise FieldError(
            f"{shortened(text)!r} is not a language", "write a code or a name: ru, zh-Hant, Russian"
        )
    return fold_value(code)


def _kind(value: Value, extra: Collection[str]) -> nodes.Node:
    """A kind of paragraphs; else documents whose front matter has this for a `kind` of its own."""
    folded = fold_value(value.text if value.quoted else value.text.removeprefix("="))
    if folded in KINDS:
        return nodes.FieldValue("kind", folded)
    if folded.strip("*?") and ("*" in folded or "?" in folded):
        pattern = nodes.Wildcard(folded)
        if kinds := [kind for kind in KINDS if fits(pattern, kind)]:
            return flatten(nodes.Or, [nodes.FieldValue("kind", kind) for kind in kinds])
    words = tuple(tokenize(value.text).stems)
    own: Collection[str] = extra.get("kind", ()) if isinstance(extra, Mapping) else ()
    if words and any(has_words(one, words) for one in own):
        return nodes.FieldWords("kind", words, value.text)
    hint = f"write one of {', '.join(KINDS)}"
    if not folded:
        raise FieldError("kind: has no value", hint)
    raise FieldError(f"there is no kind of paragraph {shortened(value.text)!r}", hint)


def _words(name: str, value: Value, date_range: DateReader) -> nodes.Node:
    """Words of a value; or, of a field of the library's own, its number or date in a range."""
    text = value.text
    compared = value.sign + text if value.sign != "=" else text
    if found := _range(name, compared, date_range):
        return found
    if not value.quoted and text[:1] in ("[", "{") and text[-1] not in ("]", "}"):
        raise FieldError("a range is written with ..", f"write {name}:10..20 or {name}:>=10")
    try:
        if value.quoted:
            node = quotation(text, value.distance, value.sign == "=")
        elif name == "url":  # where ? and = are letters like others
            plain = re.sub(r"[?~=]", " ", text)
            node = quotation(plain, 0, text[:1] == "=")
        else:
            node = word(text, exact=False, sentence=False)
    except WordError as fault:
        raise FieldError(fault.message, fault.hint, offset=fault.offset) from None
    if node is None:
        hint = f'write {name}:word or {name}:"two words"'
        raise FieldError(f"{name}: has no word in it", hint)
    terms = tree.written_terms(node)
    if terms is not None and not any(term.exact for term in terms):
        return nodes.FieldWords(name, tuple(tokenize(text).stems), text)
    return nodes.FieldText(name, node, value.shown)


def _range(name: str, text: str, date_range: DateReader) -> nodes.Node | None:
    """The range that a value says, with a comparison or two ends; None if it says none."""
    compared = re.match(_COMPARED, text)
    between = None if compared else re.match(_RANGE, text)
    if compared is None and between is None:
        return None
    if name in TEXTS:
        if between:
            return None
        raise FieldError(f"{name}: has words, nothing to compare", f"write {name}:word")
    if compared:
        sign, wanted = compared.group(), text[compared.end() :].strip()
        first, last = (wanted, "") if sign[0] == ">" else ("", wanted)
        open_ends = len(sign) == 1
    else:
        assert between is not None
        first, last, open_ends = *between.groups(), False
    ends = [end for end in (first, last) if end]
    if ends and all(re.match(_NUMBER, end) for end in ends):
        least = float(first) if first else None
        most = float(last) if last else None
        if open_ends:
            least = None if least is None else nextafter(least, inf)
            most = None if most is None else nextafter(most, -inf)
        if least is not None and most is not None and least > most:
            raise FieldError(f"the range {text} ends before it begins", f"write {last}..{first}")
        return nodes.FieldRange(name, least, most, text)
    try:
        days = date_range(text)
    except FieldError:
        if between:  # `a..b` may be a text
            return None
        hint = f"write {name}:>=20, {name}:10..20 or {name}:>=2022-05"
        raise FieldError("this is neither a number nor a date", hint) from None
    return nodes.FieldRange(name, days.since, days.until, text)
