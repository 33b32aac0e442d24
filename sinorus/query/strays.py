"""Signs that are operators elsewhere, or stand where they mean nothing: each is pointed at.

To leave them out would be to search for something else than was asked, and not to say so.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Stray(NamedTuple):
    """A sign that means nothing where it stands: how far into the word, and what to say."""

    offset: int
    message: str
    hint: str


# Not compiled here: few queries have such signs.
_FIELD = r"[-=!+]+([^\W\d_][\w-]*)[:：]"
_WEIGHT = r"\^\d+(?:\.\d+)?$"
_NEARLY = r"(?i)(near|adj|w|within)[/~:]?(\d+)$"
_CLASS = r"\[\w{1,8}-[\w-]{0,32}\][+*?{]|(?<![\w:])\\[wdsbWDSB](?:[+*{]|\w*\\)"
_CALLED = ("near", "adj", "within", "and", "or", "not")
_RAISED = "there are no weights: what is rarer counts for more by itself"


def stray(text: str, before: str, after: str) -> Stray | None:
    """The first sign of a word that means nothing; `before` and `after` are its neighbours.

    They are the characters right beside it, empty at the ends of the query.
    """
    if not text.strip("="):
        return Stray(0, "there is nothing to search for right after =", "write =treaties")
    first = text[0]
    if first in "=!+" and (field := re.match(_FIELD, text)):
        name, sign = field.group(1), {"=": "=", "!": "-", "+": ""}[first]
        return Stray(0, f"{first} cannot stand before a field", f"write {name}:{sign}…")
    if text.startswith(("=-", "=!")):
        return Stray(1, "what excludes stands before the =", f"write -={_rest(text[2:])}")
    if first == "!" and text[1:2].isalnum():
        return Stray(0, "! excludes nothing", f"write -{_rest(text[1:])} or NOT {_rest(text[1:])}")
    if first == "~" and (before == ")" or text[1:2].isalpha()):
        return Stray(0, "~ stands right behind a word or a quotation", 'write treaty~1 or "a b"~5')
    if "^" in text and (weight := re.search(_WEIGHT, text)):
        at = weight.start()
        if text[at - 1].isalpha() if at else before in ')"”»':
            return Stray(at, "^ has no meaning", _RAISED)
    return _other_language(text, after)


def _other_language(text: str, after: str) -> Stray | None:
    if (len(text) > 2 and text[0] == text[-1] == "/") or (text == "/" and after == "("):
        return Stray(0, "there are no regular expressions", 'write alli?nce, alli* or "a/b"')
    if ("[" in text or "\\" in text) and (found := re.search(_CLASS, text)):
        return Stray(found.start(), "there are no regular expressions", "write alli?nce or alli*")
    if text[0] in "nNaAwW" and text[-1].isdigit() and (nearly := re.match(_NEARLY, text)):
        name = "ADJ" if nearly.group(1).lower() == "adj" else "NEAR"
        if not re.match(r"(NEAR|ADJ)/", text) and (
            text[-len(nearly.group(2)) - 1] in "/~:"
            or (nearly.group(1).isupper() and name == nearly.group(1))
        ):
            right = f"{name}/{nearly.group(2)[:4]}"
            return Stray(0, f"{text[:20]} is no operator", f"write {right}, or quote it")
    if after == "(" and text.lower() in _CALLED and text not in ("AND", "OR", "NOT"):
        right = text.upper() if text.lower() in ("and", "or", "not") else ""
        hint = (
            f"operators are in capitals: {right} (…)" if right else "write alliance NEAR/5 treaty"
        )
        return Stray(0, f"{text}( ) is no operator", hint)
    return None


def _rest(word: str) -> str:
    return word[:40] or "word"
