"""A mailbox: many messages in one file, each of which is a document of its own."""

from __future__ import annotations

import re

from sinorus.sources.formats.mail.message import read_message
from sinorus.sources.formats.registry import Binary, Content, Part, Unreadable

_FROM = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
_TIME = re.compile(rb"\d\d?:\d\d")  # what stands behind the sender, with the year
_YEAR = re.compile(rb"\b(?:19|20)\d\d\b")
_ESCAPED = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_NAMED = 20  # messages that cannot be read, of which each is named


def read(source: Binary, /) -> Content:
    """A message with its attachments as parts, or of a mailbox each message as a part.

    Raises Unreadable.
    """
    if not source.raw.strip():
        raise Unreadable("it is empty")
    if source.path.lower().endswith((".mbox", ".mbx")):
        return _mailbox(source.raw)
    return read_message(source.raw)


def _mailbox(raw: bytes) -> Content:
    starts = [one for one in _FROM.finditer(raw) if _begins(raw, one)]
    if not starts:
        raise Unreadable("there is no mailbox in it: no line begins with From")
    bounds = [*(one.start() for one in starts[1:]), len(raw)]
    parts: list[Part] = []
    faults: list[tuple[int, str]] = []
    for number, (start, end) in enumerate(zip(starts, bounds, strict=True), 1):
        message = _ESCAPED.sub(b"", raw[start.end() : end])
        try:
            parts.append(Part(f"{number}.eml", content=read_message(message, of_box=True)))
        except Unreadable as error:
            faults.append((0, f"message {number} is missing: {error.message}"))
    if not parts:
        raise Unreadable(f"none of its {len(starts)} messages can be read")
    if len(faults) > _NAMED:
        more = len(faults) - _NAMED
        faults = [*faults[:_NAMED], (0, f"{more} more messages are missing")]
    return Content([], {}, {}, tuple(faults), parts=tuple(parts))


def _begins(raw: bytes, line: re.Match[bytes]) -> bool:
    """Whether a line that begins so begins a message: a time stands in it, a header follows."""
    end = line[0][-80:]
    if not (_TIME.search(end) and _YEAR.search(end)):
        return False
    following = raw[line.end() : line.end() + 200].partition(b"\n")[0].strip()
    name, colon, _ = following.partition(b":")
    return not following or (bool(colon) and b" " not in name.strip())
