"""Documents, their paragraphs, and what is known of their files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal, NamedTuple

from sinorus.model.dates import Date
from sinorus.model.value import value

Span = tuple[int, int]
"""Start and end (exclusive), in Unicode code points of a paragraph's text."""

Kind = Literal[
    "text", "heading", "list", "quote", "table", "code", "footnote", "caption", "speaker"
]
KINDS: tuple[Kind, ...] = (
    *("text", "heading", "list", "quote", "table", "code", "footnote", "caption", "speaker"),
)
"""What a paragraph may be; `speaker` is one that begins with the name of who speaks."""
Style = Literal["emphasis", "strong", "code", "link", "superscript", "subscript", "struck", "math"]
STYLES: tuple[Style, ...] = (
    *("emphasis", "strong", "code", "link", "superscript", "subscript", "struck", "math"),
)

Grouping = str
"""What sources are grouped by: one of `GROUPINGS`, or any key of their metadata."""
GROUPINGS: tuple[Grouping, ...] = (
    *("document", "publisher", "author", "year", "decade", "lang", "folder"),
)
IN_ORDER = ("year", "decade", "date")
"""Groups of these are read in their own order, and not by how much they say."""
OWN_KEYS = ("title", "tag", "url", "date", "id", "path")
"""The keys that every document may have, beside those in `GROUPINGS`."""
LONGEST_ID = 10_000
"""Characters of an id; paths of files have 4,096 at most."""
Extra = Mapping[str, str | tuple[str, ...]]
DESCRIPTIVE_FIELDS = ("title", "author", "publisher", "date", "url", "lang")
"""The fields that every document should have, as formats and flags name them."""


_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def file_title(path: str) -> str:
    """What a document is called that has no title: the name of its file without suffix."""
    name = path.rpartition("/")[2]
    stem, _, suffix = name.rpartition(".")
    return _NOT_TEXT.sub("\ufffd", name if not stem or " " in suffix else stem)


@value(frozen=True)
class Document:
    """One source: what is known of it. Unknown is None or empty, never guessed.

    `path` is relative to the library, with `/`, as the file system spells it (undecodable
    bytes as surrogates). `derived` names the fields that were read off the text and not off
    the front matter (`lang` from the script, `title` from a first heading or the file's name).
    `words` counts tokens: words of letters, numbers, single Han characters. `citekey` is what it is
    cited by in the user's own manuscripts.
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
    citekey: str | None = None

    @property
    def year(self) -> str | None:
        """The year of the date, where one is known; of a range over several, `2019/2020`."""
        return self.date.year if self.date else None

    @property
    def missing(self) -> tuple[str, ...]:
        """Those of `DESCRIPTIVE_FIELDS` that are not known; the name of a file is no title."""
        title = (
            None if "title" in self.derived and self.title == file_title(self.path) else self.title
        )
        known = (title, self.authors, self.publisher, self.date, self.url, self.lang)
        named = zip(DESCRIPTIVE_FIELDS, known, strict=True)
        return tuple(name for name, value in named if not value)

    def groups(self, by: Grouping) -> tuple[str | None, ...]:
        """The groups it belongs to when sources are grouped: several authors make several.

        `(None,)` where the field is not known. `zh-Hans` and `zh-Hant` are both of `zh`; a folder
        is a path in the library.
        """
        match by:
            case "document" | "id":
                return (self.id,)
            case "path":
                return (self.path,)
            case "date":
                return (self.date.text if self.date else None,)
            case "folder":
                return (self.path.rpartition("/")[0] or ".",)
            case "year":
                return (self.year,)
            case "decade":
                return (self.date.decade if self.date else None,)
            case "lang":
                return (self.lang.split("-")[0] if self.lang else None,)
            case "author" | "tag":
                return _keys(self.authors if by == "author" else self.tags)
            case "publisher" | "title" | "url":
                value: str | None = getattr(self, by)
                return (value or None,)
            case _:
                extra = self.extra.get(by, ())
                return _keys((extra,) if isinstance(extra, str) else extra)


def _keys(values: Sequence[str]) -> tuple[str | None, ...]:
    return tuple(dict.fromkeys(filter(None, values))) or (None,)


class Place(NamedTuple):
    """From `start` of a paragraph's text on, where it stands in the file.

    `line` counts from 1, `column` is how many UTF-8 bytes of the physical line stand before.
    """

    start: int
    line: int
    column: int


class Styled(NamedTuple):
    """A stretch of a paragraph's text that a reader sees in another style.

    `start` and `end` (exclusive) are code points; `target` is where a link leads, else empty.
    """

    start: int
    end: int
    kind: Style
    target: str = ""


@value(frozen=True)
class Paragraph:
    """One paragraph of a document.

    `text` is what a reader sees: the line breaks of the file, but no markup. `places` leads from
    it to the file: up to the next place the text is the file's, character by character, but for an
    entity or an escape, whose place is where it begins. Empty, line n of the text is all of line
    `line + n`. `line` and `end_line` count from 1; they are 0 where the file has no lines that a
    person could go to (PDF, EPUB, DOCX). `hash` is eight hexadecimal digits of the
    normalised text, see `text.tokens.paragraph_hash`.

    `mark` is what stands before an item of a list that is counted: `3.`.

    `heading` has the headings above it, the outermost first. `spans` are in the order of their
    starts, outer before inner. `notes` are the numbers of the footnotes that it refers to,
    `noted_by` of a footnote the numbers of the paragraphs that refer to it. `speaker` is who speaks
    where a transcript says so, as it is written there; `time` when it is said in a film or sound,
    as `HH:MM:SS` from its beginning. `page` and `end_page` are where it begins and ends in a file
    that has pages, counted from 1; `page_label` is the first of them as it is printed, where the
    file says so.
    """

    document: str
    n: int
    text: str
    line: int
    end_line: int
    heading: tuple[str, ...] = ()
    hash: str = ""
    kind: Kind = "text"
    places: tuple[Place, ...] = ()
    spans: tuple[Styled, ...] = ()
    notes: tuple[int, ...] = ()
    noted_by: tuple[int, ...] = ()
    speaker: str | None = None
    time: str | None = None
    page: int | None = None
    end_page: int | None = None
    page_label: str | None = None
    mark: str | None = None

    def __init__(
        self,
        document: str,
        n: int,
        text: str,
        line: int,
        end_line: int,
        heading: tuple[str, ...] = (),
        hash: str = "",  # noqa: A002 - it is the name of the field
        kind: Kind = "text",
        places: tuple[Place, ...] = (),
        spans: tuple[Styled, ...] = (),
        notes: tuple[int, ...] = (),
        noted_by: tuple[int, ...] = (),
        speaker: str | None = None,
        time: str | None = None,
        page: int | None = None,
        end_page: int | None = None,
        page_label: str | None = None,
        mark: str | None = None,
    ) -> None:
        # By hand, a third of what `value` takes: of nothing else are so many made.
        known = self.__dict__
        known["document"] = document
        known["n"] = n
        known["text"] = text
        known["line"] = line
        known["end_line"] = end_line
        known["heading"] = heading
        known["hash"] = hash
        known["kind"] = kind
        known["places"] = places
        known["spans"] = spans
        known["notes"] = notes
        known["noted_by"] = noted_by
        known["speaker"] = speaker
        known["time"] = time
        known["page"] = page
        known["end_page"] = end_page
        known["page_label"] = page_label
        known["mark"] = mark

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


PART = "//"
"""Between the path of a file and the name of a document that stands in it; no path has it."""


class PartFile(NamedTuple):
    """A document that stands in a file: an attachment, a message of a mailbox.

    Its `path` is that of the file, `PART` and its name; `kept` is under which name it is kept since
    the file was converted.
    """

    path: str
    kept: str


class Reading(NamedTuple):
    """What became of a file that was read: its document, or why there is none.

    Without a document the file is skipped because of `faults`, or (`same`) it holds the very bytes
    that are indexed already. `fingerprint` is what is known of the file now; it belongs to the very
    bytes that were read, also if the file changed meanwhile. A `passing` fault, such as missing
    permissions, leaves what is known of the file as it is, so that it is tried again. Of a document
    that no engine has taken in, paragraphs have no hash, and the document counts no words. `parts`
    are the documents that stand in the file beside its own, to be read each for itself.
    """

    fingerprint: Fingerprint
    document: Document | None = None
    paragraphs: Sequence[Paragraph] = ()
    faults: Sequence[Fault] = ()
    same: bool = False
    passing: bool = False
    parts: Sequence[PartFile] = ()
