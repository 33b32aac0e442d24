"""How soon `pick` shows its screen, and how soon its list answers a key, in a real terminal.

The program is run on a pseudo-terminal, and keys are typed one by one. What is timed is the last
byte that it writes before it is silent: then the screen shows what was asked for. The first frame
is there before keys are read, and what is typed meanwhile is not lost.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from bench.common import (
    REPOSITORY,
    TIMES,
    Sample,
    environment,
    indexed_library,
    library_arguments,
    parser,
    plain_environment,
    table,
    tell,
    times,
)

QUERIES = ("alliance treaty", "the united states", "государственная", "中国 苏联", '"most of the"')
"""What is typed; it is taken away again key by key."""
BAR_PAINT, BAR_KEY = 400, 100
"""Milliseconds until the first frame, and until the list answers a key."""
SILENCE = 0.25
"""Seconds without a byte, after which a screen is finished."""
LONGEST = 60.0
LIVE = b"\x1b[?2004h"
"""What is written when keys are read: that pasted texts are to be bracketed."""


class Screen:
    """The program on a terminal of its own."""

    def __init__(self, library: Path, columns: int, lines: int) -> None:
        self.begun = monotonic()
        self.number, self.terminal = pty.fork()
        if self.number == 0:
            home = plain_environment(library.parent)
            home |= {"TERM": "xterm-256color", "PYTHONPATH": str(REPOSITORY)}
            line = [sys.executable, "-m", "sinorus", "--library", str(library), "pick"]
            os.execve(sys.executable, line, home)
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)

    def read_until(self, mark: bytes) -> Sample:
        """Reads until this was written; since the beginning."""
        seen = b""
        while mark not in seen:
            if not select.select([self.terminal], [], [], LONGEST)[0]:
                raise SystemExit(f"pick never wrote {mark!r}, but {seen[-300:]!r}")
            seen += self._read()
        return Sample((monotonic() - self.begun) * 1000, self.cpu())

    def settled(self, since: float, cpu: float, silence: float = SILENCE) -> Sample:
        """Reads until nothing more is written; the time of the last byte."""
        last = since
        while select.select([self.terminal], [], [], silence)[0] and self._read():
            last = monotonic()
        return Sample((last - since) * 1000, self.cpu() - cpu)

    def _read(self) -> bytes:
        try:
            return os.read(self.terminal, 1 << 16)
        except OSError:  # how Linux says that nobody has it open any more
            return b""

    def press(self, key: str) -> Sample:
        """Types a key, and waits for the screen that it leads to."""
        cpu, since = self.cpu(), monotonic()
        os.write(self.terminal, key.encode())
        return self.settled(since, cpu)

    def cpu(self) -> float:
        """Milliseconds of CPU that all threads of the program have taken, where Linux says it."""
        tasks = Path(f"/proc/{self.number}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6

    def close(self) -> None:
        """Ends the program."""
        os.kill(self.number, signal.SIGTERM)
        self.settled(monotonic(), 0)
        os.waitpid(self.number, 0)
        os.close(self.terminal)


class Typed(NamedTuple):
    """One key, and when the screen showed what it led to."""

    text: str
    taken: Sample


def first_paints(library: Path, number: int, size: tuple[int, int]) -> dict[str, list[Sample]]:
    """Until the first frame, and until keys are read and the list is drawn."""
    found: dict[str, list[Sample]] = {"first frame": [], "keys are read": []}
    for _ in range(number):
        screen = Screen(library, *size)
        found["first frame"].append(screen.read_until(b"F1 "))
        found["keys are read"].append(screen.read_until(LIVE))
        screen.settled(monotonic(), 0, 1.0)
        screen.close()
    return found


def typing(library: Path, size: tuple[int, int]) -> list[Typed]:
    """Each key of the queries, typed and taken away, on a screen that has been there a while."""
    screen = Screen(library, *size)
    screen.read_until(LIVE)
    screen.settled(monotonic(), 0, 2.0)
    found = []
    for query in QUERIES:
        for at, key in enumerate(query):
            found.append(Typed(query[: at + 1], screen.press(key)))
        for at in range(len(query) - 1, -1, -1):
            found.append(Typed(query[:at], screen.press("\x7f")))
    screen.close()
    return found


def main() -> None:
    """Measures, and prints both tables."""
    arguments = parser(__doc__)
    library_arguments(arguments)
    arguments.add_argument("--starts", type=int, default=7)
    arguments.add_argument("--size", default="100x30", help="columns x lines [100x30]")
    given = arguments.parse_args()
    columns, lines = map(int, given.size.split("x"))
    with indexed_library(given) as library:
        tell("starts …")
        starts = first_paints(library, given.starts, (columns, lines))
        tell("keys …")
        typed = typing(library, (columns, lines))
    print(environment(("textual", "rich")), end="\n\n")
    head = ("from the start of the process, ms", *TIMES)
    print(table(head, [[name, *times(samples)] for name, samples in starts.items()]))
    taken = [one.taken for one in typed]
    print(f"\n{table((f'{len(typed)} keys, ms', *TIMES), [['key to list', *times(taken)]])}\n")
    late = sorted(typed, key=lambda one: -one.taken.wall)[:5]
    print(
        "slowest: ",
        "; ".join(f"{one.text!r} {one.taken.wall:.0f} (CPU {one.taken.cpu:.0f})" for one in late),
    )
    over = sum(sample.wall > BAR_KEY for sample in taken)
    paint = sorted(sample.wall for sample in starts["first frame"])[given.starts // 2]
    verdict = "ok" if paint <= BAR_PAINT and not over else "short"
    print(f"bars: first frame {BAR_PAINT} ms, key {BAR_KEY} ms, {over} keys above it: {verdict}")


if __name__ == "__main__":
    main()
