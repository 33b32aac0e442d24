"""What a writer takes from a library: a quotation with its source, an entry of a bibliography."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NamedTuple

from sinorus.model.documents import Document, Paragraph
from sinorus.model.status import Check
from sinorus.model.value import value

QuoteStyle = Literal["markdown", "pandoc", "org", "latex", "typst", "html", "plain"]
QUOTE_STYLES: tuple[QuoteStyle, ...] = (
    *("markdown", "pandoc", "org", "latex", "typst", "html", "plain"),
)
"""The languages of drafts that a quotation can be written in."""
KEYED: frozenset[QuoteStyle] = frozenset(("pandoc", "org", "latex", "typst"))
"""Those that cite a key of a bibliography; others spell the source out."""
QuoteMarks = Literal["auto", "en", "ru", "zh", "zh-Hant"]
QUOTE_MARKS: tuple[QuoteMarks, ...] = ("auto", "en", "ru", "zh", "zh-Hant")


class Locator(NamedTuple):
    """Where in a document: its page as it is printed, else as counted, else the paragraph."""

    kind: Literal["page", "paragraph"]
    first: str
    last: str


class Piece(NamedTuple):
    """What was quoted of a paragraph: its number, and a span in code points of its text."""

    n: int
    start: int
    end: int


@value(frozen=True)
class Quotation:
    """Words of a document as they go into a draft.

    `text` is that of the draft, in `style`; `words` what a reader sees of it between the marks,
    without markup, with an empty line between paragraphs. `reference` is `ID#N@HASH`, as drafts
    hold it, `key` the citation key of the document
    (empty if nobody wanted it); `url` leads to the words on the web. `check`
    tells what became of a paragraph that was asked for with a hash.
    """

    asked: str
    document: Document
    paragraphs: tuple[Paragraph, ...]
    pieces: tuple[Piece, ...]
    style: QuoteStyle
    block: bool
    words: str
    text: str
    key: str
    locator: Locator
    reference: str
    url: str | None = None
    check: Check | None = None

    def checked(self, check: Check | None) -> Quotation:
        """The same quotation, with what became of its paragraph."""
        return replace(self, check=check)


BibForm = Literal["bibtex", "biblatex", "csl-json"]
BIB_FORMS: tuple[BibForm, ...] = ("bibtex", "biblatex", "csl-json")
"""The forms in which a bibliography is written."""


BIB_STYLES = {
    "chicago-notes": "chicago-notes-bibliography-17th-edition",
    "chicago-author-date": "chicago-author-date-17th-edition",
    "apa": "apa",
    "mla": "modern-language-association",
    "gost": "gost-r-7-0-5-2008",
    "gb-t-7714": "china-national-standard-gb-t-7714-2015-numeric",
}
"""Short names of styles of the CSL repository, and what they are called there."""


class Bibliography(NamedTuple):
    """A bibliography: its text, the key of each document in it, by the document's id.

    `unknown` are the keys and ids that a draft cites and that nothing in the library has;
    `warnings` say what is lacking in an entry for the style that was asked for.
    """

    text: str
    keys: dict[str, str]
    unknown: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
