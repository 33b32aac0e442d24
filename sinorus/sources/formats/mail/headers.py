"""What the headers of a message say: who wrote it to whom, when, and about what."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from sinorus.sources.formats.mail.encodings import text_in
from sinorus.sources.formats.seen_text import cleaned

_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\s]*(?: [^?\s]*)*?)\?=")
_LONGEST = 100_000  # characters of one header
_LONGEST_LIST = 20_000
_PEOPLE = 200  # of those to whom one message went
_PLAIN = {
    "message-id": "message_id",
    "in-reply-to": "in_reply_to",
    "list-id": "list_id",
    "newsgroups": "newsgroups",
    "organization": "organization",
    "keywords": "keywords",
    "content-language": "lang",
}
_WEB = re.compile(r"<?(https?://[^\s<>]+)>?", re.IGNORECASE)
KNOWN = frozenset(
    (
        *("from", "to", "subject", "date", "received", "message-id", "mime-version", "sender"),
        *("return-path", "delivered-to", "newsgroups", "content-type", "reply-to"),
    )
)
"""Of which a message has at least one."""


class Headers:
    """The headers of a message, by their names in lower case; the first of each name counts."""

    def __init__(self, message: Message) -> None:
        self._known: dict[str, str] = {}
        for name, value in message.raw_items():
            self._known.setdefault(name.lower(), _as_text(str(value)[:_LONGEST]))

    def is_of_mail(self) -> bool:
        """Whether there is any header that mail has."""
        return not KNOWN.isdisjoint(self._known)

    def text(self, name: str) -> str:
        """What a header says, on one line; empty where there is none."""
        return " ".join(cleaned(decoded(self._known.get(name, ""))).split())

    def people(self, name: str, *, addresses: bool = False) -> list[str]:
        """The names in a header, with their addresses if these are asked for; else these alone."""
        found = []
        # Names are decoded after they are told apart: a comma in one of them is part of it.
        try:
            known = getaddresses([self._known.get(name, "")[:_LONGEST_LIST]])
        except (RecursionError, ValueError, IndexError):
            return []
        for said, address in known[:_PEOPLE]:
            person = " ".join(cleaned(decoded(said)).split()).strip("'\" ")
            if addresses and person and address:
                found.append(f"{person} <{address}>")
            elif person or address:
                found.append(person or cleaned(address))
        return found

    def fields(self) -> dict[str, object]:
        """The fields of the document, as front matter would name them."""
        found: dict[str, object] = {}
        if subject := self.text("subject"):
            found["title"] = subject
        if authors := self.people("from") or self.people("sender"):
            found["author"] = authors
        if said := self.text("date"):
            self._add_date(found, said)
        for name in ("to", "cc"):
            if people := self.people(name, addresses=True):
                found[name] = people
        for name, key in _PLAIN.items():
            if said := self.text(name):
                found[key] = said
        if link := _WEB.fullmatch(self.text("archived-at")):
            found["url"] = link[1]
        return found

    def _add_date(self, found: dict[str, object], said: str) -> None:
        """The day where the writer was, and the moment as it is written in one way everywhere."""
        try:
            when = parsedate_to_datetime(said)
        except (TypeError, ValueError, IndexError, OverflowError):
            found["date"] = said
            return
        found["date"] = when.date().isoformat()
        found["sent"] = when.isoformat()


def _as_text(value: str) -> str:
    """A header with what is no ASCII in it, which stands there against the rules."""
    value = value.replace("\r", "").replace("\n", " ")
    if value.isascii():
        return value
    return text_in(value.encode("utf-8", "surrogateescape"), "")


def decoded(value: str) -> str:
    """A header with its encoded words read; those that follow one another may share a character."""
    found: list[str] = []
    raw, charset, at = b"", "", 0
    for word in _ENCODED.finditer(value):
        between = value[at : word.start()]
        own = word[1].partition("*")[0].lower()
        if raw and (between.strip() or own != charset):
            found.append(text_in(raw, charset))
            raw = b""
        if between.strip() or not at:
            found.append(between)
        raw, charset, at = raw + _bytes_of(word[2].lower(), word[3]), own, word.end()
    if raw:
        found.append(text_in(raw, charset))
    found.append(value[at:])
    return "".join(found)


def _bytes_of(how: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if how == "q":
        return quopri.decodestring(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw
