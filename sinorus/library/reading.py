"""One file of a library to what an engine takes; called in the processes that index."""

from __future__ import annotations

from sinorus.engines.port import Reading
from sinorus.model import Fingerprint
from sinorus.sources.read import SkippedSource, digest_of, read_source
from sinorus.sources.walk import Entry

Item = tuple[Entry, Fingerprint | None]
"""A file and what the index knows of it, None for a new one."""


def read_file(root: str, item: Item) -> Reading:
    """What became of a file: its document, the fault it is skipped for, or that it is the same."""
    entry, known = item
    try:
        if known is not None and digest_of(root, entry.path) == known.digest:
            return Reading(known._replace(size=entry.size, mtime=entry.mtime), same=True)
        source = read_source(root, entry)
    except SkippedSource as skipped:
        mark = Fingerprint("", entry.path, entry.size, entry.mtime, "")
        return Reading(mark, faults=(skipped.fault,))
    return Reading(source.fingerprint, source.document, source.paragraphs, source.faults)
