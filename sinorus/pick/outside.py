"""What leaves the screen: documents that are opened, quotations that are copied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sinorus.model import Hit
from sinorus.render.markdown.hits import quotation
from sinorus.render.visible import harmless

if TYPE_CHECKING:
    from textual.app import App

    from sinorus.library.opening import Opening


class Way(NamedTuple):
    """How a document is opened: by `run`, which needs the terminal if `attached`.

    `notices` are what one should know about it. `run` raises SinorusError if that fails.
    """

    run: Callable[[], None]
    attached: bool
    notices: tuple[str, ...] = ()


FindWay = Callable[["Opening"], Way]
"""Says how to open what a library says where it is; raises SinorusError."""


def copy(app: App[Any], text: str) -> None:
    """Puts a text on the clipboard of whoever sits at the terminal, also over ssh (OSC 52)."""
    app.copy_to_clipboard(text)


def quotations(hits: Iterable[Hit]) -> str:
    """The paragraphs as quotations in Markdown, each with its source."""
    return "".join(quotation(hit.document, [hit.paragraph]) for hit in hits)


def ids(hits: Sequence[Hit]) -> list[str]:
    """The ids of the paragraphs, safe to print."""
    return [harmless(hit.paragraph.id) for hit in hits]
