"""Where in the world a paragraph is: the file that it stands in, its address on the web."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from sinorus.engines.port import Engine
from sinorus.errors import SinorusError
from sinorus.files import Tree
from sinorus.library.showing import Part, Selection
from sinorus.model import Document, Paragraph
from sinorus.model.documents import PART
from sinorus.sources.kinds import is_text

_WORDS = 5
"""Of the beginning and of the end of a paragraph, that stand for it in an address."""
_LONGEST = 60
"""Characters of so many words; what is longer is written without blanks."""
_STOP = re.compile(r"[，。；：！？、…,;:!?]")
_LEAST = 4
"""Characters of a clause that is long enough to be found by."""
_UNSAFE = re.compile(r"[^!#$%&'()*+,\-./:;=?@\[\]~\w]", re.ASCII)
"""What no address has as it is; letters of all scripts are encoded, as browsers do it."""


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


def openings(engine: Engine, tree: Tree, ids: Iterable[str]) -> list[Opening]:
    """Where each id is. Raises UnknownIdError; SinorusError for a file that cannot be opened."""
    found = Selection(engine, ids, most=1 << 62)  # of each one paragraph is read
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
    address = _of_the_web(document)
    if paragraph is None or opening.part.whole:
        return address
    base, _, anchor = address.partition("#")
    anchor = anchor.partition(":~:")[0]
    if paragraph.page and urlsplit(base).path.lower().endswith(".pdf"):
        return f"{base}#page={paragraph.page}"
    fragment = text_fragment(paragraph.text)
    return f"{base}#{anchor}:~:{fragment}" if fragment else address


def _of_the_web(document: Document) -> str:
    """The url of a document as an address that a browser takes; a document may say anything."""
    written = (document.url or "").strip()
    if written.lower().startswith("www."):
        written = f"https://{written}"
    try:
        parts = urlsplit(written)
        is_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web:
        raise SinorusError(
            f"the url of {document.id} is no web address: {written[:200]!r}",
            "one begins with http:// or https://",
        )
    return _UNSAFE.sub(lambda sign: quote(sign[0].encode("utf-8", "surrogateescape")), written)


def text_fragment(text: str) -> str:
    """`text=first words,last words`, by which browsers find a text in a page; empty of no words.

    A short one stands there whole. In scripts without blanks, clauses stand for words: a browser
    finds nothing where a word is cut.
    """
    lines = [line for line in re.split(r"[\n\t]+", text) if line.strip()]
    if not lines:
        return ""
    first, last = lines[0].split(), lines[-1].split()
    whole = " ".join(first) if len(lines) == 1 else ""
    start, end = " ".join(first[:_WORDS]), " ".join(last[-_WORDS:])
    if len(start) > _LONGEST:
        stop = _STOP.search(start, _LEAST)
        start = start[: stop.end() if stop else _LONGEST]
    if len(end) > _LONGEST:
        stops = [stop.end() for stop in _STOP.finditer(end, 0, len(end) - _LEAST)]
        end = end[stops[-1] if stops else -_LONGEST :]
    short = len(first) <= 2 * _WORDS and len(whole) <= 2 * _LONGEST
    if whole and (short or len(start) + len(end) >= len(whole)):
        return f"text={_encoded(whole)}"
    return f"text={_encoded(start)},{_encoded(end)}"


def _encoded(words: str) -> str:
    """Percent-encoded, as is `-`, which has a meaning in a text fragment."""
    return quote(words.encode("utf-8", "replace"), safe="").replace("-", "%2D")
