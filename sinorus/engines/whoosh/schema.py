"""The fields of the Whoosh index, and how tokens become its terms.

One Whoosh document is one paragraph. `text` holds every token as its stem and, for words of
letters, its exact form under an `=`; both at the token's position. One more Whoosh document a
commit, with the ordinal 0 and no text, holds the manifest: see `manifest.py`.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from whoosh import columns, fields, formats
from whoosh.system import pack_uint

from sinorus.text.tokens import is_ideograph

FORMAT = "whoosh-2"
"""Of what is stored and how; an index of another format is rebuilt."""


class TokensField(fields.FieldType):
    """Indexes the tokens it is given: no analyzer of Whoosh's own comes near them."""

    indexed = True
    scorable = False
    stored = False

    def __init__(self) -> None:
        self.format: Any = formats.Positions()
        self.analyzer = None

    def index(self, value: Any, **_: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Each term with its frequency, weight and encoded positions."""
        places: dict[str, list[int]] = {}
        for position, (form, stem) in enumerate(zip(value.forms, value.stems, strict=True)):
            places.setdefault(stem, []).append(position)
            exact = exact_term(form)
            if exact != stem:
                places.setdefault(exact, []).append(position)
        for term, positions in places.items():
            size = len(positions)
            yield term.encode(), size, float(size), self.format.encode(positions)

    def to_bytes(self, value: str | bytes) -> bytes:
        """The key of a term in Whoosh's dictionary."""
        return value if isinstance(value, bytes) else value.encode()


class WordsField(TokensField):
    """Indexes how often each stem of a title or of the headings occurs."""

    def __init__(self) -> None:
        self.format: Any = formats.Frequency()
        self.analyzer = None

    def index(self, value: Any, **_: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Each stem with its frequency."""
        for stem in dict.fromkeys(value.stems):
            size = value.stems.count(stem)
            yield stem.encode(), size, float(size), pack_uint(size)


def exact_term(form: str) -> str:
    """The term under which the exact form of a token is found: stems of words may collide."""
    if form[:1].isalpha() and not is_ideograph(form):
        return "=" + form
    return form


def make_schema() -> fields.Schema:
    """The schema of a new index."""
    return fields.Schema(
        text=TokensField(),
        title=WordsField(),
        heading=WordsField(),
        document=fields.ID(stored=False),
        ordinal=fields.COLUMN(columns.NumericColumn("I", default=0)),
        n=fields.COLUMN(columns.NumericColumn("I", default=0)),
        length=fields.COLUMN(columns.NumericColumn("I", default=0)),
        record=fields.STORED(),
    )
