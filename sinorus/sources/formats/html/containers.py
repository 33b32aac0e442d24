"""Files that hold a page with all that belongs to it: MHTML and the archives of Safari."""

from __future__ import annotations

import email
import plistlib
import re
from email.message import Message
from email.policy import compat32
from typing import NamedTuple

from sinorus.sources.formats.registry import Binary, Unreadable

_MOST_PARTS = 10_000
_MAIL = re.compile(
    rb"\s*(?:(?:From|MIME-Version|Content-Type|Subject|Date|Snapshot-Content-Location|X-[\w-]+"
    rb"|Content-[\w-]+|Return-Path):)",
    re.IGNORECASE,
)
_PAGES = ("text/html", "application/xhtml+xml")


class Page(NamedTuple):
    """The bytes of a page, the encoding they were sent in, and where it came from, if known."""

    raw: bytes
    charset: str | None = None
    url: str | None = None


def page_in(source: Binary) -> Page:
    """The page that a file is or holds. Raises Unreadable where it holds none."""
    raw = source.raw
    if raw.startswith(b"bplist00") or (raw.startswith(b"<?xml") and b"<plist" in raw[:1_000]):
        return _in_webarchive(raw)
    named = source.path.lower().endswith((".mht", ".mhtml")) or raw.startswith(b"From:")
    if named and _MAIL.match(raw):
        return _in_mhtml(raw)
    return Page(raw)


def _in_webarchive(raw: bytes) -> Page:
    try:
        archive = plistlib.loads(raw)
        main = archive["WebMainResource"]
        data, kind = main["WebResourceData"], main.get("WebResourceMIMEType", _PAGES[0])
    except Exception:  # plistlib raises whatever its parts do
        raise Unreadable("it is no complete web archive: save the page again") from None
    if not isinstance(data, bytes) or kind not in (*_PAGES, "text/plain"):
        raise Unreadable(f"it is an archive of {kind} and not of a web page")
    return Page(data, main.get("WebResourceTextEncodingName"), main.get("WebResourceURL"))


def _in_mhtml(raw: bytes) -> Page:
    try:
        message = email.message_from_bytes(raw, policy=compat32)
        pages = _pages_of(message)
    except RecursionError:
        raise Unreadable("its parts are nested too deep: save the page again as HTML") from None
    if not pages:
        raise Unreadable("there is no web page in it: save the page again")
    start = str(message.get_param("start") or "")
    main = next((one for one in pages if start and one.get("Content-ID", "") == start), pages[0])
    payload = main.get_payload(decode=True)
    if not isinstance(payload, bytes):
        raise Unreadable("there is no web page in it: save the page again")
    url = main.get("Content-Location") or message.get("Snapshot-Content-Location")
    return Page(payload, main.get_content_charset(), str(url) if url else None)


def _pages_of(message: Message) -> list[Message]:
    found: list[Message] = []
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.get_content_type() in _PAGES:
            found.append(part)
    return found
