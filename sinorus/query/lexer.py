"""A query cut into lexemes, each with the column where it stands."""

from __future__ import annotations

import re
from typing import Literal

from sinorus.errors import QueryError, Reason
from sinorus.model.value import value
from sinorus.query.bounds import check_length, fault_in
from sinorus.query.quotations import CLOSING, closing
from sinorus.query.strays import stray
from sinorus.text.joins import typed

Kind = Literal[
    "word", "phrase", "(", ")", "or", "and", "not", "exact", "near", "adj", "field", "end"
]

_OPENING = re.escape("".join(CLOSING))
_BREAK = rf"\s()（）|｜{_OPENING}"
_WORD = re.compile(rf"[^{_BREAK}]+")
_OPERATORS: dict[str, Kind] = {"OR": "or", "AND": "and", "NOT": "not"}
_NEAR = r"(NEAR|ADJ)(?:/(.*))?$"
_FIELD = re.compile(r"([^\W\d_][\w-]*)[:：](?=\S|$)")
_SLOP = re.compile(r"~(\d*)")
_COMPARED = re.compile(rf"(?:=|[<>]=?)(?=[{_OPENING}])")
"""What may stand before a quotation that is the value of a field."""
_WIDE = str.maketrans("＊＝", "*=")


@value(frozen=True)
class Lexeme:
    """A piece of a query. `number` is the distance of NEAR, ADJ or `"…"~N`, 0 without one.

    `sign` is what stands before a quotation that is the value of a field: `=`, `>=` ….
    """

    kind: Kind
    text: str
    column: int
    number: int = 0
    exact: bool = False
    sign: str = ""


class Lexer:
    """Reads one query from left to right, once.

    Raises QueryError for a query that is too long.
    """

    def __init__(self, query: str) -> None:
        check_length(query)
        self.query = query
        self.at = 0
        self._text = query.translate(_WIDE)  # of the same length
        self._marks: dict[str, int] = {}

    def error(self, message: str, column: int, hint: str = "", reason: Reason = "") -> QueryError:
        """The error to raise for a fault at `column`."""
        return fault_in(self.query, message, column, hint, reason)

    def lexemes(self) -> list[Lexeme]:
        """All lexemes and a last one of kind `end`. Raises QueryError on an open quotation."""
        found: list[Lexeme] = []
        while self.at < len(self.query):
            char = self._text[self.at]
            if char.isspace():
                self.at += 1
            elif char in "(（":
                found.append(self._single("("))
            elif char in ")）":
                found.append(self._single(")"))
            elif char in "|｜":
                found.append(self._single("or"))
                self.at += self._text.startswith("|", self.at)  # || is the same
            elif char in CLOSING:
                found.append(self._phrase())
            else:
                found.extend(self._word())
        found.append(Lexeme("end", "", len(self.query)))
        return found

    def _single(self, kind: Kind) -> Lexeme:
        self.at += 1
        return Lexeme(kind, self.query[self.at - 1], self.at - 1)

    def _phrase(self, sign: str = "") -> Lexeme:
        start = self.at
        stop = closing(self.query, start, self._marks)
        if stop < 0:
            raise self.error(
                "this quotation mark is never closed",
                start,
                f"close it with {CLOSING[self.query[start]][0]}",
                "unclosed query",
            )
        self.at = stop + 1
        number = 0
        if slop := _SLOP.match(self.query, self.at):
            number = self._distance(slop.group(1), self.at, '"two words"~5')
            self.at = slop.end()
        return Lexeme("phrase", self.query[start + 1 : stop], start, number, sign == "=", sign)

    def _distance(self, digits: str, column: int, example: str) -> int:
        if not re.fullmatch(r"[0-9]{1,4}", digits) or not 1 <= int(digits) <= 1000:
            raise self.error("a distance is a number from 1 to 1000", column, f"write {example}")
        return int(digits)

    def _word(self) -> list[Lexeme]:
        start = self.at
        text = self._text[start]
        if text == "-":
            return self._minus()
        following = self._text[start + 1 : start + 2]
        if text == "=" and following in CLOSING:
            self.at += 1
            return [self._phrase("=")]
        if text == "=" and following and following in "(（":
            self.at += 1
            return [Lexeme("exact", text, start)]
        if field := _FIELD.match(self.query, start):
            self.at = field.end()
            return [Lexeme("field", field.group(1), start), *self._value()]
        match = _WORD.match(self._text, start)
        text = match.group() if match else text
        text = self._text[start : typed(self._text, start)] or text
        self.at = start + len(text)
        if text in _OPERATORS:
            return [Lexeme(_OPERATORS[text], text, start)]
        if text.startswith(("NEAR", "ADJ")) and (near := re.match(_NEAR, text)):
            kind: Kind = "near" if near.group(1) == "NEAR" else "adj"
            example = f"alliance {near.group(1)}/5 treaty"
            return [Lexeme(kind, text, start, self._distance(near.group(2) or "", start, example))]
        before = self._text[start - 1] if start else ""
        if found := stray(text, before, self._text[self.at : self.at + 1]):
            raise self.error(found.message, start + found.offset, found.hint)
        return [Lexeme("word", text, start)]

    def _value(self) -> list[Lexeme]:
        """The value of a field that begins here; none where a bracket or nothing follows."""
        if compared := _COMPARED.match(self._text, self.at):
            self.at = compared.end()
            return [self._phrase(compared.group())]
        value = _WORD.match(self._text, self.at)  # whatever it holds: url:https://…
        if value is None:
            return []
        self.at = value.end()
        return [Lexeme("word", value.group(), value.start())]

    def _minus(self) -> list[Lexeme]:
        """The lexeme of a minus that excludes: one right before a word. Any other is a dash."""
        self.at += 1
        rest = self.query[self.at : self.at + 1]
        if rest and not rest.isspace() and rest not in "-–—)）|｜":
            return [Lexeme("not", "-", self.at - 1)]
        while self.query[self.at : self.at + 1] == "-":
            self.at += 1
        return []
