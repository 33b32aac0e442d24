"""Documents and paragraphs to what the cluster keeps of them, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple
from urllib.parse import quote

from sinorus.engines.opensearch.entry import Counts, stored_entry
from sinorus.engines.opensearch.schema import ENTRY, EXACT, LONGEST, MARK, PARAGRAPH, SPACE
from sinorus.engines.values import document_values, title_key
from sinorus.model import Document, Paragraph, Reading
from sinorus.text.fold import fold_value
from sinorus.text.tokens import paragraph_hash, tokenize

_LONGEST_KEY = 8_000


def clipped(token: str) -> str:
    """A token as the cluster can have it: no spaces in it, a very long one by a hash of its end.

    A few characters fold to several words (`U+FDFA`), which are one token none the less.
    """
    if " " in token:
        token = token.replace(" ", SPACE)
    if len(token) <= LONGEST:
        return token
    mark = blake2b(token.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return token[: LONGEST - 40] + mark


def hash_of(name: str) -> str:
    """Sixteen hexadecimal digits that stand for a name of any length; also what it is routed by."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Piece(NamedTuple):
    """A document of the cluster: its id, what it is routed by, and its fields."""

    id: str
    routing: str
    source: dict[str, Any]


def version_of(reading: Reading, born: int) -> str:
    """What tells this state of a file from all others: document and path, change, digest."""
    name = f"{reading.document.id if reading.document else ''}\0{reading.fingerprint.path}"
    return f"{hash_of(name)}.{born}.{reading.fingerprint.digest[:12]}"


def encode(library: str, reading: Reading, born: int) -> tuple[list[Piece], Counts]:
    """All pieces of a file that was read, the entry last, and what they come to.

    Hashes and words are filled in where they are missing.
    """
    version = version_of(reading, born)
    routing = version.split(".")[0]
    document = reading.document
    pieces: list[Piece] = []
    words = 0
    if document is not None:
        shared = {**_shared(document), "version": version, "born": born}
        for one in reading.paragraphs:
            fields, size = _paragraph(one)
            words += size
            name = f"{library}/{version}#{one.n}"
            pieces.append(Piece(name, routing, {**shared, **fields}))
    entry: dict[str, Any] = {
        "kind": ENTRY,
        "version": version,
        "born": born,
        "path": reading.fingerprint.path,
        "stored": stored_entry(reading, len(reading.paragraphs), words),
    }
    if document is not None:
        entry["document"] = document.id
    pieces.append(Piece(f"{library}/{version}", routing, entry))
    return pieces, (1, len(reading.paragraphs), words) if document else (0, 0, 0)


def _shared(document: Document) -> dict[str, Any]:
    """What all paragraphs of a document have of it."""
    values = document_values(document)
    found: dict[str, Any] = {
        "kind": PARAGRAPH,
        "document": document.id,
        "path": document.path,
        "tails": _tails(fold_value(document.id)),
        "tag": [fold_value(tag) for tag in document.tags],
        "named": [named(name, tokenize(text).stems) for name, text in values],
    }
    if document.lang:
        found["lang"] = fold_value(document.lang)
    if document.date is not None:
        first, last = (_day(text) for text in (document.date.first, document.date.last))
        found["since"], found["days"] = first, {"gte": first, "lte": last}
    unknown, title = title_key(document.title)
    if not unknown:
        found["title"] = title[:_LONGEST_KEY]
    return found


def named(name: str, stems: Iterable[str]) -> str:
    """Words of a field of the metadata, each with the name of the field."""
    safe = quote(name, safe="")
    return " ".join([clipped(f"{safe}:{stem}") for stem in stems])


def _tails(name: str) -> list[str]:
    """An id, and what stands after each of its slashes."""
    return [name, *(name[match.end() :] for match in re.finditer("/", name))]


def _day(text: str) -> int:
    return int(text.replace("-", ""))


def _paragraph(one: Paragraph) -> tuple[dict[str, Any], int]:
    tokens = tokenize(one.text)
    stored: dict[str, Any] = {
        "text": one.text,
        "lines": [one.line, one.end_line],
    }
    if one.heading:
        stored["heading"] = list(one.heading)
    if one.margins:
        stored["margins"] = list(one.margins)
    pairs = zip(tokens.stems, tokens.forms, strict=True)
    fields = {
        "n": one.n,
        "hash": one.hash or paragraph_hash(one.text, tokens),
        "words": len(tokens),
        "text": " ".join([f"{clipped(stem)}{MARK}{EXACT}{clipped(form)}" for stem, form in pairs]),
        "heading": [" ".join(map(clipped, tokenize(text).stems)) for text in one.heading],
        "stored": stored,
    }
    return fields, len(tokens)


def read_paragraph(source: Mapping[str, Any]) -> Paragraph:
    """The paragraph in a source."""
    stored = source["stored"]
    line, end_line = stored["lines"]
    return Paragraph(
        source["document"],
        source["n"],
        stored["text"],
        line,
        end_line,
        tuple(stored.get("heading", ())),
        source["hash"],
        tuple(stored.get("margins", ())),
    )
