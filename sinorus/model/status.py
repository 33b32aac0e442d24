"""What a library shows of itself and of a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sinorus.model.documents import Date, Document, Paragraph, Span
from sinorus.model.value import value

Check = Literal["exact", "moved", "changed"]


@value(frozen=True)
class Shown:
    """One paragraph that `show` prints; `check` where an id came with a hash (`d5#3@9f2c41aa`).

    `asked` is the id as it was given; `context` tells a neighbour from what was asked for.
    """

    asked: str
    document: Document
    paragraph: Paragraph
    spans: tuple[Span, ...] = ()
    check: Check | None = None
    context: bool = False


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
    `by` is who made an index that several people use, `other` what another engine has.
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
