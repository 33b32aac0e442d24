"""What a library shows of itself and of a document, and what it reports while it works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Literal, NamedTuple

from sinorus.errors import Reason
from sinorus.model.dates import Date
from sinorus.model.documents import DESCRIPTIVE_FIELDS, Document, Fault, Paragraph, Span
from sinorus.model.value import value

if TYPE_CHECKING:
    from sinorus.model.marks import Mark

Check = Literal["exact", "moved", "changed"]


@value(frozen=True)
class Former:
    """What a paragraph said before its source was changed or taken away.

    `document`, `n` and `hash` are those that it had. `until` is the day, `2026-11-26`, on which the
    index was made that no longer has it.
    """

    document: str
    n: int
    hash: str
    text: str
    until: str

    @property
    def id(self) -> str:
        """What it was called, `ID#N@HASH`."""
        return f"{self.document}#{self.n}@{self.hash}"


@value(frozen=True)
class Shown:
    """One paragraph that `show` prints; `check` where an id came with a hash (`d5#3@9f2c41aa`).

    What has changed has in `was` what it said, where that is known, and in `edits` the spans of
    that text that gave way to spans of the paragraph's own; either of a pair may be empty.

    `asked` is the id as it was given; `context` tells a neighbour from what was asked for. `notes`
    are the footnotes that it refers to and that are not shown by themselves or with one before.
    `whole`: its document was asked for, and no paragraph by its number. `marks` are those of the
    paragraph, without the words they keep.
    """

    asked: str
    document: Document
    paragraph: Paragraph
    matches: tuple[Span, ...] = ()
    check: Check | None = None
    context: bool = False
    notes: tuple[Paragraph, ...] = ()
    whole: bool = False
    was: Former | None = None
    edits: tuple[tuple[Span, Span], ...] = ()
    marks: tuple[Mark, ...] = ()


class Notice(str):
    """A sentence that a user should know and that is not an answer.

    `reason` says, where something can be done about it, which of `errors.REASONS` it is.
    """

    __slots__ = ("reason",)
    reason: Reason

    def __new__(cls, text: str, reason: Reason = "") -> Notice:
        notice = super().__new__(cls, text)
        notice.reason = reason
        return notice


class Progress(NamedTuple):
    """How far a run is: files and bytes done, of all that are to be read.

    What else takes its time says what it does and of what `done` and `total` are numbers.
    """

    done: int
    total: int
    bytes_done: int
    bytes_total: int
    doing: str = "indexing"
    unit: str = "files"


@value(frozen=True)
class IndexReport:
    """What an index run did, counted in files; `faults` of all files, old and new, by path.

    `others` are the paths of files of kinds that are not read, which are no faults, `other_kinds`
    their numbers by suffix, the most frequent first; `extras` has the suffixes of these that are
    read once an extra of sinorus is installed, and which.
    `documents` and `paragraphs` are what the index has now; `seconds` what the run took.
    """

    new: int
    updated: int
    unchanged: int
    removed: int
    skipped: int
    documents: int
    paragraphs: int
    seconds: float
    faults: tuple[Fault, ...]
    others: tuple[str, ...] = ()
    other_kinds: Mapping[str, int] = field(default_factory=dict)
    extras: Mapping[str, str] = field(default_factory=dict)


class Lacking(NamedTuple):
    """A document with those of the fields that were asked for which it has not."""

    document: Document
    without: tuple[str, ...]


def lacks(document: Document, name: str) -> bool:
    """Whether a field is not known: a descriptive one, or any other by its own name."""
    if name in DESCRIPTIVE_FIELDS:
        return name in document.missing
    if name in ("tag", "citekey"):
        return not (document.tags if name == "tag" else document.citekey)
    folded = name.lower()
    return not any(key.lower() == folded and value for key, value in document.extra.items())


@value(frozen=True)
class Added:
    """A file that is in the library now.

    `path` is relative to the library; `fields` are those that were written on top of it, empty if
    it had a front matter of its own, or of a file that is no text those that it gives itself;
    `encoding` is what it was in before, empty of no text; `beside` the sidecar that was written.
    """

    path: str
    fields: Mapping[str, str]
    encoding: str
    beside: str = ""


@value(frozen=True)
class OtherIndex:
    """The same library in another engine, beside the one in use.

    `missing` documents are in the one in use alone, `extra` in the other alone, `changed` in both
    with another text.
    """

    engine: str
    place: str
    updated: str
    documents: int
    paragraphs: int
    words: int
    missing: int
    extra: int
    changed: int


@value(frozen=True)
class Status:
    """The state of a library: counts, coverage, size and freshness of its index.

    `languages` maps a language (None: unknown) to (documents, paragraphs, words); `missing` maps
    a field to the documents without it; `bytes` is the index on disk; `changed`, `added` and
    `removed` count files that differ from the index; `damage` says what `--check` found;
    `by` is who made an index that several people use, `other` what another engine has;
    `other_kinds` counts files of kinds that are not read by suffix, most frequent first,
    and `extras` has those that are read once an extra of sinorus is installed, and which. `copies`
    are groups of ids of documents that say the same. `years` counts documents by `Document.year`,
    the earliest first.
    """

    library: str
    index_path: str
    engine: str
    format: str
    analysis: str
    version: str
    updated: str | None
    documents: int
    paragraphs: int
    words: int
    languages: Mapping[str | None, tuple[int, int, int]]
    first: Date | None
    last: Date | None
    missing: Mapping[str, int]
    bytes: int
    added: int
    changed: int
    removed: int
    checked: bool = False
    damage: tuple[str, ...] = ()
    by: str = ""
    other: OtherIndex | None = None
    other_kinds: Mapping[str, int] = field(default_factory=dict)
    extras: Mapping[str, str] = field(default_factory=dict)
    copies: tuple[tuple[str, ...], ...] = ()
    years: Mapping[str, int] = field(default_factory=dict)
