"""One message: the part of it that is read, and the documents that are attached to it."""

from __future__ import annotations

import base64
import binascii
import mimetypes
from email import message_from_bytes
from email.message import Message

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.html import read_html
from sinorus.sources.formats.mail.encodings import text_in
from sinorus.sources.formats.mail.headers import Headers, decoded
from sinorus.sources.formats.mail.plain_text import blocks_of
from sinorus.sources.formats.mail.quoting import with_quotes
from sinorus.sources.formats.registry import Content, Part, Unreadable
from sinorus.sources.formats.seen_text import cleaned

_DEEPEST = 20  # of parts in parts, and of messages in messages
_ENCRYPTED = "it is encrypted: save a copy that is not"
_NO_MAIL = "there is no mail in it: it has no header such as From, Date or Subject"
_SIGNATURES = frozenset(
    (
        *("application/pgp-signature", "application/pkcs7-signature", "application/pgp-encrypted"),
        *("application/x-pkcs7-signature", "text/rfc822-headers", "message/delivery-status"),
    )
)
_PICTURES = frozenset(("image", "audio", "video"))
_SEALED = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_ENOUGH = 0.5  # of the letters of the plain text, in the HTML that says the same


def read_message(raw: bytes, depth: int = 0, *, of_box: bool = False) -> Content:
    """What a message says, and what is attached to it. Raises Unreadable.

    `of_box`: it is known to be one, whatever its headers.
    """
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    try:
        message = message_from_bytes(raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t"))
    except RecursionError:
        raise Unreadable("it has parts in parts, too deep to be read") from None
    headers = Headers(message)
    if not of_box and not headers.is_of_mail():
        raise Unreadable(_NO_MAIL)
    reading = _Reading(headers, depth)
    reading.visit(message, 0)
    return reading.content()


class _Reading:
    """Walks the parts of a message."""

    def __init__(self, headers: Headers, depth: int) -> None:
        self._fields = headers.fields()
        self._depth = depth
        self._blocks: list[Block] = []
        self._parts: list[Part] = []
        self._faults: list[tuple[int, str]] = []
        self._sealed = False

    def content(self) -> Content:
        """What was found. Raises Unreadable where all of it is encrypted."""
        if self._sealed and not self._blocks and not self._parts:
            raise Unreadable(_ENCRYPTED)
        if self._sealed:
            self._fault("a part of it is encrypted and missing")
        if not self._blocks and not self._parts:
            self._fault("it has no text")
        blocks = with_quotes(self._blocks)
        return Content(
            blocks, self._fields, {}, tuple(dict.fromkeys(self._faults)), parts=tuple(self._parts)
        )

    def _fault(self, reason: str) -> None:
        self._faults.append((0, reason))

    def visit(self, part: Message, depth: int, *, shown: bool = True) -> None:
        """Reads a part and those in it; those that are not `shown` are attachments at most."""
        kind = part.get_content_type()
        if depth > _DEEPEST:
            self._fault("parts that stand too deep in others are missing")
        elif kind in ("message/rfc822", "message/global", "message/news"):
            self._message(part)
        elif kind == "multipart/encrypted" or (kind in _SEALED and _is_sealed(part)):
            self._sealed = True
        elif part.is_multipart():
            self._several(part, kind, depth, shown=shown)
        elif kind not in _SIGNATURES:
            is_text = kind in ("text/plain", "text/html") or kind == "text/enriched"
            if shown and is_text and not _is_attached(part):
                self._blocks += self._text(part)
            else:
                self._attach(part, kind)

    def _several(self, part: Message, kind: str, depth: int, *, shown: bool) -> None:
        inner = [one for one in part.get_payload() if isinstance(one, Message)]
        if kind == "multipart/alternative" and shown:
            chosen = self._best(inner)
            self._blocks += chosen
            for one in inner:
                if one.is_multipart() or one.get_content_maintype() != "text":
                    self.visit(one, depth + 1, shown=False)
        elif kind == "multipart/related":
            for number, one in enumerate(inner):
                if number == 0 or one.get("Content-ID") is None or _is_attached(one):
                    self.visit(one, depth + 1, shown=shown and number == 0)
        else:
            for one in inner:
                self.visit(one, depth + 1, shown=shown)

    # Text

    def _best(self, inner: list[Message]) -> list[Block]:
        """The form that a reader is shown: HTML, unless it says less than the plain text."""
        plain = [one for one in _texts(inner, 0) if one.get_content_type() != "text/html"]
        pages = [one for one in _texts(inner, 0) if one.get_content_type() == "text/html"]
        as_text = [block for one in plain[:1] for block in self._text(one)]
        as_page = [block for one in pages[:1] for block in self._text(one)]
        return as_page if _letters(as_page) >= _ENOUGH * _letters(as_text) else as_text

    def _text(self, part: Message) -> list[Block]:
        raw = _bytes_of(part)
        charset = part.get_content_charset("") or ""
        if part.get_content_type() == "text/html":
            try:
                found = read_html(raw, charset or None, whole=True).blocks
            except Unreadable as error:
                self._fault(f"its HTML is missing: {error.message}")
                return []
            return [one._replace(line=0, end_line=0, places=()) for one in found]
        said = text_in(raw, charset)
        flowed = str(part.get_param("format", "")).lower() == "flowed"
        delete = str(part.get_param("delsp", "")).lower() == "yes"
        return blocks_of(said, flowed=flowed, delete_space=delete)

    # Documents of their own

    def _message(self, part: Message) -> None:
        name = _name_of(part) or "message.eml"
        raw = _attached_message(part)
        if self._depth >= _DEEPEST:
            self._fault(f"'{name}' stands in messages in messages and is missing")
            return
        try:
            content = read_message(raw, self._depth + 1)
        except Unreadable as error:
            self._fault(f"'{name}' is missing: {error.message}")
            return
        named = name if name.lower().endswith(".eml") else f"{name}.eml"
        self._parts.append(Part(named, content=content, fields=self._about()))

    def _attach(self, part: Message, kind: str) -> None:
        if part.get_content_maintype() in _PICTURES:
            return
        name = _name_of(part)
        if not name:
            if part.get_content_maintype() == "text" and not _is_attached(part):
                return  # another form of what is read
            name = f"attachment-{len(self._parts) + 1}{mimetypes.guess_extension(kind) or ''}"
        raw = _bytes_of(part)
        if raw:
            self._parts.append(Part(name, raw, fields=self._about()))

    def _about(self) -> dict[str, object]:
        """What the message says of a document in it: with which it came, and when."""
        wanted = {"title": "attached_to", "message_id": "attached_to_id", "sent": "attached"}
        return {key: self._fields[name] for name, key in wanted.items() if name in self._fields}


def _texts(parts: list[Message], depth: int) -> list[Message]:
    """The parts that are text, also within others."""
    found: list[Message] = []
    for one in parts:
        if one.is_multipart() and one.get_content_maintype() == "multipart" and depth < _DEEPEST:
            inner = [part for part in one.get_payload() if isinstance(part, Message)]
            found += _texts(inner, depth + 1)
        elif one.get_content_type() in ("text/plain", "text/html") and not _is_attached(one):
            found.append(one)
    return found


def _letters(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _is_attached(part: Message) -> bool:
    said = str(part.get("Content-Disposition") or "").lstrip().lower()
    return said.startswith("attachment") or bool(part.get_filename())


def _is_sealed(part: Message) -> bool:
    return str(part.get_param("smime-type", "enveloped-data")).lower() != "signed-data"


def _name_of(part: Message) -> str:
    """The name of an attachment without any path, nor what is no text."""
    try:
        said = part.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        said = ""
    name = " ".join(cleaned(decoded(str(said))).split()).replace("\\", "/")
    return name.rpartition("/")[2].strip(". ")[:150] if name.strip("./ ") else ""


def _bytes_of(part: Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        found = None
    return found if isinstance(found, bytes) else b""


def _attached_message(part: Message) -> bytes:
    """The bytes of a message in a message; some programs encode them, against the rules."""
    inner = part.get_payload()
    if not isinstance(inner, list) or not inner or not isinstance(inner[0], Message):
        return _bytes_of(part)
    how = str(part.get("Content-Transfer-Encoding") or "").strip().lower()
    body = inner[0].get_payload()
    if how == "base64" and isinstance(body, str):
        try:
            return base64.b64decode(body)
        except (binascii.Error, ValueError):
            pass
    return inner[0].as_bytes()
