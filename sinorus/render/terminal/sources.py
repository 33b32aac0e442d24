"""The documents of a library on a terminal: a line for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from sinorus.model import Document
from sinorus.render.look import Look
from sinorus.render.terminal.cut import beginning_cut, ending_cut, padded
from sinorus.render.terminal.hits import web_address
from sinorus.render.terminal.ink import Ink
from sinorus.render.visible import harmless, one_line

UNKNOWN = "–"
LEAST_TITLE = 48
"""Cells that titles keep before what is missing is told."""
_TOLD = ("title", "date", "lang")
"""The fields with a column of their own, in which a dash says that they are not known."""
_GAP = "  "


def sources(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """Date, language, paragraphs, id and title of every document, aligned in cells.

    Where there is room, what is not known of it (`–author –url`) ends the line. An id too long
    loses its beginning: the end of an id is an id too.
    """
    ink = Ink(look)
    dates = _widest(documents, _date)
    langs = _widest(documents, _lang)
    numbers = _widest(documents, _number)
    ids = min(_widest(documents, _id), look.width * 2 // 5)
    titles = _widest(documents, _title)
    room = look.width - sum((dates, langs, numbers, ids)) - 4 * len(_GAP)
    told = _widest(documents, _missing)
    if told and room - told - len(_GAP) >= min(titles, LEAST_TITLE):
        room -= told + len(_GAP)
    else:
        told = 0
    room = max(min(room, titles), 0)
    for one in documents:
        number = " " * (numbers - cell_len(_number(one))) + _number(one)
        line = Text.assemble(
            _column(_date(one), dates, "byline"),
            _column(_lang(one), langs, "byline"),
            (number + _GAP, "place"),
        )
        name = beginning_cut(_id(one), ids)
        line.append_text(ink.linked(name, "number", look.uri(one.path, 1)))
        line.append(" " * (ids - cell_len(name)) + _GAP)
        title = ending_cut(_title(one), room)
        line.append_text(ink.linked(title, "title" if one.title else "place", web_address(one)))
        if told:
            line.append(padded("", room - cell_len(title)) + _GAP)
            line.append(_missing(one), "place")
        line.rstrip()
        line.truncate(look.width)
        yield ink.written([line])


def _column(text: str, width: int, style: str) -> tuple[str, str]:
    return padded(text, width) + _GAP, "place" if text == UNKNOWN else style


def _widest(documents: Sequence[Document], told: Callable[[Document], str]) -> int:
    return max((cell_len(told(one)) for one in documents), default=0)


def _date(document: Document) -> str:
    return one_line(document.date.text) if document.date else UNKNOWN


def _lang(document: Document) -> str:
    return one_line(document.lang) if document.lang else UNKNOWN


def _number(document: Document) -> str:
    return f"{document.paragraphs:,} ¶"


def _id(document: Document) -> str:
    return harmless(document.id)


def _title(document: Document) -> str:
    return one_line(document.title) if document.title else UNKNOWN


def _missing(document: Document) -> str:
    return " ".join(f"{UNKNOWN}{name}" for name in document.missing if name not in _TOLD)
