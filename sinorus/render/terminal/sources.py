"""The documents of a library on a terminal: a table with a heading, and how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.text import Text

from sinorus.model import Document, SourcePage
from sinorus.model.wording import counted
from sinorus.render.look import Look
from sinorus.render.terminal.hits import web_address
from sinorus.render.terminal.layout import wrapped
from sinorus.render.terminal.painter import Painter
from sinorus.render.terminal.table import GAP, Cell, Column, rows
from sinorus.render.visible import harmless, one_line

LEAST_TITLE = 48
"""Cells that titles keep before authors and publishers get a column."""
MOST_NAME = 28
"""Cells of the column of authors, and of that of publishers."""
_LEAST_ID = 12
_SHARE = 10, 3
"""Of the width for ids, where titles need the rest: three tenths."""
_OPTIONAL = ("author", "publisher")
_ASIDE = ("author", "publisher", "url")
"""What is said to be missing where it has no column of its own."""


def sources(page: SourcePage, look: Look) -> Iterator[str]:
    """A line for each document: id, date, language, paragraphs and title; where there is room also
    authors and publisher. What is not known is said in words, and what no document has at the end.

    An id too long loses its beginning: the end of an id is an id too.
    """
    if not page:
        return
    painter = Painter(look)
    several = len(page) > 1
    lacking = [name for name in _ASIDE if several and all(name in one.missing for one in page)]
    for line in rows(_columns(page, look, lacking), painter):
        yield painter.paint([line])
    yield painter.paint(wrapped(_footer(page, lacking), max(look.width, 2)))


def _columns(page: SourcePage, look: Look, lacking: Sequence[str]) -> list[Column]:
    """The columns with their widths: titles get what the others leave."""
    ids = Column("id", [_id(one, look) for one in page], from_end=True)
    facts = [
        Column("date", [_told(one.date.text if one.date else None, "date") for one in page]),
        Column("lang", [_told(one.lang, "lang") for one in page]),
        Column("¶", [Cell(f"{one.paragraphs:,}", "dim") for one in page], right=True),
    ]
    title = Column("title", [_title(one) for one in page])
    room = look.width - sum(column.width + len(GAP) for column in facts) - len(GAP)
    of, share = _SHARE
    ids.narrowed(max(_LEAST_ID, look.width * share // of, room - title.width))
    room -= ids.width
    others: list[Column] = []
    told = [name for name in _ASIDE if name not in lacking]
    for name in _OPTIONAL:
        column = Column(name, [_told(_NAMES[name](one), name) for one in page])
        column.narrowed(MOST_NAME)
        left = room - column.width - len(GAP)
        if name in told and left >= min(title.width, LEAST_TITLE):
            others.append(column)
            told.remove(name)
            room = left
    title.asides = [_aside(one, told) for one in page]
    if any(title.asides):
        title.width = max(room, 0)
    title.narrowed(room)
    return [ids, *facts, title, *others]


def _id(document: Document, look: Look) -> Cell:
    return Cell(harmless(document.id), "id", look.uri(document.path, 1))


def _title(document: Document) -> Cell:
    if not document.title:
        return Cell("no title", "dim")
    return Cell(one_line(document.title), "title", web_address(document))


def _told(value: str | None, name: str) -> Cell:
    return Cell(one_line(value), "byline") if value else Cell(f"no {name}", "dim")


_NAMES: dict[str, Callable[[Document], str | None]] = {
    "author": lambda one: "; ".join(one.authors),
    "publisher": lambda one: one.publisher,
}


def _aside(document: Document, names: Sequence[str]) -> str:
    return ", ".join(f"no {name}" for name in document.missing if name in names)


def _footer(page: SourcePage, lacking: Sequence[str]) -> Text:
    total = counted(page.total, "document")
    if len(page) < page.total:
        told = f"{page.offset + 1:,}–{page.offset + len(page):,} of {total}"
    else:
        told = total
    if lacking:
        told += f"; none of these has {_listed(lacking)}"
    return Text(told, style="dim")


def _listed(names: Sequence[str]) -> str:
    """`an author, a publisher or a url`."""
    nouns = [f"an {name}" if name == "author" else f"a {name}" for name in names]
    return " or ".join(filter(None, [", ".join(nouns[:-1]), nouns[-1]]))
