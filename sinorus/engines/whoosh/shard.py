"""The process behind `shards.py`: files are read and documents come in, segments are written."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
from pathlib import Path
from typing import Any

from sinorus.engines.port import Taken
from sinorus.engines.whoosh.new_segments import NewSegments

Noted = tuple[Taken, Any, Any]
"""What became of a file, its fingerprint and its faults."""


def main(folder: str) -> None:
    """Answers each message from standard input, the last of them with the segments written.

    A pipe that ends early means that the parent is gone: then nothing is kept.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to decide on
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)  # most of what a run makes has no cycles and stays
    segments = NewSegments(Path(folder))
    while True:
        # The pickles come from the process that started this one, over its own pipe.
        message = pickle.load(sys.stdin.buffer)  # noqa: S301
        answer = _answer(segments, *message)
        pickle.dump(answer, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()
        if message[0] == "finish":
            return


def _answer(segments: NewSegments, what: str, *content: Any) -> Any:
    if what == "read":
        return [_read(segments, *item) for item in content[-1]]
    if what == "put":
        segments.take_packed(*content)
    elif what == "delete":
        for path in content[0]:
            segments.delete_path(path)
    else:
        return segments.finish()
    return []


def _read(segments: NewSegments, read: Any, root: str, number: int, item: Any) -> Noted:
    reading = read(root, item)
    segments.add(reading)
    name = reading.document.id if reading.document else None
    taken = Taken(number, name, reading.mark.path, reading.same)
    return taken, reading.mark, () if reading.document else reading.faults


if __name__ == "__main__":
    with contextlib.suppress(EOFError, pickle.UnpicklingError, BrokenPipeError):
        try:
            main(sys.argv[1])
        except OSError as fault:
            pickle.dump(f"the index cannot be written: {fault.strerror}", sys.stdout.buffer)
            sys.stdout.buffer.flush()
    os._exit(0)
