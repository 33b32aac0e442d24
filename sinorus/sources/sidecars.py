"""What is said of a document elsewhere than in its file: beside it, in a bibliography, of folders.

From the weakest to the strongest: the tables of folders, the bibliography, the file itself, the
files beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sinorus.files import TooLarge
from sinorus.model import Fault
from sinorus.sources import front_json, front_toml, front_yaml
from sinorus.sources.beside import DESCRIBES, NOTE, State, stamp_of
from sinorus.sources.bibliography.identity import identifiers
from sinorus.sources.content import read_content
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.decode import Undecodable, decode
from sinorus.sources.defaults import filled, with_defaults
from sinorus.sources.describe import Described, describe
from sinorus.sources.entry import Entry
from sinorus.sources.formats.lines import with_line_feeds
from sinorus.sources.front_fields import Fields, MalformedError
from sinorus.sources.ignore_files import cannot_be_read
from sinorus.sources.metadata import Metadata, split_metadata
from sinorus.sources.stamps import Stamp

LARGEST = 1 << 20
"""Bytes that a file may have which describes another."""
_FORMS = {".json": front_json, ".toml": front_toml, ".yaml": front_yaml, ".yml": front_yaml}


class Said(NamedTuple):
    """What is known of a document, the stamp of whoever said it, and what was wrong with them."""

    known: Described
    stamp: str
    faults: list[Fault]


def said_of(entry: Entry, own: Described, place: Conversions | None) -> Said:
    """All that is said of the document at `entry`; `own` is what its file says itself.

    Without a `place` nothing but the tables of folders is asked.
    """
    defaults = entry.defaults
    if place is None:
        known = with_defaults(own, defaults) if defaults.levels else own
        return Said(known, Stamp.of(defaults.stamp)._replace(beside="").written(), [])
    beside, stamp, faults = _beside(entry, place)
    told = filled(beside, own) if beside is not None else own
    named = identifiers(_doi(told), (told.url,) if told.url else (), told.citekey or "")
    stamp = stamp._replace(identifiers="".join(named))
    known = own
    if place.bibliography is not None:
        entries = place.bibliography.bibliography()
        digest = entries.table.belonging(defaults.claim, stamp.identifiers, entry.path)
        if digest:
            stamp = stamp._replace(entry=digest)
            known = filled(known, describe(entries.metadata(digest), "")[0])
    if defaults.levels:
        known = with_defaults(known, defaults)
    return Said(filled(beside, known) if beside is not None else known, stamp.written(), faults)


def skipped_stamp(entry: Entry, place: Conversions | None) -> str:
    """The stamp of a file without a document, which says nothing of itself."""
    return said_of(entry, Described(), place).stamp


def _doi(known: Described) -> str:
    for name, value in known.extra.items():
        if name.lower() == "doi":
            return value if isinstance(value, str) else value[0]
    return ""


def _beside(entry: Entry, place: Conversions) -> tuple[Described | None, Stamp, list[Fault]]:
    """What files beside a source say of it; None where there are none."""
    found: Described | None = None
    faults: list[Fault] = []
    states: list[tuple[str, State]] = []
    racy = False
    for path in entry.defaults.beside:
        name = path.rpartition("/")[2]
        try:
            content = read_content(place.tree, path, LARGEST)
        except FileNotFoundError:
            continue
        except OSError as fault:
            why = fault.strerror if isinstance(fault, TooLarge) else cannot_be_read(fault)
            faults.append(_fault(entry, name, None, str(why)))
            racy = racy or not isinstance(fault, TooLarge)
            continue
        racy = racy or not content.ctime
        times = content.mtime, content.ctime
        states.append((path, (len(content.raw), *times, content.inode)))
        try:
            metadata = _fields(path, with_line_feeds(decode(content.raw).text))
        except Undecodable as fault:
            faults.append(_fault(entry, name, None, fault.message))
            continue
        known, wrong = describe(metadata.fields, path, metadata.lines)
        if path.lower().endswith(NOTE):
            known.id = None if metadata.body.strip() else known.id
        else:
            wrong += metadata.faults
        faults += [_fault(entry, name, one.line, one.reason) for one in wrong]
        found = known if found is None else filled(found, known)
    stamp = "?" if racy else stamp_of(states)
    stamp += DESCRIBES if entry.defaults.describes else ""
    return found, Stamp(Stamp.of(entry.defaults.stamp).folder, stamp), faults


def _fields(path: str, text: str) -> Metadata:
    suffix = "." + path.rpartition(".")[2].lower()
    if suffix == NOTE or text.lstrip().startswith(("---", "+++")):
        return split_metadata(text if text.endswith("\n") else text + "\n", path)
    form = _FORMS[suffix]
    faults: list[Fault] = []
    try:
        loaded = form.load(text)
    except MalformedError as fault:
        line = 1 + text.count("\n", 0, fault.position)
        faults.append(Fault(path, line, fault.reason, skipped=False))
        loaded = form.salvage(text)
    if not isinstance(loaded, Fields):
        if loaded is not None:
            faults.append(Fault(path, 1, "it has no `key: value` lines", skipped=False))
        loaded = Fields()
    lines: Mapping[str, int] = {
        key: 1 + text.count("\n", 0, at) for key, at in list(loaded.positions.items())[:500]
    }
    return Metadata(loaded.values, "", 1, faults, lines)


def _fault(entry: Entry, name: str, line: int | None, reason: str) -> Fault:
    """A fault of a file beside a source, which is told with the source that it describes."""
    where = name if line is None else f"{name}:{line}"
    return Fault(entry.path, None, f"{where}: {reason}", skipped=False)
