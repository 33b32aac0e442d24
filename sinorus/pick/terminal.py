"""The terminal that the screen is drawn on, also where what is printed goes into a pipe."""

from __future__ import annotations

import os
import select
import termios
from collections.abc import Iterator
from contextlib import contextmanager

from sinorus.errors import SinorusError

_OPEN = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H"
"""The other screen of the terminal, without a cursor, and empty."""
_CLOSE = "\x1b[?1049l\x1b[?25h"


class Terminal:
    """A terminal that is read and written by one handle, and can be given to a program.

    It is a stream too, as far as it is written to: what cannot be written is lost, and `gone`
    then tells that there is nobody to read it.
    """

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.attributes = termios.tcgetattr(handle)
        self.gone = False
        self._ours = False

    def size(self) -> tuple[int, int]:
        """Columns and lines."""
        try:
            columns, lines = os.get_terminal_size(self.handle)
        except OSError:
            columns, lines = 0, 0
        return columns or 80, lines or 24

    def write(self, text: str) -> int:
        """Writes all of a text, as the stream that it is taken for."""
        left = text.encode("utf-8", "replace")
        try:
            while left and not self.gone:
                left = left[os.write(self.handle, left) :]
        except OSError:
            self.gone = True
        return len(text)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def isatty(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """Its handle."""
        return self.handle

    def hung_up(self) -> bool:
        """Whether the window was closed."""
        poll = select.poll()
        poll.register(self.handle, 0)
        return self.gone or any(event & select.POLLHUP for _, event in poll.poll(0))

    def begin(self, frame: str) -> None:
        """Opens a screen of our own and shows a first frame of it; keys are kept for its reader."""
        changed = termios.tcgetattr(self.handle)
        changed[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(self.handle, termios.TCSANOW, changed)
        self._ours = True
        self.write(_OPEN + frame)

    def hand_over(self) -> None:
        """From here on somebody else opens and closes the screen."""
        self._ours = False

    def restore(self) -> None:
        """Leaves the terminal as it was found."""
        if self._ours:
            self.write(_CLOSE)
            self._ours = False
        if not self.gone:
            try:
                termios.tcsetattr(self.handle, termios.TCSANOW, self.attributes)
            except termios.error:
                self.gone = True

    @contextmanager
    def lent(self) -> Iterator[None]:
        """While this lasts the standard streams are the terminal: a program gets it from them."""
        kept = [os.dup(number) for number in range(3)]
        try:
            for number in range(3):
                os.dup2(self.handle, number)
            yield
        finally:
            for number, copy in enumerate(kept):
                os.dup2(copy, number)
                os.close(copy)


@contextmanager
def the_terminal() -> Iterator[Terminal]:
    """The terminal of this process, left as it was. Raises SinorusError if there is none."""
    hint = "sinorus search prints what it finds"
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise SinorusError("this terminal cannot be drawn on (TERM)", hint)
    handle = _handle()
    if handle is None:
        raise SinorusError("there is no terminal to draw on", hint)
    try:
        terminal = Terminal(handle)
        try:
            yield terminal
        finally:
            terminal.restore()
    finally:
        os.close(handle)


def _handle() -> int | None:
    """The terminal that runs this process, else that which one of its streams is."""
    names = ["/dev/tty"]
    names += [os.ttyname(number) for number in range(3) if os.isatty(number)]
    for name in names:
        try:
            handle = os.open(name, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError:
            continue
        if os.isatty(handle):
            return handle
        os.close(handle)
    return None
