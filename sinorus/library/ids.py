"""Ids as people write them: whole, shortened, with ranges, with a hash, or in a line of output."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple
from unicodedata import normalize

from sinorus.engines.port import Engine
from sinorus.errors import UnknownIdError
from sinorus.model import Document
from sinorus.model.documents import LONGEST_ID

_ID = re.compile(
    r"(?P<document>.+?)(?:#(?P<first>\d+)(?:-(?P<last>\d+))?(?:@(?P<hash>\w+))?)?$", re.S
)
_VIMGREP = re.compile(r"(.+?:\d+):\d+:")
_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})$")
_PARAGRAPHS = re.compile(r".+?#\d")
_BEFORE_ID = re.compile(r"([:-])\d+(?=\1)")
_END_OF_ID = re.compile(r"#\d+(?=([:-]))")
_COMPARED = 300
"""Characters of a wrong id up to which others are offered: to compare two takes their square."""
_IN_PROSE = re.compile(
    r"(?<![\w/#@%])[^\s#@()\[\]{}<>«»“”„\"'`*|,;、，。；：（）「」]+#\d{1,9}(?:-\d{1,9})?(?:@[0-9a-f]{8})?(?![\w#])"
)
_WORDS = 3
"""So many words and more on a line without an id are prose, and no shortened id."""
_OF_IDS = frozenset("-_.~0123456789")
"""What stands in an id sooner than in a word of a query."""
_KEPT = 100_000
"""Names that are looked up once."""
_HEAD = 20_000
"""Characters of a line of output in which its path and its id are looked for."""


CUT = "…"
"""What stands before the end of an id where a line of output had no room for all of it."""


class Asked(NamedTuple):
    """What an id asks for: a document, or its paragraphs `first` to `last`, perhaps with a hash."""

    text: str
    document: str
    first: int | None
    last: int | None
    hash: str | None


def read_id(text: str) -> Asked:
    """The parts of an id. Raises UnknownIdError for one that cannot be one."""
    if len(text) > LONGEST_ID:
        raise UnknownIdError(
            f"{text[:60]!r}… is no document or paragraph: "
            f"an id has at most {LONGEST_ID:,} characters",
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


def id_in_line(line: str, known: Callable[[str], bool] = lambda _: False) -> str:
    """The id in a line of our own output, or the place: what `show` takes.

    Lines are JSON, `path:line:id:text` (with `-` for neighbours), `path:line:column:text`, or an
    id alone. A path may look like more: where there is a choice, an id of a document that is
    `known`.
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
    unknown = set()
    for name in _ids_in(head):
        document = name.rpartition("#")[0]
        if document not in unknown and known(document):
            return name
        unknown.add(document)
        first = first or name
    if place := _VIMGREP.match(head):
        return place[1]
    return first if first and not known(line) else line


def ids_in_line(line: str, known: Callable[[str], bool] = lambda _: False) -> Iterator[str]:
    """The id in a line of our own output, or all of those that stand in a line of prose."""
    one = id_in_line(line, known)
    if one != line or known(line) or known(line.rpartition("#")[0]):
        yield one
        return
    head = line[:_HEAD]
    if len(line) > LONGEST_ID and not re.search(r"\s", head):
        yield line
        return
    found = [match[0] for match in _IN_PROSE.finditer(head)]
    if found and found != [line]:
        yield from found
    elif found or len(head.split(maxsplit=_WORDS)) < _WORDS:
        yield line


def ids_in_prose(line: str) -> Iterator[tuple[int, str]]:
    """What has the look of a paragraph's id in a line of prose, with where it begins."""
    return ((match.start(), match[0]) for match in _IN_PROSE.finditer(line[:_HEAD]))


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


class Ids:
    """The documents that ids, ends of ids and paths name: the index is asked, nothing is listed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[str, Document | None] = {}
        self._whole: dict[str, bool] = {}

    @cached_property
    def _paths(self) -> list[tuple[str, str]]:
        """The path and the id of each document, sorted by id."""
        known = [(one.path, one.document) for one in self._engine.fingerprints() if one.document]
        return sorted(known, key=itemgetter(1))

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
        return self._once(normalize("NFC", name), self._found)

    def holding(self, text: str) -> Document:
        """The document that an id names, or that has the paragraph that it names.

        Raises UnknownIdError as `find` does.
        """
        if found := self.known(text):
            return found
        asked = read_id(text)
        if not asked.first:
            raise self.unknown(text)
        found = self.known(asked.document) or self.cut(asked.document)
        if found is None:
            raise self.unknown(asked.document)
        return found

    def cut(self, tail: str) -> Document | None:
        """The only document whose id ends so, wherever it was cut; None if there is none.

        Raises UnknownIdError if there are several.
        """
        tail = normalize("NFC", tail)
        return self._once(
            f"{tail}\0", lambda _: self._only(tail, self._engine.find_documents(tail))
        )

    def _once(self, key: str, find: Callable[[str], Document | None]) -> Document | None:
        """What is found for a key, which is looked up once."""
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = find(key)
        return self._known[key]

    def has(self, name: str) -> bool:
        """Whether this is the whole id of a document."""
        known = self._whole.get(name)
        if known is None:
            if len(self._whole) >= _KEPT:
                self._whole.clear()
            known = self._whole[name] = self._engine.document(name) is not None
        return known

    def are_texts(self, left: str, right: str, *, found: bool = True) -> bool:
        """Whether two words name two texts and are not words of a query.

        Ids of paragraphs always do, ids of documents if both are there. Raises UnknownIdError where
        one has the look of an id and names nothing. Two words that are nearly ids may be a query:
        not if it `found` nothing.
        """
        if any(_PARAGRAPHS.match(word) for word in (left, right)):
            return True
        faults: dict[str, UnknownIdError] = {}
        for word in (left, right):
            try:
                self.find(word)
            except UnknownIdError as fault:
                faults[word] = fault
        for wrong in faults.values():
            if "/" in left + right or wrong.several:
                raise wrong
        if not faults:
            return True
        signs = not found or all(any(sign in _OF_IDS for sign in word) for word in faults)
        beside = left not in faults or right not in faults
        nearly = all(wrong.hint for wrong in faults.values())
        for wrong in faults.values():
            if (beside and (wrong.hint or signs)) or (signs and nearly):
                hint = f"{wrong.hint} For a query write AND between the words"
                raise UnknownIdError(wrong.message, hint.removeprefix("; "))
        return False

    def _found(self, name: str) -> Document | None:
        if whole := self._engine.document(name):
            return whole
        if name.startswith(CUT):
            tail = name.lstrip(CUT)
            ends = self._engine.find_documents(tail) if tail else []
            return self._only(name, [known for known in ends if known != tail])
        path = name.removeprefix("./")
        candidates: Sequence[str] = []
        if "." in path.rpartition("/")[2]:  # a path goes before an end of an id
            candidates = [known for there, known in self._paths if there == path][:1]
        candidates = candidates or self._engine.find_documents("/" + name)
        candidates = candidates or [
            known
            for there, known in self._paths
            if f"/{there}".endswith(f"/{path}") or f"/{_bare(there)}".endswith(f"/{path}")
        ]
        return self._only(name, candidates)

    def _only(self, name: str, candidates: Sequence[str]) -> Document | None:
        """The one document of these ids, if there is one. Raises UnknownIdError for several."""
        if len(candidates) > 1:
            shown = ", ".join(candidates[:8])
            more = f" and {len(candidates) - 8} more" if len(candidates) > 8 else ""
            raise UnknownIdError(
                f"{_cut(name)!r} may be any of {shown}{more}", "write more of the id", several=True
            )
        return self._engine.document(candidates[0]) if candidates else None

    def unknown(self, name: str) -> UnknownIdError:
        """The error that offers the nearest ids."""
        name, hint = normalize("NFC", name), ""
        if len(name) <= _COMPARED:
            ids = self._engine.find_documents("")
            known = {one: one for one in ids}
            known |= {one.rpartition("/")[2]: one for one in ids}
            from difflib import get_close_matches

            near = get_close_matches(name, [key for key in known if len(key) <= _COMPARED], 3, 0.6)
            if near:
                hint = f"did you mean {' or '.join(dict.fromkeys(known[n] for n in near))}?"
        message = f"there is no document {_cut(name)!r}"
        return UnknownIdError(message, hint, "" if hint else "unknown document")


def _bare(path: str) -> str:
    """A path without the suffix of its file."""
    return path.rpartition(".")[0] or path


def _cut(name: str) -> str:
    return name if len(name) <= 80 else name[:80] + "…"
