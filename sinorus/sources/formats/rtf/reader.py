"""From the bytes of an RTF file to blocks."""

from __future__ import annotations

import re

from sinorus.sources.formats.archive import Archive
from sinorus.sources.formats.registry import Binary, Content, Unreadable
from sinorus.sources.formats.rtf.controls import Controls
from sinorus.sources.formats.rtf.tokens import tokens

_NO_AUTHORS = frozenset(("user", "admin", "unknown", "windows user", "microsoft office user"))
_BEGIN = re.compile(rb"\s*\{\s*\\")


def read(source: Binary, /) -> Content:
    """The text of an RTF file as it is with all changes accepted. Raises Unreadable."""
    raw = source.raw.removeprefix(b"\xef\xbb\xbf")
    if not _BEGIN.match(raw):
        if raw.startswith(b"PK"):
            raise Unreadable("it is a packed document inside: name it .docx or .odt")
        Archive(raw)  # which knows what else it may be
        raise Unreadable("it is not what its suffix says")
    reading = Controls()
    for token in tokens(raw):
        reading.take(token)
    blocks = reading.finished()
    faults: list[tuple[int, str]] = []
    if reading.depth > 0:
        faults.append((0, "it breaks off: what stood behind is missing"))
    if not blocks:
        faults.append((0, "it has no text, only pictures or empty pages"))
    return Content(blocks, _fields(reading.info), {}, tuple(faults))


def _fields(info: dict[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, said in info.items():
        text = " ".join(said.split())
        if key == "author":
            names = [one.strip() for one in text.split(";")]
            people = [one for one in names if one and one.lower() not in _NO_AUTHORS]
            if people:
                found["author"] = people
        elif text:
            found[key] = text
    return found
