"""Having files converted, by a process that is started with the first of them and kept."""

from __future__ import annotations

import json
import subprocess
from contextlib import suppress
from typing import IO

from sinorus.processes import started
from sinorus.sources.conversion.limits import Answer, Request

_BOOT = "from sinorus.sources.conversion.serving import serve; serve()"
_LARGEST_HEAD = 1 << 16


class Converter:
    """The process that converts; one file at a time, each in a fork of it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def convert(self, request: Request, raw: bytes) -> Answer:
        """What became of a file; `broken` also where the process itself was ended.

        Raises OSError where no process can be started.
        """
        entry, result = self._pipes()
        head = [request.module, request.path, len(raw), request.limits, request.libraries]
        try:
            entry.write(json.dumps(head).encode() + b"\n" + raw)
            entry.flush()
            outcome, reason, size = json.loads(result.readline(_LARGEST_HEAD))
            payload = result.read(size)
            if len(payload) == size:
                return Answer(outcome, reason, payload)
        except (OSError, ValueError, TypeError):  # it was ended in the middle of an answer
            pass
        self.close()
        return Answer("broken", "its converter was ended")

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            self._process = started(_BOOT)
        entry, result = self._process.stdin, self._process.stdout
        if entry is None or result is None:
            raise ValueError("the process has no pipes")
        return entry, result

    def close(self) -> None:
        """Ends the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()


_converter = Converter()


def converter() -> Converter:
    """The converter of this process; it ends with it, since its pipes close."""
    return _converter
