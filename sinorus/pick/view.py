"""What Textual has on the screen: all of it in one widget, and the line that is typed above."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO

from rich.console import Console
from rich.theme import Theme
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from sinorus.pick.desk import Desk
from sinorus.pick.panes import INKS, frame, list_rows


class View(Widget):
    """The whole screen, drawn from the desk."""

    def __init__(self, desk: Desk, colors: Mapping[str, str]) -> None:
        super().__init__()
        self._desk = desk
        self._lines: list[Strip] = []
        self._width = 0
        # It resolves the names of styles; nothing is printed by it.
        self._inks = Console(
            file=StringIO(),
            theme=Theme({**INKS, **colors}, inherit=False),
            _environ={},
            width=10_000,
        )

    def redraw(self) -> None:
        """Draws the desk anew; of the screen only lines that are others now are written."""
        before = self._lines
        after = self._lines = self._drawn()
        if len(before) != len(after) or self._width != self.size.width:
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def on_resize(self) -> None:
        """Draws it in the new size."""
        self._desk.rows = list_rows(*self.size)
        self.redraw()
        self._width = self.size.width

    def render_line(self, y: int) -> Strip:
        return self._lines[y] if y < len(self._lines) else Strip.blank(self.size.width)

    def _drawn(self) -> list[Strip]:
        width, height = self.size
        return [
            Strip(line.render(self._inks)).adjust_cell_length(width)
            for line in frame(self._desk, width, height)
        ]


class QueryLine(Input):
    """The line that is typed; `?` in an empty one is for the help page."""

    DEFAULT_CSS = ""
