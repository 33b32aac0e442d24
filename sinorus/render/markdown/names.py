"""Groups of names as a list to paste."""

from __future__ import annotations

from collections.abc import Iterator

from sinorus.model.names import NamePage
from sinorus.model.wording import counted
from sinorus.render.look import Look
from sinorus.render.markdown.hits import escaped
from sinorus.render.names import forms_told


def names(page: NamePage, look: Look) -> Iterator[str]:
    """A line for each group: its name, its other forms, how many paragraphs have it."""
    for group in page:
        others = ", ".join(escaped(told) for told in forms_told(group.forms[1:]))
        told = f"**{escaped(group.name)}**" + (f", {others}" if others else "")
        yield f"- {told}: {counted(group.paragraphs, 'paragraph')}\n"
