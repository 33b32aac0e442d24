"""`pick` without a terminal: its application driven by Textual's pilot, in a test without async."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from rich.style import Style
from support.program import PATIENCE
from textual.geometry import Region
from textual.pilot import Pilot

from sinorus import Library
from sinorus.errors import SinorusError
from sinorus.library.opening import Opening
from sinorus.model import Query
from sinorus.pick.asking import Asker, Event
from sinorus.pick.desk import Desk
from sinorus.pick.outside import Way
from sinorus.pick.screen import Leaving, Picker
from sinorus.pick.view import QueryLine, View


class Session:
    """A session of `pick` over a library, and what it is asked and shows."""

    def __init__(self, root: Path, text: str = "", saves_in: str = "", **options: Any) -> None:
        self.desk = Desk(Query(text, **options), across=False)
        self.opened: list[str] = []
        self.fault: SinorusError | None = None
        asker = partial(self._asker, root)
        self.app = Picker(self.desk, asker, self._way, saves_in=saves_in)
        self.pilot: Pilot[Leaving]

    def _asker(self, root: Path, deliver: Callable[[Event], None]) -> Asker:
        return Asker(lambda: Library.at(root), deliver, lambda fault: fault.message, update=None)

    def _way(self, opening: Opening) -> Way:
        if self.fault:
            raise self.fault
        return Way(lambda: self.opened.append(opening.part.asked), attached=False)

    async def press(self, *keys: str) -> None:
        """Presses keys, and waits until the list answers them."""
        await self.pilot.press(*keys)
        await self.settled()

    async def type(self, text: str) -> None:
        """Types a text."""
        await self.press(*({" ": "space", '"': "quotation_mark"}.get(key, key) for key in text))

    async def settled(self) -> None:
        """Waits until nothing is waited for."""
        await self.until(lambda: self.desk.opened and not self.desk.waiting)

    async def until(self, so: Callable[[], object]) -> None:
        """Waits until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not so():
            assert time.monotonic() < deadline, self.lines
            await self.pilot.pause(0.005)
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """The lines of the screen, without blanks at their ends."""
        view = self.app.query_one(View)
        strips = view.render_lines(Region(0, 0, *view.size))
        return [strip.text.rstrip() for strip in strips]

    @property
    def styles(self) -> Iterator[Style]:
        """The styles of all that is on the screen."""
        for kind in (View, QueryLine):
            widget = self.app.query_one(kind)
            for strip in widget.render_lines(Region(0, 0, *widget.size)):
                yield from (segment.style for segment in strip if segment.style)

    @property
    def ids(self) -> list[str]:
        """The ids in the list."""
        return [hit.paragraph.id for hit in self.desk.hits]


def run(
    session: Session, script: Callable[[Session], Awaitable[None]], size: tuple[int, int] = (80, 24)
) -> Leaving | None:
    """Runs a script on a session; how the session ended, if the script ended it."""

    async def whole() -> None:
        async with session.app.run_test(size=size) as pilot:
            session.pilot = pilot
            await session.settled()
            await script(session)

    with suppress(asyncio.CancelledError):
        asyncio.run(whole())
    return session.app.return_value
