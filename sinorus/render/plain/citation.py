"""Quotations as they go into a draft, which is text for any program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinorus.model.citation import Quotation
from sinorus.render.look import Look
from sinorus.render.visible import many_lines


def quote(quotations: Sequence[Quotation], look: Look) -> Iterator[str]:
    """Each quotation, an empty line between two of them."""
    for at, one in enumerate(quotations):
        yield "\n" if at else ""
        yield f"{many_lines(one.text).rstrip()}\n"
