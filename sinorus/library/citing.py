"""Quotations and entries of a bibliography, of what ids name in a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sinorus.citation.excerpts import Cut, excerpts
from sinorus.citation.keys import citation_keys, own_key
from sinorus.citation.quotations import quotation
from sinorus.engines.port import Engine
from sinorus.errors import SinorusError
from sinorus.library.showing import Selection
from sinorus.model import Document, Paragraph
from sinorus.model.citation import Quotation, QuoteMarks, QuoteStyle

_MOST = 2_000
"""Paragraphs of one quotation: a longer one is a slip."""


class Form(NamedTuple):
    """How a quotation is written; `block` None: by its length."""

    style: QuoteStyle = "markdown"
    marks: QuoteMarks = "auto"
    block: bool | None = None


class Keys:
    """The citation keys of a library's documents; all are looked at once one of them has none."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._made: Mapping[str, str] | None = None

    def __getitem__(self, document: Document) -> str:
        if key := own_key(document):
            return key
        if self._made is None:
            self._made = citation_keys(self._engine.documents())
        return self._made[document.id]


def quotations(engine: Engine, ids: Iterable[str], cut: Cut, form: Form) -> Iterator[Quotation]:
    """The quotation of each id, one after the other.

    Raises UnknownIdError; SinorusError for words or sentences that are not there.
    """
    keys = Keys(engine)
    chosen = Selection(engine, ids)
    for part, _ in chosen.parts():
        if part.last - part.first >= _MOST:
            raise SinorusError(
                f"{part.asked} has more than {_MOST:,} paragraphs", "quote some: ID#3-5"
            )
        found = list(engine.paragraphs(part.document.id, part.first, part.last))
        if not found:
            raise SinorusError(f"{part.document.id} has no text", "there is nothing to quote")
        pieces = excerpts(part.asked, _quotable(found, whole=part.whole), cut)
        key = keys[part.document]
        made = quotation(part.asked, part.document, pieces, key, **form._asdict())
        yield made.checked(part.check)


def _quotable(paragraphs: list[Paragraph], *, whole: bool) -> list[Paragraph]:
    """Of a whole document the text, without its footnotes."""
    text = [one for one in paragraphs if one.kind != "footnote"]
    return text if whole and text else paragraphs
