"""What a process does for `shards.py`: files are read, documents come in, segments are written."""

from __future__ import annotations

import gc
from typing import Any

from sinorus.engines.port import Ingested, ingested
from sinorus.engines.whoosh.indexer.new_segments import NewSegments
from sinorus.engines.workers import Answer
from sinorus.files import Folder
from sinorus.model import Fault, Fingerprint

Noted = tuple[Ingested, Fingerprint, tuple[Fault, ...]]
"""What became of a file, its fingerprint, and the faults it is skipped for."""


def begin(path: str, handle: int) -> Answer:
    """What answers the messages of `Shards`, over the folder of the index by its handle."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)  # most of what a run makes has no cycles and stays
    segments = NewSegments(Folder(path, handle))

    def answer(what: str, *content: Any) -> Any:
        if what == "read":
            return [_read(segments, *item) for item in content[0]]
        if what == "put":
            segments.take_packed(*content)
            return [row.path for row in content[0]]
        if what == "delete":
            for one in content[0]:
                segments.delete_path(one)
            return []
        return segments.finish()

    return answer


def _read(segments: NewSegments, read: Any, place: Any, number: int, item: Any) -> Noted:
    reading = read(place, item)
    segments.add(reading)
    faults = () if reading.document else tuple(reading.faults)
    return ingested(number, reading), reading.fingerprint, faults
