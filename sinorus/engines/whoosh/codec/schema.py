"""The fields that Whoosh sees in an index of sinorus, and the analysis of their texts.

One Whoosh document is one paragraph. `text` has the stems and `exact` the forms of its tokens, both
with positions; `title`, `heading` and `speaker` the stems above it. `document` is the id of its
document, `kind` what it is.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any, NoReturn

from whoosh import fields, formats
from whoosh.analysis.acore import Token
from whoosh.analysis.analyzers import Analyzer
from whoosh.system import pack_uint

from sinorus.text.fold import fold_word
from sinorus.text.tokens import Tokens, tokenize


class Words(Analyzer):
    """The words of a text as Whoosh's tokens, for its highlighter; indexing goes without it."""

    def __init__(self, stems: bool) -> None:
        self.stems = stems

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        """Yields a token for each word."""
        tokens = tokenize(value)
        words = tokens.stems if self.stems else tokens.forms
        for at, (word, start, end) in enumerate(
            zip(words, tokens.starts, tokens.ends, strict=True)
        ):
            place = {"text": word, "pos": at, "startchar": start, "endchar": end}
            yield Token(**{**options, **place}, original=value[start:end])


class StemsField(fields.FieldType):
    """Indexes the stems of tokens it is given: no analyzer of Whoosh's own comes near them."""

    indexed = True
    scorable = True
    stored = True

    def __init__(self) -> None:
        self.format: Any = formats.Positions()
        self.analyzer: Any = Words(stems=True)

    def words(self, value: Tokens) -> list[str]:
        """The terms of a text, by position."""
        return value.stems

    def index(self, value: Any, **_: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Each term with its frequency, weight and encoded positions."""
        places: dict[str, list[int]] = {}
        for position, word in enumerate(self.words(value)):
            places.setdefault(word, []).append(position)
        for word, positions in places.items():
            size = len(positions)
            yield self.to_bytes(word), size, float(size), self.format.encode(positions)

    def to_bytes(self, value: str | bytes) -> bytes:
        """The key of a term in the dictionary."""
        return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")

    def from_bytes(self, bs: Any) -> str:
        """The term of a key."""
        return bytes(bs).decode("utf-8", "surrogatepass")

    def process_text(self, qstring: str, mode: str = "", **options: Any) -> Iterator[str]:
        """The terms of a text, as Whoosh's query parser asks for them; a pattern stays one."""
        if not options.get("tokenize", True):
            return iter([fold_word(qstring)])
        return iter(self.words(tokenize(qstring)))


class FormsField(StemsField):
    """Indexes the forms of tokens."""

    stored = False

    def __init__(self) -> None:
        super().__init__()
        self.analyzer = Words(stems=False)

    def words(self, value: Tokens) -> list[str]:
        """The forms of a text, by position."""
        return value.forms


class AboveField(StemsField):
    """Indexes how often each stem of a title, of headings or of a speaker's name occurs."""

    scorable = False
    stored = False

    def __init__(self) -> None:
        super().__init__()
        self.format = formats.Frequency()

    def index(self, value: Any, **_: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Each stem with its frequency."""
        words = self.words(value)
        for word in dict.fromkeys(words):
            size = words.count(word)
            yield self.to_bytes(word), size, float(size), pack_uint(size)


class IndexSchema(fields.Schema):
    """The schema of an index; one that was read from an index cannot be written again.

    Whoosh cleans a schema right before it writes a table of contents, and only then.
    """

    _read = False

    def __setstate__(self, state: Any) -> None:
        super().__setstate__(state)
        self._read = True

    def clean(self) -> None:
        """Drops what is cached. Raises TypeError for a schema that was read."""
        if self._read:
            refuse()
        super().clean()


def refuse() -> NoReturn:
    """Raises the error for a program that wants to write an index with Whoosh."""
    raise TypeError(
        "Whoosh can read an index of sinorus but not write it: run sinorus index for that"
    )


def make_schema() -> fields.Schema:
    """The schema of every index."""
    return IndexSchema(
        text=StemsField(),
        exact=FormsField(),
        title=AboveField(),
        heading=AboveField(),
        speaker=AboveField(),
        kind=fields.ID(),
        document=fields.ID(stored=True),
        n=fields.STORED(),
    )
