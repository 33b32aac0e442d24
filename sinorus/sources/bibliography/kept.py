"""A bibliography as it was read, kept in the index: reading 2,000 entries takes half a second.

The file has a line of JSON for what a search needs and, below, one an entry. It is as good as the
sizes, times and inodes of the files that it was made of.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import closing
from hashlib import blake2b
from typing import Any

from sinorus.files import LeadsOut, TooLarge, Tree
from sinorus.model import Fault
from sinorus.sources.bibliography.entries import MOST_FAULTS, Entry
from sinorus.sources.bibliography.table import NO_TABLE, Attachment, Table
from sinorus.sources.ignore_files import cannot_be_read

NAME = "bibliography.json"
VERSION = 1
LARGEST = 1 << 26
"""Bytes (64 MiB) that a bibliography may have, which is some 100,000 entries."""
_LARGEST_KEPT = 1 << 29
_QUICK = 1_000_000
"""Bytes of changed bibliographies that a search reads, which takes it half a second."""
_dump = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode

State = list[Any]
"""Path, size, mtime, ctime and inode of a file; the path alone of one that is not there."""


class Bibliography:
    """The entries of a library's bibliographies, `table` and what they say."""

    def __init__(self, table: Table, lines: Sequence[bytes]) -> None:
        self.table = table
        self._lines = {line[1 : SIZE_OF_DIGEST + 1].decode(): line for line in lines}

    def metadata(self, digest: str) -> dict[str, object]:
        """What an entry says, as front matter would; empty of one that is not there."""
        line = self._lines.get(digest)
        if line is None:
            return {}
        try:
            form, kind, key, number, fields, doi, urls = json.loads(line[SIZE_OF_DIGEST + 2 :])
            entry = Entry(form, kind, str(key), number, dict(fields), (), str(doi), tuple(urls))
            found: dict[str, object] = _form(form).metadata(entry)
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
            return {}  # what is kept is damaged
        return found


SIZE_OF_DIGEST = 12


class BibliographyFiles:
    """The bibliographies that the settings of a library name, read when they are asked for."""

    def __init__(self, tree: Tree, written: Sequence[str], *, quick: bool = False) -> None:
        self.tree, self.written, self.quick = tree, tuple(written), quick
        self._last: tuple[list[State], Bibliography] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.tree, self.written, self.quick)

    def quickly(self) -> BibliographyFiles:
        """The same for a search, which takes what was read before where much has changed."""
        return BibliographyFiles(self.tree, self.written, quick=True)

    def bibliography(self) -> Bibliography:
        """The entries as they are now; raises nothing, what cannot be read is a fault."""
        if not self.written:
            return NONE
        states = [self._state(written) for written in self.written]
        if self._last is not None and self._last[0] == states:
            return self._last[1]
        found = _kept(self.tree, states)
        if found is None and self.quick and sum(_sizes(states)) > _QUICK:
            found = _kept(self.tree, None) or Bibliography(NO_TABLE, ())
            found.table = found.table._replace(late=True)
        if found is None:
            found, states = self._read(states)
        self._last = states, found
        return found

    def _state(self, written: str) -> State:
        try:
            state = self.tree.stat(self.tree.settle(self._located(written)))
        except OSError:
            return [written]
        times = state.st_mtime_ns, state.st_ctime_ns
        return [written, state.st_size, *times, state.st_ino]

    def _located(self, written: str) -> str:
        return self.tree.locate(os.path.expanduser(written))

    def _read(self, states: list[State]) -> tuple[Bibliography, list[State]]:
        making = _Making()
        read: list[State] = []
        for written, state in zip(self.written, states, strict=True):
            read.append(self._add(making, written, state))
        found = making.made()
        _keep(self.tree, read, found, making.lines)
        return found, read

    def _add(self, making: _Making, written: str, state: State) -> State:
        """Reads one file; the state it was in then."""
        from sinorus.sources.content import read_content
        from sinorus.sources.decode import Undecodable, decode

        try:
            path = self._located(written)
            content = read_content(self.tree, path, LARGEST)
            text = decode(content.raw).text
        except LeadsOut:
            reason = "lies outside the library; name where it leads in `trusted` of your own config"
        except FileNotFoundError:
            reason = "does not exist"
        except TooLarge as fault:
            reason = fault.strerror or "it is too large"
        except OSError as fault:
            reason = cannot_be_read(fault)
        except Undecodable as fault:
            reason = fault.message
        else:
            making.add(path, text)
            times = content.mtime, content.ctime
            return [written, len(content.raw), *times, content.inode]
        making.faults.append(Fault(written, None, f"the bibliography {reason}", skipped=False))
        return state


def _again(tree: Tree, written: Sequence[str], quick: bool) -> BibliographyFiles:
    return BibliographyFiles(tree, written, quick=quick)


NONE = Bibliography(NO_TABLE, ())


def _sizes(states: Sequence[State]) -> list[int]:
    return [state[1] for state in states if len(state) > 1]


def _form(name: str) -> Any:
    if name == "bibtex":
        from sinorus.sources.bibliography import bibtex

        return bibtex
    from sinorus.sources.bibliography import csl

    return csl


class _Making:
    """What is gathered of the files."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.attachments: list[Attachment] = []
        self.identifiers: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.faults: list[Fault] = []

    def add(self, path: str, text: str) -> None:
        """Takes in the entries of a file."""
        from sinorus.sources.describe import describe

        stripped = text.lstrip("\ufeff \t\r\n")
        form = _form("csl" if stripped[:1] in ("[", "{") else "bibtex")
        entries, said = form.read(text)
        folder = path.rpartition("/")[0]
        for entry in entries:
            self._take(entry, folder)
            if given := form.dates(entry.fields):
                lines = dict.fromkeys(given, entry.line)
                said += [(one.line or 0, one.reason) for one in describe(given, path, lines)[1]]
        if text.strip() and not entries and not said:
            said.append((1, "it has no entries: it is neither BibTeX nor CSL-JSON"))
        said.sort()
        for line, reason in said[:MOST_FAULTS]:
            self.faults.append(Fault(path, line or None, reason, skipped=False))
        if len(said) > MOST_FAULTS:
            more = f"{len(said) - MOST_FAULTS:,} more faults"
            self.faults.append(Fault(path, None, more, skipped=False))

    def _take(self, entry: Entry, folder: str) -> None:
        from sinorus.sources.bibliography.identity import identifiers, key_identifier

        row = [entry.form, entry.kind, entry.key, entry.line, entry.fields, entry.doi, entry.urls]
        said = _dump([*row[:3], *row[4:]]).encode("utf-8", "replace")
        digest = blake2b(said, digest_size=SIZE_OF_DIGEST // 2).hexdigest()
        self.lines.append(f'"{digest}"{_dump(row)}'.encode("utf-8", "replace"))
        self.attachments += [Attachment(digest, file, folder) for file in entry.files]
        for one in identifiers(entry.doi, entry.urls, ""):
            self._know(self.identifiers, one, digest)
        if entry.key:  # of two entries with one key the first is meant
            first = self.keys.setdefault(entry.key.lower(), digest)
            self.identifiers[key_identifier(entry.key)] = first

    @staticmethod
    def _know(known: dict[str, str], name: str, digest: str) -> None:
        if known.setdefault(name, digest) != digest:
            known[name] = ""  # of two entries it is neither's

    def made(self) -> Bibliography:
        """All of it, by digests."""
        digests = frozenset(line[1 : SIZE_OF_DIGEST + 1].decode() for line in self.lines)
        table = Table(self.attachments, self.identifiers, self.keys, digests, tuple(self.faults))
        return Bibliography(table, self.lines)


def _kept(tree: Tree, states: list[State] | None) -> Bibliography | None:
    """What is kept of files in these states; None for `states` takes whatever is kept."""
    try:
        with closing(tree.folder("index")) as folder:
            raw = folder.read(NAME, _LARGEST_KEPT)
        head, *lines = raw.split(b"\n")
        version, known, attachments, identifiers, keys, faults = json.loads(head)
        if version != VERSION or states not in (None, known):
            return None
        digests = frozenset(line[1 : SIZE_OF_DIGEST + 1].decode() for line in lines)
        table = Table(
            [Attachment(*map(str, one)) for one in attachments],
            {str(name): str(digest) for name, digest in identifiers.items()},
            {str(name): str(digest) for name, digest in keys.items()},
            digests,
            tuple(Fault(str(path), line, str(reason), False) for path, line, reason in faults),
        )
        return Bibliography(table, lines)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def _keep(tree: Tree, states: list[State], found: Bibliography, lines: Sequence[bytes]) -> None:
    """Keeps what was read; where nothing can be written, that costs only time."""
    table = found.table
    faults = [[one.path, one.line, one.reason] for one in table.faults]
    head = [VERSION, states, table.attachments, table.identifiers, table.keys, faults]
    try:
        with closing(tree.folder("index")) as folder:
            first = _dump(head).encode("utf-8", "replace")
            folder.write(NAME, b"\n".join([first, *lines]))
    except OSError:
        pass
