"""Quotations and entries of a bibliography, of what ids name in a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sinorus.citation.bibliography import FORMS
from sinorus.citation.cited import cited_in
from sinorus.citation.entries import entry
from sinorus.citation.excerpts import Cut, excerpts
from sinorus.citation.quotations import quotation
from sinorus.engines.port import Engine
from sinorus.errors import SinorusError
from sinorus.library.ids import Ids, read_id
from sinorus.library.keys import Keys
from sinorus.library.showing import Selection
from sinorus.model import Document, Paragraph
from sinorus.model.citation import KEYED, BibForm, Bibliography, Quotation, QuoteMarks, QuoteStyle

_MOST = 2_000
"""Paragraphs of one quotation: a longer one is a slip."""


class Form(NamedTuple):
    """How a quotation is written; `block` None: by its length.

    `keyed`: its document's key is wanted also where the style does not print it.
    """

    style: QuoteStyle = "markdown"
    marks: QuoteMarks = "auto"
    block: bool | None = None
    keyed: bool = True


def quotations(
    engine: Engine, chosen: Selection, cut: Cut, form: Form, keys: Keys
) -> Iterator[Quotation]:
    """The quotation of each of the parts that were chosen, one after the other.

    Raises SinorusError for words or sentences that are not there.
    """
    for part, _ in chosen.parts():
        if part.last - part.first >= _MOST:
            raise SinorusError(
                f"{part.asked} has more than {_MOST:,} paragraphs", "quote some: ID#3-5"
            )
        found = list(engine.paragraphs(part.document.id, part.first, part.last))
        if not found:
            raise SinorusError(f"{part.document.id} has no text", "there is nothing to quote")
        pieces = excerpts(part.asked, _quotable(found, whole=part.whole), cut)
        key = keys[part.document] if form.keyed or form.style in KEYED else ""
        made = quotation(
            part.asked,
            part.document,
            pieces,
            key,
            style=form.style,
            marks=form.marks,
            block=form.block,
        )
        yield made.checked(part.check)


def bibliography(
    keys: Keys, documents: Iterable[Document], form: BibForm, style: str | None = None
) -> Bibliography:
    """The entries of documents, sorted by their keys, or formatted and sorted by a style."""
    made = {one.id: entry(one, keys[one]) for one in documents}
    ordered = sorted(made.values(), key=lambda one: (one.key.lower(), one.document.id))
    # Parts of one source may have one key, and an entry is told once.
    once = {one.key: one for one in reversed(ordered)}
    entries = [one for one in ordered if once[one.key] is one]
    told = {one.document.id: one.key for one in ordered}
    if style is None:
        return Bibliography(FORMS[form](entries), told)
    from sinorus.library.formatting import formatted

    text, warnings = formatted(entries, style)
    return Bibliography(text, told, warnings=warnings)


def cited_documents(
    engine: Engine, keys: Keys, draft: str
) -> tuple[list[Document], tuple[str, ...]]:
    """The documents that a draft cites, and the keys and ids in it that name none."""
    every = keys.every
    by_key: dict[str, list[str]] = {}
    for name, key in every.items():
        by_key.setdefault(key, []).append(name)
    cited = cited_in(draft, by_key.__contains__)
    wanted = [name for key in cited.keys for name in by_key[key]]
    unknown = list(cited.unknown)
    for reference in cited.references:
        if reference.document in every:
            wanted.append(reference.document)
        elif moved := reference.hash and engine.paragraph_by_hash(reference.hash):
            wanted.append(moved[0].document)
        else:
            unknown.append(reference.id)
    ids = list(dict.fromkeys(wanted))
    found = {one.id: one for one in engine.documents(ids)} if ids else {}
    return [found[name] for name in ids], tuple(dict.fromkeys(unknown))


def named_documents(engine: Engine, words: Sequence[str]) -> list[Document] | None:
    """The documents that all of the words name, perhaps by their paragraphs; None for a query."""
    ids = Ids(engine)
    found = []
    for word in words:
        document = ids.known(read_id(word).document)
        if document is None:
            if len(words) == 1 and "#" not in word:
                return None
            if any(ids.has(one) for one in words) or "#" in word:
                raise ids.unknown(read_id(word).document)
            return None
        found.append(document)
    return found


def _quotable(paragraphs: list[Paragraph], *, whole: bool) -> list[Paragraph]:
    """Of a whole document the text, without its footnotes."""
    text = [one for one in paragraphs if one.kind != "footnote"]
    return text if whole and text else paragraphs
