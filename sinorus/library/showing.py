"""Documents and paragraphs by id, with what surrounds them and whether they are still the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sinorus.engines.port import Engine
from sinorus.errors import UnknownIdError
from sinorus.library.ids import Asked, find_document, place_in, read_id
from sinorus.model import Check, Document, Paragraph, Shown
from sinorus.query.evaluate import Passage, highlights
from sinorus.query.nodes import Node


def show(
    engine: Engine,
    ids: Iterable[str],
    *,
    before: int = 0,
    after: int = 0,
    node: Node | None = None,
) -> list[Shown]:
    """The paragraphs that `ids` ask for, in that order, with context; `node` is highlighted.

    Raises UnknownIdError for the first id that names nothing.
    """
    documents = list(engine.documents())
    found: list[Shown] = []
    for text in ids:
        asked, document = _find(engine, text, documents)
        found += _shown(engine, document, asked, before, after, node)
    return found


def _find(engine: Engine, text: str, documents: Sequence[Document]) -> tuple[Asked, Document]:
    """What an id or a place (`path:line`) asks for, and of which document."""
    asked = read_id(text)
    try:
        return asked, find_document(asked.document, documents)
    except UnknownIdError:
        place = place_in(text)
        if place is None:
            raise
        document = find_document(place[0], documents)
        for paragraph in engine.paragraphs(document.id):
            if paragraph.line <= place[1] <= paragraph.end_line:
                return Asked(text, document.id, paragraph.n, paragraph.n, None), document
        raise UnknownIdError(f"no paragraph of {document.id} is on line {place[1]}") from None


def _shown(
    engine: Engine, document: Document, asked: Asked, before: int, after: int, node: Node | None
) -> list[Shown]:
    everything = list(engine.paragraphs(document.id))
    first, last = asked.first or 1, asked.last or len(everything)
    check: Check | None = None
    if asked.hash and asked.first:
        check, moved_to = _check(everything, asked.first, asked.hash)
        first, last = moved_to, moved_to + last - first
    if first > len(everything):
        raise UnknownIdError(
            f"{document.id} has {len(everything)} paragraphs, there is no #{first}",
            f"sinorus show {document.id} prints them all",
        )
    chosen = everything[max(first - 1 - before, 0) : last + after]
    return [
        Shown(
            asked=asked.text,
            document=document,
            paragraph=paragraph,
            spans=highlights(node, Passage(document, paragraph)) if node else (),
            check=check if paragraph.n == first else None,
            context=not first <= paragraph.n <= last,
        )
        for paragraph in chosen
    ]


def _check(paragraphs: Sequence[Paragraph], n: int, written: str) -> tuple[Check, int]:
    """Whether paragraph `n` still has the hash, and the number of the one that has it now."""
    if n <= len(paragraphs) and paragraphs[n - 1].hash == written:
        return "exact", n
    same = [paragraph.n for paragraph in paragraphs if paragraph.hash == written]
    if same:
        return "moved", min(same, key=lambda other: abs(other - n))
    return "changed", n


def one_text(engine: Engine, text: str) -> tuple[Document, list[Paragraph]]:
    """The document and the paragraphs that one id names. Raises UnknownIdError."""
    shown = show(engine, [text])
    return shown[0].document, [item.paragraph for item in shown]
