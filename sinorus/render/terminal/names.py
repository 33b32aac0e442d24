"""Groups of names on a terminal: a column for each language, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from sinorus.model.names import LANGUAGES, NameForm, NamePage
from sinorus.model.wording import counted
from sinorus.render.look import Look
from sinorus.render.names import OTHER, form_told
from sinorus.render.terminal.grid import grid
from sinorus.render.terminal.layout import wrapped
from sinorus.render.terminal.painter import Painter


def names(page: NamePage, look: Look) -> Iterator[str]:
    """A row for each group: how many paragraphs have it, its forms by language, and whose it is
    where a library has names of its own. All its forms are there, in as many lines as they need.
    """
    if not page:
        return
    painter = Painter(look)
    shown = [lang for lang in LANGUAGES if any(dict(group.languages())[lang] for group in page)]
    owned = any(group.origin != "built-in" for group in page)
    table = [[Text(told, "label") for told in _heads(shown, owned)]]
    for group in page:
        forms = dict(group.languages())
        cells = [_forms(forms[lang], group.name) for lang in shown]
        origin = [Text(group.origin, "dim")] if owned else []
        table.append([Text(f"{group.paragraphs:,}", "number"), *cells, *origin])
    for lines in grid(table, look.width):
        yield painter.paint(lines)
    yield painter.paint(wrapped(Text(_footer(page), "dim"), max(look.width, 2)))


def _heads(shown: Sequence[str | None], owned: bool) -> list[str]:
    return ["¶", *(lang or OTHER for lang in shown), *(["from"] if owned else [])]


def _forms(forms: Sequence[NameForm], name: str) -> Text:
    """The forms with commas between them, the one that a group is called by standing out."""
    cell = Text()
    for at, one in enumerate(forms):
        told, said = form_told(one)
        cell.append(", " if at else "").append(told, "title" if one.form == name else "")
        cell.append(f" ({said})" if said else "", "dim")
    return cell


def _footer(page: NamePage) -> str:
    total = counted(page.total, "name")
    if len(page) < page.total:
        return f"{page.offset + 1:,}–{page.offset + len(page):,} of {total}"
    return total
