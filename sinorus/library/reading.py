"""One file of a library to what an engine takes; called in the processes that index."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sinorus.files import TooLarge, Tree
from sinorus.model import Fault, Fingerprint, Reading
from sinorus.model.documents import DIGITS
from sinorus.sources.content import read_content
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.entry import Entry
from sinorus.sources.ignore_files import cannot_be_read
from sinorus.sources.read import read_part, read_source
from sinorus.sources.sidecars import skipped_stamp
from sinorus.sources.stamps import as_before

if TYPE_CHECKING:
    from sinorus.sources.bibliography.table import Table

Item = tuple[Entry, Fingerprint | None]
"""A file and what the index knows of it: None of a new one, a size of -1 to have it read again."""


class PartItem(NamedTuple):
    """A document that stands in a file: its own path and all else of the file; see `PartFile`."""

    entry: Entry
    kept: str


def read_file(place: Conversions, item: Item | PartItem) -> Reading:
    """What became of a file: its document, the fault it is skipped for, or that it is the same.

    `place` is its library, and how what is no text is converted there. What may pass (permissions,
    a file removed meanwhile, no memory) is a `passing` fault.
    """
    entry, known = (item.entry, None) if isinstance(item, PartItem) else item
    try:
        if isinstance(item, PartItem):
            return _read_part(place, item)
        return _read(place, entry, known)
    except TooLarge as fault:
        stamp = skipped_stamp(entry, place)
        digest = "0" * DIGITS + stamp if stamp else ""
        fingerprint = Fingerprint("", *_seen(entry), digest)
        return Reading(fingerprint, faults=(_skipped(entry, f"{fault.strerror}; split it"),))
    except FileNotFoundError:
        reason = "it was removed while being read"
    except OSError as fault:
        reason = cannot_be_read(fault)
    except MemoryError:
        reason = "cannot be read: not enough memory"
    fingerprint = known or Fingerprint("", *_seen(entry), "")
    return Reading(fingerprint, faults=(_skipped(entry, reason),), passing=True)


def holds_the_same(tree: Tree, item: Item, table: Table | None = None) -> bool:
    """Whether a file has the very bytes that the index knows; False where it cannot be read."""
    entry, known = item
    if known is None:
        return False
    try:
        digest = read_content(tree, entry.path).digest
    except (OSError, MemoryError):
        return False
    return _same(known, entry, digest, table)


def _read(place: Conversions, entry: Entry, known: Fingerprint | None) -> Reading:
    content = read_content(place.tree, entry.path)
    if known is not None:
        files = place.bibliography
        table = files.bibliography().table if files is not None else None
        if _same(known, entry, content.digest, table):
            stamp = known.digest[DIGITS:]
            return Reading(content.fingerprint(known.document, entry.path, stamp), same=True)
    return read_source(entry, content, place)


def _same(known: Fingerprint, entry: Entry, digest: str, table: Table | None) -> bool:
    """Whether a file has the bytes that the index knows, and others say of it what they said."""
    if known.size < 0 or known.digest[:DIGITS] != digest:
        return False
    return as_before(known.digest[DIGITS:], entry.defaults, entry.path, table)


def _read_part(place: Conversions, item: PartItem) -> Reading:
    from sinorus.sources.conversion.convert import kept_part

    return read_part(item.entry, kept_part(place, item.kept), place)


def _seen(entry: Entry) -> tuple[str, int, int, int, int]:
    return entry.path, entry.size, entry.mtime, entry.ctime, entry.inode


def _skipped(entry: Entry, reason: str) -> Fault:
    return Fault(entry.path, None, reason, skipped=True)
