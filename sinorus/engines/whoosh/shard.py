"""The process behind `shards.py`: documents come in by pickle, one segment is written."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys


def main(folder: str) -> None:
    """Indexes batches from standard input until None; answers with the segment or a complaint.

    A pipe that ends early means that the parent is gone: then nothing is kept.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to decide on
    from whoosh import index
    from whoosh.writing import SegmentWriter

    from sinorus.engines.whoosh.schema import make_schema
    from sinorus.engines.whoosh.writer import add_document

    opened = index.open_dir(folder, schema=make_schema())
    writer = SegmentWriter(opened, _lk=False, compound=False)
    added = False
    # The pickles come from the process that started this one, over its own pipe.
    while (batch := pickle.load(sys.stdin.buffer)) is not None:  # noqa: S301
        for item in batch:
            add_document(writer, *item)
            added = True
    segment = writer._finalize_segment() if added else None
    pickle.dump(segment, sys.stdout.buffer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    with contextlib.suppress(EOFError, pickle.UnpicklingError, BrokenPipeError):
        try:
            main(sys.argv[1])
        except OSError as fault:
            pickle.dump(f"the index cannot be written: {fault.strerror}", sys.stdout.buffer)
            sys.stdout.buffer.flush()
    os._exit(0)
