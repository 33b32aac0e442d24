"""Where in the world a paragraph is: the file that it stands in, its address on the web."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sinorus.citation.addresses import address_at, address_of
from sinorus.engines.port import Engine
from sinorus.errors import SinorusError
from sinorus.files import Tree
from sinorus.library.former import Formers
from sinorus.library.showing import Part, Selection
from sinorus.model import Document, Paragraph
from sinorus.model.documents import PART
from sinorus.sources.kinds import is_text


class Opening(NamedTuple):
    """An id, the first paragraph that it asks for, and the file of its document.

    `file` is absolute. `inside` tells that the document stands in that file beside others, as an
    attachment does: its lines and pages are not those of the file. No `paragraph`: there is none.
    """

    part: Part
    paragraph: Paragraph | None
    file: str
    inside: bool

    @property
    def document(self) -> Document:
        """The document."""
        return self.part.document


def openings(
    engine: Engine, tree: Tree, ids: Iterable[str], formers: Formers | None = None
) -> list[Opening]:
    """Where each id is. Raises UnknownIdError; SinorusError for a file that cannot be opened."""
    # Of each one paragraph is read.
    found = Selection(engine, ids, most=1 << 62, formers=formers)
    return list(_found(found, tree))


def _found(selection: Selection, tree: Tree) -> Iterator[Opening]:
    for part, paragraph in selection.parts():
        path, inside, _ = part.document.path.partition(PART)
        try:
            os.close(tree.open_file(path))  # it is there, regular, and not outside the library
        except OSError as fault:
            raise SinorusError(f"{path} cannot be opened: {fault.strerror}") from None
        yield Opening(part, paragraph, str(Path(tree.root).absolute() / path), bool(inside))


def has_lines(path: str) -> bool:
    """Whether the name of a file says that it is text, which has lines to go to."""
    return is_text(path)


def web_address(opening: Opening) -> str:
    """The address of a document on the web, at the paragraph if one was asked for.

    That is a text fragment, `#:~:text=first words,last words`; in a PDF `#page=7`. Raises
    SinorusError if the document has no address, or one that is not of the web.
    """
    document, paragraph = opening.document, opening.paragraph
    if not document.url:
        hint = "its front matter can say it: url: https://…"
        raise SinorusError(f"{document.id} has no url", hint)
    address = address_of(document)
    if address is None:
        raise SinorusError(
            f"the url of {document.id} is no web address: {document.url.strip()[:200]!r}",
            "one begins with http:// or https://",
        )
    if paragraph is None or opening.part.whole:
        return address
    return address_at(address, paragraph.text, paragraph.page)
