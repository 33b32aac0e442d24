"""Ids as people write them: whole, shortened, with ranges, with a hash, or in a line of output."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from sinorus.errors import UnknownIdError
from sinorus.model import Document

_ID = re.compile(
    r"(?P<document>.+?)(?:#(?P<first>\d+)(?:-(?P<last>\d+))?(?:@(?P<hash>\w+))?)?$", re.S
)
_VIMGREP = re.compile(r"(.+?:\d+):\d+:")
_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})$")
_BEFORE_ID = re.compile(r"([:-])\d+(?=\1)")
_END_OF_ID = re.compile(r"#\d+(?=([:-]))")
LONGEST = 10_000
"""Characters of an id; paths of files have 4,096 at most."""
_COMPARED = 300
"""Characters of a wrong id up to which others are offered: to compare two takes their square."""
_HEAD = 20_000
"""Characters of a line of output in which its path and its id are looked for."""


class Asked(NamedTuple):
    """What an id asks for: a document, or its paragraphs `first` to `last`, perhaps with a hash."""

    text: str
    document: str
    first: int | None
    last: int | None
    hash: str | None


def read_id(text: str) -> Asked:
    """The parts of an id. Raises UnknownIdError for one that cannot be one."""
    if len(text) > LONGEST:
        raise UnknownIdError(
            f"{text[:60]!r}… is no document or paragraph: an id has at most {LONGEST:,} characters",
            "write one id a line",
        )
    match = _ID.match(text)
    if match is None:
        raise UnknownIdError(f"{text!r} is not an id", "write DOCUMENT, DOCUMENT#3 or DOCUMENT#3-7")
    if any(len(match[part] or "") > 9 for part in ("first", "last")):
        raise UnknownIdError(f"{text[:60]!r}… names no paragraphs", "write doc#3 or doc#3-7")
    first = int(match["first"]) if match["first"] else None
    last = int(match["last"]) if match["last"] else first
    if first is not None and last is not None and not 1 <= first <= last:
        right = f"write {_cut(match['document'])}#{last}-{first}"
        hint = right if first > last else "they count from 1"
        raise UnknownIdError(f"{_cut(text)!r} names no paragraphs", hint)
    return Asked(text, match["document"], first, last, match["hash"])


def id_in_line(line: str, known: Collection[str] = ()) -> str:
    """The id in a line of our own output, or the place: what `show` takes.

    Lines are JSON, `path:line:id:text` (with `-` for neighbours), `path:line:column:text`, or an
    id alone. A path may look like more: where there is a choice, an id of a document in `known`.
    """
    if line.startswith("{"):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict) and isinstance(record.get("id"), str):
            return str(record["id"])
    head = line[:_HEAD]
    first = ""
    for name in _ids_in(head):
        if name.rpartition("#")[0] in known:
            return name
        first = first or name
    if place := _VIMGREP.match(head):
        return place[1]
    return first if first and line not in known else line


def _ids_in(line: str) -> Iterator[str]:
    """What may be an id in `path:line:id:text`: from each `:line:` to the next `#number:`."""
    marks: dict[str, list[tuple[int, int]]] = {":": [], "-": []}
    for match in _END_OF_ID.finditer(line):
        marks[match[1]].append(match.span())
    at = 0
    while before := _BEFORE_ID.search(line, at):
        at, start = before.start() + 1, before.end() + 1
        ends = marks[before[1]]
        after = bisect_left(ends, (start + 1, 0))  # one character at least is the document's
        if after < len(ends):
            yield line[start : ends[after][1]]


def place_in(text: str) -> tuple[str, int] | None:
    """The path and the line of `path:line`; None for any other text."""
    match = _PLACE.match(text)
    return (match["path"], int(match["line"])) if match else None


class Catalogue:
    """The documents of a library by their ids and paths: made once for all ids of a command."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents

    @cached_property
    def _exact(self) -> tuple[dict[str, int], dict[str, int]]:
        """Where the first document of each id stands, and that of each path."""
        backwards = [*reversed([*enumerate(self.documents)])]
        ids = {document.id: at for at, document in backwards}
        return ids, {document.path: at for at, document in backwards}

    @cached_property
    def _ids(self) -> _Endings:
        return _Endings((one.id, at) for at, one in enumerate(self.documents))

    @cached_property
    def _paths(self) -> _Endings:
        """Of paths with and without their suffixes."""
        return _Endings(
            (path, at)
            for at, one in enumerate(self.documents)
            for path in {one.path, one.path.rpartition(".")[0] or one.path}
        )

    def find(self, name: str) -> Document:
        """The document whose id or path is `name`, or the only one whose id or path ends in it.

        Raises UnknownIdError with the nearest ids, or with the candidates if there are several.
        """
        found = self.known(name)
        if found is None:
            raise self.unknown(name)
        return found

    def known(self, name: str) -> Document | None:
        """The same; None if there is none. Raises UnknownIdError if there are several."""
        name = normalize("NFC", name)
        path = name.removeprefix("./")
        ids, paths = self._exact
        whole = [at for at in (ids.get(name), paths.get(path)) if at is not None]
        if whole:
            return self.documents[min(whole)]
        found = self._ids.having("/" + name)
        found = found or sorted({*self._paths.having("/" + path), *self._paths.being(path)})
        if len(found) == 1:
            return self.documents[found[0]]
        if found:
            shown = ", ".join(self.documents[at].id for at in found[:8])
            more = f" and {len(found) - 8} more" if len(found) > 8 else ""
            raise UnknownIdError(
                f"{_cut(name)!r} may be any of {shown}{more}", "write more of the id", several=True
            )
        return None

    def unknown(self, name: str) -> UnknownIdError:
        """The error that offers the nearest ids."""
        name, hint = normalize("NFC", name), ""
        if len(name) <= _COMPARED:
            known = {document.id: document.id for document in self.documents}
            known |= {one.id.rpartition("/")[2]: one.id for one in self.documents}
            from difflib import get_close_matches

            near = get_close_matches(name, [key for key in known if len(key) <= _COMPARED], 3, 0.6)
            if near:
                hint = f"did you mean {' or '.join(dict.fromkeys(known[n] for n in near))}?"
        return UnknownIdError(
            f"there is no document {_cut(name)!r}", hint or "sinorus sources lists them all"
        )


def _cut(name: str) -> str:
    return name if len(name) <= 80 else name[:80] + "…"


class _Endings:
    """Texts by what they end in: sorted as they are read from their end."""

    def __init__(self, texts: Iterable[tuple[str, int]]) -> None:
        self._sorted = sorted((text[::-1], at) for text, at in texts)

    def having(self, end: str) -> list[int]:
        """The numbers of the texts with this ending, sorted."""
        begin = end[::-1]
        found = []
        for at in range(bisect_left(self._sorted, (begin, -1)), len(self._sorted)):
            if not self._sorted[at][0].startswith(begin):
                break
            found.append(self._sorted[at][1])
        return sorted(found)

    def being(self, text: str) -> list[int]:
        """The numbers of the texts that are this one."""
        whole = text[::-1]
        first = bisect_left(self._sorted, (whole, -1))
        return [at for _, at in self._sorted[first : bisect_left(self._sorted, (whole + "\0", -1))]]


def find_document(name: str, documents: Sequence[Document]) -> Document:
    """The document that a name means among a few: see `Catalogue.find`."""
    return Catalogue(documents).find(name)
