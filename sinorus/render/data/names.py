"""Groups of names as JSON and as tables."""

from __future__ import annotations

from collections.abc import Iterator

from sinorus.model.names import NameGroup, NamePage
from sinorus.render.data.csv import comma_separated, tab_separated
from sinorus.render.data.json import document, line
from sinorus.render.look import Look
from sinorus.render.names import row
from sinorus.render.view import Record

_VERSION = 1
COLUMNS = tuple(row(NameGroup("", "built-in", False, "", (), 0, 0)))
"""The header of tables, and the fields of a template."""


def names(page: NamePage, look: Look) -> Iterator[str]:
    """A `sinorus.names` document."""
    body = {"total": page.total, "offset": page.offset, "limit": page.limit}
    yield document("names", {**body, "results": [*map(_record, page)]}, look, version=_VERSION)


def name_lines(page: NamePage, look: Look) -> Iterator[str]:
    """One group a line."""
    for group in page:
        yield line(_record(group), look)


def names_table(page: NamePage, look: Look) -> Iterator[str]:
    """One group a record."""
    return comma_separated(COLUMNS, map(row, page))


def names_tabs(page: NamePage, look: Look) -> Iterator[str]:
    """One group a line."""
    return tab_separated(COLUMNS, map(row, page))


def _record(group: NameGroup) -> Record:
    return {
        "name": group.name,
        "from": group.origin,
        "person": group.person,
        "patronymic": group.patronymic or None,
        "paragraphs": group.paragraphs,
        "documents": group.documents,
        "forms": [one._asdict() for one in group.forms],
    }
