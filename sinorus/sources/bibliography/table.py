"""Which entry belongs to which document. A search asks this of all documents, so it reads none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from unicodedata import normalize

from sinorus.model import Fault
from sinorus.sources.bibliography.identity import SIZE

_TAILS = (3, 2, 1)
"""Folders and name at the end of a path by which a file is known that lies elsewhere now."""


class Attachment(NamedTuple):
    """A file that an entry names: the entry's digest, the path, the folder of the bibliography."""

    entry: str
    path: str
    folder: str


class Table(NamedTuple):
    """What a search needs of a bibliography: entries are known by their digests.

    `identifiers` are those of `identity`, `keys` the citation keys in small letters; a DOI or
    address that several entries have is nobody's. `late`: the files have changed since, which is
    too much to read for a search.
    """

    attachments: Sequence[Attachment] = ()
    identifiers: Mapping[str, str] = {}
    keys: Mapping[str, str] = {}
    digests: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()
    late: bool = False

    def claims(self, root: str, paths: Iterable[str]) -> dict[str, str]:
        """The entry of each of the paths that one names as its file.

        A path of another computer is known by its end, where that is of one file alone.
        """
        if not self.attachments:
            return {}
        names = {_name(one.path) for one in self.attachments}
        known: dict[str, str] = {}
        tails: dict[str, list[str]] = {}
        for path in paths:
            name = path.rpartition("/")[2]
            name = name if name.isascii() else normalize("NFC", name)
            if name in names:
                whole = normalize("NFC", path)
                known[whole] = path
                for tail in _tails(whole):
                    tails.setdefault(tail, []).append(path)
        once = _counts(_name(one.path) for one in self.attachments)
        found: dict[str, str] = {}
        for one in self.attachments if known else ():
            place = _exact(one, root, known) or _by_end(one, tails, once)
            if place is not None:
                found.setdefault(place, one.entry)
        return found

    def belonging(self, claim: str, identifiers: str, path: str) -> str:
        """The digest of the entry of a document, or empty.

        `claim` is of one that names its file, `identifiers` what the document says of itself.
        """
        if claim in self.digests:
            return claim
        for at in range(0, len(identifiers), SIZE):
            if found := self.identifiers.get(identifiers[at : at + SIZE]):
                return found
        name = path.rpartition("/")[2]
        return self.keys.get(name.rpartition(".")[0].lower(), "")


NO_TABLE = Table()


def _name(path: str) -> str:
    return normalize("NFC", path.rpartition("/")[2])


def _counts(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts


def _tails(path: str) -> list[str]:
    """The last names of a path: three of them, two, one."""
    parts = path.strip("/").split("/")
    return ["/".join(parts[-size:]) for size in _TAILS if len(parts) >= size]


def _exact(one: Attachment, root: str, known: Mapping[str, str]) -> str | None:
    written = normalize("NFC", one.path)
    if written.startswith("/"):
        inside = written.removeprefix(root.rstrip("/") + "/")
        return known.get(inside) or known.get(os.path.normpath(written))
    for folder in dict.fromkeys((one.folder, "")):
        at = os.path.normpath(os.path.join(folder, written))
        if at in known:
            return known[at]
    return None


def _by_end(
    one: Attachment, tails: Mapping[str, Sequence[str]], once: Mapping[str, int]
) -> str | None:
    for tail in _tails(normalize("NFC", one.path)):
        found = tails.get(tail, ())
        if len(found) > 1:
            return None
        if found:
            alone = "/" in tail or once.get(tail) == 1
            return found[0] if alone else None
    return None
