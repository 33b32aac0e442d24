"""Ids as people write them: whole, shortened, with ranges, with a hash, or in a line of output."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from typing import NamedTuple
from unicodedata import normalize

from sinorus.errors import UnknownIdError
from sinorus.model import Document

_ID = re.compile(
    r"(?P<document>.+?)(?:#(?P<first>\d+)(?:-(?P<last>\d+))?(?:@(?P<hash>\w+))?)?$", re.S
)
_VIMGREP = re.compile(r"(.+?:\d+):\d+:")
_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})$")
_LINE = re.compile(r"(?=([:-])\d+\1(.+?#\d+)\1)")


class Asked(NamedTuple):
    """What an id asks for: a document, or its paragraphs `first` to `last`, perhaps with a hash."""

    text: str
    document: str
    first: int | None
    last: int | None
    hash: str | None


def read_id(text: str) -> Asked:
    """The parts of an id. Raises UnknownIdError for one that cannot be one."""
    match = _ID.match(text)
    if match is None:
        raise UnknownIdError(f"{text!r} is not an id", "write DOCUMENT, DOCUMENT#3 or DOCUMENT#3-7")
    if any(len(match[part] or "") > 9 for part in ("first", "last")):
        raise UnknownIdError(f"{text[:60]!r}… names no paragraphs", "write doc#3 or doc#3-7")
    first = int(match["first"]) if match["first"] else None
    last = int(match["last"]) if match["last"] else first
    if first is not None and last is not None and not 1 <= first <= last:
        hint = f"write {match['document']}#{last}-{first}" if first > last else "they count from 1"
        raise UnknownIdError(f"{text!r} names no paragraphs", hint)
    return Asked(text, match["document"], first, last, match["hash"])


def id_in_line(line: str, known: Collection[str] = ()) -> str:
    """The id in a line of our own output, or the place: what `show` takes.

    Lines are JSON, `path:line:id:text` (with `-` for neighbours), `path:line:column:text`, or an
    id alone. A path may look like more: where there is a choice, an id of a document in `known`.
    """
    if line.startswith("{"):
        try:
            record = json.loads(line)
        except ValueError:
            record = None
        if isinstance(record, dict) and isinstance(record.get("id"), str):
            return str(record["id"])
    found = [match[2] for match in _LINE.finditer(line)]
    for name in found:
        if name.rpartition("#")[0] in known:
            return name
    if place := _VIMGREP.match(line):
        return place[1]
    return found[0] if found and line not in known else line


def place_in(text: str) -> tuple[str, int] | None:
    """The path and the line of `path:line`; None for any other text."""
    match = _PLACE.match(text)
    return (match["path"], int(match["line"])) if match else None


def _ends_path(path: str, end: str) -> bool:
    """Whether a path, with or without its suffix, is or ends in `end`."""
    stem = path.rpartition(".")[0] or path
    return any(one == end or one.endswith("/" + end) for one in (path, stem))


def find_document(name: str, documents: Sequence[Document]) -> Document:
    """The document whose id or path is `name`, or the only one whose id or path ends in it.

    Raises UnknownIdError with the nearest ids, or with the candidates if there are several.
    """
    name = normalize("NFC", name)
    path = name.removeprefix("./")
    for document in documents:
        if name == document.id or path == document.path:
            return document
    found = [document for document in documents if document.id.endswith("/" + name)]
    found = found or [document for document in documents if _ends_path(document.path, path)]
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(document.id for document in found[:8])
        more = f" and {len(found) - 8} more" if len(found) > 8 else ""
        raise UnknownIdError(
            f"{name!r} may be any of {shown}{more}", "write more of the id", several=True
        )
    known = {document.id: document.id for document in documents}
    known.update({document.id.rpartition("/")[2]: document.id for document in documents})
    from difflib import get_close_matches

    near = get_close_matches(name, known, 3, 0.6)
    hint = f"did you mean {' or '.join(dict.fromkeys(known[n] for n in near))}?" if near else ""
    shown = name if len(name) <= 80 else name[:80] + "…"
    raise UnknownIdError(
        f"there is no document {shown!r}", hint or "sinorus sources lists them all"
    )
