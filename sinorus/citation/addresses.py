"""The address of a document on the web, at the words that are quoted of it."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from sinorus.model import Document

_WORDS = 5
"""Of the beginning and of the end of a text, that stand for it in an address."""
_LONGEST = 60
"""Characters of so many words; what is longer is written without blanks."""
_STOP = re.compile(r"[，。；：！？、…,;:!?]")
_LEAST = 4
"""Characters of a clause that is long enough to be found by."""
_UNSAFE = re.compile(r"[^!#$%&'()*+,\-./:;=?@\[\]~\w]", re.ASCII)
"""What no address has as it is; letters of all scripts are encoded, as browsers do it."""


def address_of(document: Document) -> str | None:
    """The url of a document as an address that a browser takes; None if it is none of the web.

    A document may say anything.
    """
    written = (document.url or "").strip()
    if written.lower().startswith("www."):
        written = f"https://{written}"
    try:
        parts = urlsplit(written)
        is_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web:
        return None
    return _UNSAFE.sub(lambda sign: quote(sign[0].encode("utf-8", "surrogateescape")), written)


def address_at(address: str, words: str, page: int | None) -> str:
    """The address at these words: `#:~:text=first words,last words`, in a PDF `#page=7`."""
    base, _, anchor = address.partition("#")
    anchor = anchor.partition(":~:")[0]
    if page and urlsplit(base).path.lower().endswith(".pdf"):
        return f"{base}#page={page}"
    fragment = text_fragment(words)
    return f"{base}#{anchor}:~:{fragment}" if fragment else address


def text_fragment(text: str) -> str:
    """`text=first words,last words`, by which browsers find a text in a page; empty of no words.

    A short one stands there whole. In scripts without blanks, clauses stand for words: a browser
    finds nothing where a word is cut.
    """
    lines = [line for line in re.split(r"[\n\t]+", text) if line.strip()]
    if not lines:
        return ""
    first, last = lines[0].split(), lines[-1].split()
    whole = " ".join(first) if len(lines) == 1 else ""
    start, end = " ".join(first[:_WORDS]), " ".join(last[-_WORDS:])
    if len(start) > _LONGEST:
        stop = _STOP.search(start, _LEAST)
        start = start[: stop.end() if stop else _LONGEST]
    if len(end) > _LONGEST:
        stops = [stop.end() for stop in _STOP.finditer(end, 0, len(end) - _LEAST)]
        end = end[stops[-1] if stops else -_LONGEST :]
    short = len(first) <= 2 * _WORDS and len(whole) <= 2 * _LONGEST
    if whole and (short or len(start) + len(end) >= len(whole)):
        return f"text={_encoded(whole)}"
    return f"text={_encoded(start)},{_encoded(end)}"


def _encoded(words: str) -> str:
    """Percent-encoded, as is `-`, which has a meaning in a text fragment."""
    return quote(words.encode("utf-8", "replace"), safe="").replace("-", "%2D")
