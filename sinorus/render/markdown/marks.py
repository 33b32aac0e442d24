"""Evidence sets as a page: every mark as a quotation with its source, and the note to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinorus.model.marks import MarkFound, MarkSet
from sinorus.render.look import Look
from sinorus.render.markdown.hits import block_safe, escaped
from sinorus.render.marks import became
from sinorus.render.visible import many_lines


def marks(sets: Sequence[MarkSet], look: Look) -> Iterator[str]:
    """A heading a set, and below it its marks in their order."""
    for at, one in enumerate(sets):
        yield "\n" if at else ""
        yield f"# {escaped(one.name)}\n"
        for found in one.marks:
            yield f"\n{_mark(found)}"


def _mark(found: MarkFound) -> str:
    parts = []
    if found.quotation is not None:
        parts.append(many_lines(found.quotation.text).strip("\n"))
    if found.state in ("changed", "gone"):
        was = f"; it was: “{escaped(found.mark.words)}”" if found.mark.words else ""
        parts.append(f"({escaped(became(found))}{was})")
    if found.mark.note:
        lines = many_lines(found.mark.note).split("\n")
        parts.append("\n".join(block_safe(line) for line in lines))
    return "\n\n".join(parts) + "\n"
