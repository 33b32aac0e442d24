"""Files, their documents and paragraphs to what the cluster keeps of them, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple
from urllib.parse import quote

from sinorus.engines.documents import (
    document_record,
    document_values,
    markup_row,
    read_document,
    read_faults,
    read_markup,
)
from sinorus.engines.opensearch import signs
from sinorus.engines.opensearch.schema import (
    CASED,
    EXACT,
    FILE,
    JOIN,
    LONGEST,
    PARAGRAPH,
    SEPARATOR,
    SPACE,
)
from sinorus.engines.ordering import id_key, title_key
from sinorus.model import KINDS, Document, Fault, Fingerprint, Paragraph, Place, Reading
from sinorus.model.dates import day_number
from sinorus.text.fold import capitals, capitals_together, caseless, fold_value, recased
from sinorus.text.prose import prose
from sinorus.text.stems import readings
from sinorus.text.tokens import Tokens, paragraph_hash, tokenize

Counts = tuple[int, int, int]
"""Documents, paragraphs and words."""
_LONGEST_KEY = 8_000


def clipped(token: str) -> str:
    """A token as the cluster can have it: no spaces in it, a very long one by a hash of its end.

    A few characters fold to several words (`U+FDFA`), which are one token none the less.
    """
    if " " in token:
        token = token.replace(" ", SPACE)
    if len(token) <= LONGEST:
        return token
    digest = blake2b(token.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return token[: LONGEST - 40] + digest


def written(form: str, bits: int) -> str:
    """The token of a form with these `fold.capitals`."""
    return EXACT + clipped(form) if caseless(form) else CASED + clipped(recased(form, bits))


def join_part(token: str, width: int, place: int) -> str:
    """What stands at a place, from 0, where the word of a token is written as so many tokens."""
    return f"{JOIN}{width}{place}{token}"


def named(name: str, stems: Iterable[str]) -> str:
    """Words of a field of the metadata, each with the name of the field."""
    safe = quote(name, safe="")
    return " ".join([_read(stem, f"{safe}:") for stem in stems])


def _read(stem: str, before: str = "") -> str:
    """The readings of a stem as they are sent: the index has all of them at one position."""
    return SEPARATOR.join([clipped(before + reading) for reading in readings(stem)])


class Piece(NamedTuple):
    """A document of the cluster: its id, what it is routed by, and its fields."""

    id: str
    routing: str
    source: dict[str, Any]


def piece_id(library: str, version: str, n: int | None = None) -> str:
    """The id of what is known of a file, or of its `n`th paragraph."""
    return f"{library}/{version}" if n is None else f"{library}/{version}#{n}"


def routing_of(version: str) -> str:
    """What all pieces of a file are routed by, so that they lie in one shard."""
    return version.split(".", maxsplit=1)[0]


def version_of(reading: Reading, born: int) -> str:
    """What tells this state of a file from all others: document and path, change, digest."""
    name = f"{reading.document.id if reading.document else ''}\0{reading.fingerprint.path}"
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{digest}.{born}.{reading.fingerprint.digest[:12]}"


def encode(library: str, reading: Reading, born: int) -> tuple[list[Piece], Counts]:
    """The pieces of a file that was read, what is known of the file last, and their counts.

    Hashes and words are filled in where they are missing.
    """
    version = version_of(reading, born)
    routing = routing_of(version)
    document = reading.document
    pieces: list[Piece] = []
    words = 0
    if document is not None:
        shared = {**_document_fields(document), "version": version, "born": born}
        for one in reading.paragraphs:
            fields, size = _paragraph_fields(one)
            words += size
            pieces.append(Piece(piece_id(library, version, one.n), routing, {**shared, **fields}))
    known: dict[str, Any] = {
        "kind": FILE,
        "version": version,
        "born": born,
        "path": reading.fingerprint.path,
        "stored": _stored_file(reading, len(reading.paragraphs), words),
    }
    if document is not None:
        known["document"] = document.id
    pieces.append(Piece(piece_id(library, version), routing, known))
    return pieces, (1, len(reading.paragraphs), words) if document else (0, 0, 0)


def _document_fields(document: Document) -> dict[str, Any]:
    """What all paragraphs of a document have of it."""
    values = document_values(document)
    found: dict[str, Any] = {
        "kind": PARAGRAPH,
        "document": document.id,
        "order": id_key(document.id)[:_LONGEST_KEY],
        "path": document.path,
        "tails": _tails(fold_value(document.id)),
        "tag": [fold_value(tag) for tag in document.tags],
        "named": [named(name, tokenize(text).stems) for name, text in values],
    }
    if document.lang:
        found["lang"] = fold_value(document.lang)
    if document.date is not None:
        first, last = (day_number(text) for text in (document.date.first, document.date.last))
        found["since"], found["days"] = first, {"gte": first, "lte": last}
    unknown, title = title_key(document.title)
    if not unknown:
        found["title"] = title[:_LONGEST_KEY]
    return found


def _tails(name: str) -> list[str]:
    """An id, and what stands after each of its slashes."""
    return [name, *(name[match.end() :] for match in re.finditer("/", name))]


def _paragraph_fields(one: Paragraph) -> tuple[dict[str, Any], int]:
    """The fields of a paragraph, and its length in tokens."""
    tokens = tokenize(one.text)
    stored: dict[str, Any] = {"text": one.text, "lines": [one.line, one.end_line]}
    if one.heading:
        stored["heading"] = list(one.heading)
    if one.places:
        stored["places"] = one.places
    if one.speaker:
        stored["speaker"] = one.speaker
    if markup := markup_row(one):
        stored["markup"] = markup
    fields = {
        "n": one.n,
        "hash": one.hash or paragraph_hash(one.text, tokens),
        "words": len(tokens),
        "prose": prose(one.text),
        "text": _sent(one.text, tokens),
        "heading": [_words(text) for text in one.heading],
        "block": one.kind,
        "stored": stored,
    }
    if one.speaker:
        fields["speaker"] = _words(one.speaker)
    return fields, len(tokens)


def _sent(text: str, tokens: Tokens) -> str:
    """The tokens of a text as they are sent: what the index has at each position."""
    spans = zip(tokens.starts, tokens.ends, strict=True)
    bits = [capitals(text[start:end]) for start, end in spans]
    rows = zip(tokens.stems, tokens.forms, bits, strict=True)
    found = [SEPARATOR.join(_alike(stem, form, its)) for stem, form, its in rows]
    for join in tokens.joins:
        several = range(join.at, join.at + join.width)
        its = capitals_together((tokens.forms[one], bits[one]) for one in several)
        for place, one in enumerate(several):
            words = _alike(join.stem, join.form, its)
            parts = [join_part(token, join.width, place) for token in words]
            found[one] = SEPARATOR.join([found[one], *parts])
    for at, more in signs.signed(tokens, text).items():
        found[at] = SEPARATOR.join([found[at], *more])
    return " ".join(found)


def _alike(stem: str, form: str, bits: int) -> list[str]:
    """The tokens of one word: its readings, its form, and that as it is written."""
    exact = EXACT + clipped(form)
    return [*dict.fromkeys((*map(clipped, readings(stem)), exact, written(form, bits)))]


def _words(text: str) -> str:
    return " ".join(map(_read, tokenize(text).stems))


def read_paragraph(source: Mapping[str, Any]) -> Paragraph:
    """The paragraph in a source."""
    stored = source["stored"]
    line, end_line = stored["lines"]
    text = stored["text"]
    markup = read_markup(stored.get("markup", []), len(text))
    return Paragraph(
        source["document"],
        source["n"],
        text,
        line,
        end_line,
        tuple(stored.get("heading", ())),
        source["hash"],
        KINDS[KINDS.index(source["block"])],
        tuple([Place(*place) for place in stored.get("places", ())]),
        *markup[:3],
        stored.get("speaker"),
        markup.time,
        *markup.pages,
        markup.mark,
    )


def stored_fingerprint(fingerprint: Fingerprint) -> dict[str, Any]:
    """What is stored of a fingerprint; document and path are fields of their own."""
    names = ("size", "mtime", "ctime", "inode", "digest")
    return {name: getattr(fingerprint, name) for name in names}


def _stored_file(reading: Reading, paragraphs: int, words: int) -> dict[str, Any]:
    stored = stored_fingerprint(reading.fingerprint)
    if reading.document is None:
        (fault,) = reading.faults[:1]
        stored["fault"] = [fault.line, fault.reason]
    else:
        stored["counts"] = [paragraphs, words]
        stored["record"] = document_record(reading.document, reading.faults).decode()
    return stored


class IndexedFile(NamedTuple):
    """What an index knows of a file: its document, or why it is skipped and `document` is empty.

    `stored` holds the fingerprint, and the record of the document or the fault.
    """

    version: str
    born: int
    document: str
    path: str
    stored: Mapping[str, Any]

    @property
    def fingerprint(self) -> Fingerprint:
        """What tells whether the file has changed."""
        stored = self.stored
        times = stored["mtime"], stored["ctime"]
        digest = stored["digest"]
        return Fingerprint(
            self.document, self.path, stored["size"], *times, stored["inode"], digest
        )

    @property
    def counts(self) -> Counts:
        """Its documents, paragraphs and words."""
        return (1, *self.stored["counts"]) if self.document else (0, 0, 0)

    def read_document(self) -> Document:
        """The document of a file that has one."""
        record = self.stored["record"].encode()
        return read_document(record, self.document, self.path, *self.stored["counts"])

    def read_faults(self) -> Sequence[Fault]:
        """What was wrong with the file."""
        if self.document:
            return read_faults(self.stored["record"].encode(), self.path)
        line, reason = self.stored["fault"]
        return [Fault(self.path, line, reason, skipped=True)]


def read_indexed_file(source: Mapping[str, Any]) -> IndexedFile:
    """The file in a source."""
    return IndexedFile(
        source["version"],
        source["born"],
        source.get("document", ""),
        source["path"],
        source["stored"],
    )
