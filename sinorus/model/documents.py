"""Documents, their paragraphs, and what is known of their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal, NamedTuple

from sinorus.model.value import value

Span = tuple[int, int]
"""Start and end (exclusive), in Unicode code points of a paragraph's text."""

Precision = Literal["year", "month", "day"]
Grouping = Literal["document", "publisher", "author", "year", "lang"]
GROUPINGS: tuple[Grouping, ...] = ("document", "publisher", "author", "year", "lang")
Extra = Mapping[str, str | tuple[str, ...]]
DESCRIPTIVE_FIELDS = ("title", "author", "publisher", "date", "url", "lang")
"""The fields that every document should have, as formats and flags name them."""


@value(frozen=True, order=True)
class Date:
    """A date as precise as its source: `2023`, `2023-05` or `2023-05-04`."""

    text: str

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        return "year" if len(self.text) == 4 else "month" if len(self.text) == 7 else "day"

    @property
    def first(self) -> str:
        """The first day it may mean, as `YYYY-MM-DD`."""
        return self.text + "-01-01"[len(self.text) - 4 :]

    @property
    def last(self) -> str:
        """The last day it may mean, as `YYYY-MM-DD`."""
        if len(self.text) != 7:
            return self.text + "-12-31"[len(self.text) - 4 :]
        year, month = int(self.text[:4]), int(self.text[5:])
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        days = 31 - (month in (4, 6, 9, 11)) if month != 2 else 28 + leap
        return f"{self.text}-{days}"


def day_number(day: str) -> int:
    """`YYYY-MM-DD` as the number YYYYMMDD, which compares as the text does. Raises ValueError."""
    return int(day.replace("-", ""))


@value(frozen=True)
class Document:
    """One source: what is known of it. Unknown is None or empty, never guessed.

    `path` is relative to the library, with `/`, as the file system spells it (undecodable
    bytes as surrogates). `derived` names the fields that were read off the text and not off
    the front matter (`lang` from the script, `title` from a first heading). `words` counts
    tokens: words of letters, numbers, single Han characters.
    """

    id: str
    path: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: Date | None = None
    url: str | None = None
    lang: str | None = None
    tags: tuple[str, ...] = ()
    extra: Extra = field(default_factory=dict)
    derived: tuple[str, ...] = ()
    encoding: str = "utf-8"
    paragraphs: int = 0
    words: int = 0

    @property
    def year(self) -> str | None:
        """The four digits of the year, where a date is known."""
        return self.date.text[:4] if self.date else None

    @property
    def missing(self) -> tuple[str, ...]:
        """Those of `DESCRIPTIVE_FIELDS` that are not known."""
        known = (self.title, self.authors, self.publisher, self.date, self.url, self.lang)
        named = zip(DESCRIPTIVE_FIELDS, known, strict=True)
        return tuple(name for name, value in named if not value)

    def groups(self, by: Grouping) -> tuple[str | None, ...]:
        """The groups it belongs to when sources are grouped: several authors make several.

        `(None,)` where the field is not known. `zh-Hans` and `zh-Hant` are both of `zh`.
        """
        if by == "author":
            return tuple(dict.fromkeys(self.authors)) or (None,)
        language = self.lang.split("-")[0] if self.lang else None
        value = {"document": self.id, "publisher": self.publisher, "lang": language}
        return (self.year if by == "year" else value[by],)


@value(frozen=True)
class Paragraph:
    """One paragraph of a document.

    `text` keeps the line breaks of the file but not the marks of its block (`> `, `- `);
    `margins` has, for each of its lines, how many UTF-8 bytes of the physical line stand before
    the text (empty: none on any line). `line` and `end_line` count from 1. `hash` is eight
    hexadecimal digits of the normalised text, see `text.tokens.paragraph_hash`.
    """

    document: str
    n: int
    text: str
    line: int
    end_line: int
    heading: tuple[str, ...] = ()
    hash: str = ""
    margins: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """`DOCUMENT#N`, what every command accepts and prints."""
        return f"{self.document}#{self.n}"


@value(frozen=True)
class Fault:
    """Something that was wrong with a file: `line` from 1, or None where it has no line.

    `skipped` tells whether the document is missing from the index because of it.
    """

    path: str
    line: int | None
    reason: str
    skipped: bool


DIGITS = 32
"""Of the bytes of a file, in the digest of its fingerprint."""


class Fingerprint(NamedTuple):
    """What the index knows of a file, to tell whether it has changed; there may be very many.

    `mtime` and `ctime` are in nanoseconds; a `ctime` of 0 says that the file was written so shortly
    before it was read that later writing may have left no trace: it is read again. `digest` is 32
    hexadecimal digits of the file's bytes (zeros if they were not read), and the stamp of the
    defaults that it was read with, if there were any.
    """

    document: str
    path: str
    size: int
    mtime: int
    ctime: int
    inode: int
    digest: str


class ParagraphId(NamedTuple):
    """Where a paragraph is: its document and its number there, from 1. `str` gives `document#n`."""

    document: str
    n: int

    def __str__(self) -> str:
        return f"{self.document}#{self.n}"


class Reading(NamedTuple):
    """What became of a file that was read: its document, or why there is none.

    Without a document the file is skipped because of `faults`, or (`same`) it holds the very bytes
    that are indexed already. `fingerprint` is what is known of the file now; it belongs to the very
    bytes that were read, also if the file changed meanwhile. A `passing` fault, such as missing
    permissions, leaves what is known of the file as it is, so that it is tried again. Of a document
    that no engine has taken in, paragraphs have no hash, and the document counts no words.
    """

    fingerprint: Fingerprint
    document: Document | None = None
    paragraphs: Sequence[Paragraph] = ()
    faults: Sequence[Fault] = ()
    same: bool = False
    passing: bool = False
