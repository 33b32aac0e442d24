"""What a library holds and how it is, on a terminal: a line for each document or fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from sinorus.model import Document, OtherIndex, Status
from sinorus.model.wording import counted, not_read, to_install
from sinorus.render import phrases
from sinorus.render.look import Look
from sinorus.render.terminal.hits import web_address
from sinorus.render.terminal.layout import hanging, padded, truncate_end, truncate_start, wrapped
from sinorus.render.terminal.painter import Painter
from sinorus.render.visible import harmless, one_line

_NOT_KNOWN = "–"
LEAST_TITLE = 48
"""Cells that titles keep before missing fields are named."""
_TOLD = ("title", "date", "lang")
"""The fields with a column of their own, in which a dash says that they are not known."""
_GAP = "  "


def sources(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """Date, language, paragraphs, id and title of every document, aligned in cells.

    Where there is room, what is not known of it (`–author –url`) ends the line. An id too long
    loses its beginning: the end of an id is an id too.
    """
    painter = Painter(look)
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
            (number + _GAP, "dim"),
        )
        name = truncate_start(_id(one), ids)
        line.append_text(painter.linked(name, "id", look.uri(one.path, 1)))
        line.append(" " * (ids - cell_len(name)) + _GAP)
        title = truncate_end(_title(one), room)
        line.append_text(painter.linked(title, "title" if one.title else "dim", web_address(one)))
        if told:
            line.append(padded("", room - cell_len(title)) + _GAP)
            line.append(_missing(one), "dim")
        line.rstrip()
        line.truncate(look.width)
        yield painter.paint([line])


def status(state: Status, look: Look) -> Iterator[str]:
    """A line for every fact, its name before it; damage at the end."""
    painter = Painter(look)
    facts = _facts(state)
    widest = max(len(name) for name, _ in facts)
    lines: list[Text] = []
    for name, fact in facts:
        label = Text(f"{name:<{widest}}  ", style="label")
        lines += hanging(label, Text(fact), max(painter.measure, widest + 12))
    for damage in state.damage:
        lines += wrapped(Text(f"damage: {one_line(damage)}", style="warning"), painter.measure)
    if state.checked and not state.damage:
        lines.append(Text("checked: no damage"))
    yield painter.paint(lines)


def _column(text: str, width: int, style: str) -> tuple[str, str]:
    return padded(text, width) + _GAP, "dim" if text == _NOT_KNOWN else style


def _widest(documents: Sequence[Document], told: Callable[[Document], str]) -> int:
    return max((cell_len(told(one)) for one in documents), default=0)


def _date(document: Document) -> str:
    return one_line(document.date.text) if document.date else _NOT_KNOWN


def _lang(document: Document) -> str:
    return one_line(document.lang) if document.lang else _NOT_KNOWN


def _number(document: Document) -> str:
    return f"{document.paragraphs:,} ¶"


def _id(document: Document) -> str:
    return harmless(document.id)


def _title(document: Document) -> str:
    return one_line(document.title) if document.title else _NOT_KNOWN


def _missing(document: Document) -> str:
    return " ".join(f"{_NOT_KNOWN}{name}" for name in document.missing if name not in _TOLD)


_MOST_COPIES = 5
"""Groups of documents that say the same that people are shown."""


def _facts(state: Status) -> list[tuple[str, str]]:
    facts = [
        ("library", harmless(state.library)),
        ("index", f"{harmless(state.index_path)} ({_size(state.bytes)})"),
        ("engine", f"{one_line(state.engine)}, format {one_line(state.format)}"),
        ("analysis", one_line(state.analysis)),
        ("version", one_line(state.version)),
        ("updated", one_line(_when(state))),
        ("files", f"{state.added:,} new, {state.changed:,} changed, {state.removed:,} removed"),
        *_not_read(state),
        ("holds", _amount(state.documents, state.paragraphs, state.words)),
    ]
    for lang, counts in state.languages.items():
        facts.append((f"  {phrases.group_name(lang)}", _amount(*counts)))
    facts.append(("dates", phrases.period(state.first, state.last) or phrases.UNKNOWN))
    without = [f"{one_line(name)} {number:,}" for name, number in state.missing.items() if number]
    facts.append(("without", ", ".join(without) or "nothing missing"))
    if told := phrases.what_lists_them(state):
        facts.append(("  list", told))
    for group in state.copies[:_MOST_COPIES]:
        facts.append(("the same", harmless(", ".join(group))))
    if len(state.copies) > _MOST_COPIES:
        more = counted(len(state.copies) - _MOST_COPIES, "more group")
        facts.append(("", f"{more} of documents that say the same: --json lists them"))
    if state.other is not None:
        facts += _beside(state.other)
    return facts


def _not_read(state: Status) -> list[tuple[str, str]]:
    told = [not_read(state.other_kinds)] if state.other_kinds else []
    return [("", one_line(line)) for line in (*told, *to_install(state.other_kinds, state.extras))]


def _when(state: Status) -> str:
    when = state.updated or "never"
    return f"{when} by {state.by}" if state.by else when


def _beside(other: OtherIndex) -> list[tuple[str, str]]:
    """What the other engine has of the same library."""
    differences = [(other.missing, "missing there"), (other.extra, "only there")]
    differences.append((other.changed, "with another text"))
    told = [f"{number:,} {what}" for number, what in differences if number]
    return [
        ("beside", f"{harmless(other.place)}, {one_line(other.engine)}"),
        ("  updated", one_line(other.updated)),
        ("  holds", _amount(other.documents, other.paragraphs, other.words)),
        ("  files", ", ".join(told) or "the same"),
    ]


def _amount(documents: int, paragraphs: int, words: int) -> str:
    counts = ((documents, "document"), (paragraphs, "paragraph"), (words, "word"))
    return ", ".join(counted(number, noun) for number, noun in counts)


def _size(octets: int) -> str:
    size, unit = float(octets), "bytes"
    for larger in ("kB", "MB", "GB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:,.0f} {unit}" if unit == "bytes" else f"{size:,.1f} {unit}"
