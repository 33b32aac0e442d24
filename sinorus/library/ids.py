"""Ids as people write them: whole, shortened, with ranges, with a hash, or in a line of output."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sinorus.errors import UnknownIdError
from sinorus.model import Document

_ID = re.compile(
    r"(?P<document>.+?)(?:#(?P<first>\d+)(?:-(?P<last>\d+))?(?:@(?P<hash>\w+))?)?$", re.S
)
_LINE = re.compile(r":\d+:(?P<id>[^:]+#\d+):")


@dataclass(frozen=True, slots=True)
class Asked:
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
    first = int(match["first"]) if match["first"] else None
    last = int(match["last"]) if match["last"] else first
    if first is not None and last is not None and not 1 <= first <= last:
        raise UnknownIdError(f"{text!r} names no paragraphs", "they count from 1: write doc#3-7")
    return Asked(text, match["document"], first, last, match["hash"])


def id_in_line(line: str) -> str:
    """The id in a line of our own output: JSON, `path:line:id:text`, or an id alone."""
    if line.startswith("{"):
        try:
            record = json.loads(line)
        except ValueError:
            record = None
        if isinstance(record, dict) and isinstance(record.get("id"), str):
            return str(record["id"])
    match = _LINE.search(line)
    return match["id"] if match else line


def find_document(name: str, documents: Sequence[Document]) -> Document:
    """The document whose id, path or unique end of an id is `name`.

    Raises UnknownIdError with the nearest ids, or with the candidates if there are several.
    """
    path = name.removeprefix("./")
    for document in documents:
        if name == document.id or path == document.path:
            return document
    found = [document for document in documents if document.id.endswith("/" + name)]
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(document.id for document in found[:8])
        more = f" and {len(found) - 8} more" if len(found) > 8 else ""
        raise UnknownIdError(f"{name!r} may be any of {shown}{more}", "write more of the id")
    known = {document.id: document.id for document in documents}
    known.update({document.id.rpartition("/")[2]: document.id for document in documents})
    from difflib import get_close_matches

    near = get_close_matches(name, known, 3, 0.6)
    hint = f"did you mean {' or '.join(dict.fromkeys(known[n] for n in near))}?" if near else ""
    raise UnknownIdError(f"there is no document {name!r}", hint or "sinorus sources lists them all")
