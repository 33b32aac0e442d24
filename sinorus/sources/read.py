"""One file to a document and its paragraphs."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from time import sleep, time_ns
from typing import NamedTuple

from sinorus.files import Tree, read_all
from sinorus.model import Document, Fault, Fingerprint, Paragraph, Reading
from sinorus.model.documents import file_title
from sinorus.model.wording import counted
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.decode import Decoded, Undecodable, decode
from sinorus.sources.defaults import with_defaults
from sinorus.sources.describe import Described, describe
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.registry import (
    Content,
    Format,
    NotInstalled,
    Unreadable,
    binary_format,
    format_of,
)
from sinorus.sources.kinds import suffix_of
from sinorus.sources.language import detect_language
from sinorus.sources.metadata import Metadata, split_metadata
from sinorus.sources.paragraphs import read_paragraphs, seen_blocks
from sinorus.sources.speakers import with_speakers
from sinorus.sources.walk import Entry

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_RESERVED = re.compile("[#@]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LANGUAGE_SAMPLE = 20_000
LARGEST = 1 << 28
"""Bytes that a source file may have."""
_LONGEST_ID = 1_000
"""Characters of an id that a document gives itself; the rest is cut off."""
_TICK = 20_000_000
"""Nanoseconds between two times that a file system tells apart, at most, where it takes them from
the clock of the kernel. One that counts seconds, or as FAT pairs of them, is known by its times."""
_COARSE_TICK = 2_000_000_000


class FileContent(NamedTuple):
    """The bytes of a file, their digest, and the state of the file that they were read from."""

    raw: bytes
    digest: str
    state: os.stat_result
    racy: bool
    """Whether it was written so shortly before that later writing may leave no trace in `state`."""

    def fingerprint(self, document: str, path: str, stamp: str = "") -> Fingerprint:
        """What is known of the file from now on; `stamp` is of the defaults it is read with."""
        state = self.state
        ctime = 0 if self.racy else state.st_ctime_ns
        times = state.st_mtime_ns, ctime
        digest = self.digest + stamp
        return Fingerprint(document, path, len(self.raw), *times, state.st_ino, digest)


def read_content(tree: Tree, path: str) -> FileContent:
    """The bytes of a file, all of the same opened one. Raises LeadsOut, NotRegular, TooLarge,
    OSError.
    """
    handle = tree.open_file(path)
    age = time_ns() - os.fstat(handle).st_ctime_ns
    if 0 <= age < _TICK:  # then it need not be read again at the next look
        sleep((_TICK - age) / 1e9)
    now, state = time_ns(), os.fstat(handle)
    raw = read_all(handle, path, LARGEST)
    digest = hashlib.blake2b(raw, digest_size=16).hexdigest()
    counts_seconds = not (state.st_ctime_ns % 1_000_000_000 or state.st_mtime_ns % 1_000_000_000)
    tick = _COARSE_TICK if counts_seconds else _TICK
    racy = state.st_ctime_ns > now - tick or len(raw) != state.st_size
    return FileContent(raw, digest, state, racy)


def read_source(entry: Entry, file: FileContent, conversions: Conversions | None = None) -> Reading:
    """The document in the file at `entry`, or the fault that it is skipped for.

    Without `conversions` only text is read. Raises OSError where no process that converts can be
    started.
    """
    suffix = suffix_of(entry.path.rpartition("/")[2])
    kind = binary_format(suffix, file.raw)
    if kind is None:
        return _read_text(entry, file)
    if conversions is None:
        return _skipped(entry, file, f"it is no text but {kind.name}")
    return _read_binary(entry, file, kind, conversions)


def _read_binary(
    entry: Entry, file: FileContent, kind: Format, conversions: Conversions
) -> Reading:
    from sinorus.sources.conversion.convert import converted

    try:
        content = converted(conversions, kind, entry.path, file.raw, file.digest)
    except (Unreadable, NotInstalled) as fault:
        return _skipped(entry, file, fault.message)
    seen = content._replace(blocks=seen_blocks(content.blocks))
    return _reading(entry, file, seen, Metadata({}, ""), None)


def _read_text(entry: Entry, file: FileContent) -> Reading:
    path = entry.path
    try:
        decoded = decode(file.raw)
    except Undecodable as error:
        return _skipped(entry, file, error.message)
    kind = format_of(suffix_of(path.rpartition("/")[2]), decoded.text)
    metadata = Metadata({}, decoded.text)
    if kind.front_matter:
        metadata = split_metadata(decoded.text, path)
    try:
        content = read_paragraphs(kind, metadata.body, metadata.body_line)
    except NotInstalled as error:
        return _skipped(entry, file, error.message)
    return _reading(entry, file, content, metadata, decoded)


def _reading(
    entry: Entry, file: FileContent, content: Content, metadata: Metadata, decoded: Decoded | None
) -> Reading:
    """The document of what a reader made; `decoded` is None of a file that is no text."""
    path = entry.path
    if not content.blocks:
        return _skipped(entry, file, "nothing to index: the file has no text")
    fields, lines = {**content.fields, **metadata.fields}, {**content.lines, **metadata.lines}
    known, faults = describe(fields, path, lines)
    faults += [Fault(path, line or None, said, skipped=False) for line, said in content.faults]
    if entry.defaults.levels:
        known = with_defaults(known, entry.defaults)
    name = document_id(known.id, entry)
    paragraphs = _number(content.blocks, name)
    encoding = decoded.encoding if decoded else ""
    document = _document(name, entry, known, encoding, paragraphs, content.lost)
    return Reading(
        file.fingerprint(name, path, entry.defaults.stamp),
        document,
        paragraphs,
        (*(_damage(decoded, path) if decoded else ()), *metadata.faults, *faults),
    )


def document_id(given: str | None, entry: Entry) -> str:
    """The id of a document: the one it gives itself, else its path below its source folder.

    `#` and `@` have a meaning in ids and become `-`, as do control characters; so do blanks in a
    given id. Bytes of a path that are no text become U+FFFD.
    """
    if given is not None:
        given = given[:_LONGEST_ID]
        name = _RESERVED.sub("-", _CONTROL.sub("-", "-".join(given.split()))).strip("-/")
        if name:
            return unicodedata.normalize("NFC", name)
    path = entry.path
    if entry.folder not in {"", "."}:
        path = path.removeprefix(entry.folder + "/")
    suffix = suffix_of(path.rpartition("/")[2])
    name = _SURROGATE.sub("\ufffd", path[: len(path) - len(suffix)])
    return unicodedata.normalize("NFC", _RESERVED.sub("-", _CONTROL.sub("-", name)))


def _document(
    name: str,
    entry: Entry,
    known: Described,
    encoding: str,
    paragraphs: tuple[Paragraph, ...],
    lost: Sequence[str] = (),
) -> Document:
    derived: list[str] = []
    title, lang = known.title, known.lang
    if title is None:
        found = next((one.text for one in paragraphs if one.kind == "heading"), None)
        title = " ".join(found.split()) if found else file_title(entry.path)
        derived.append("title")
    if lang is None:
        lang = detect_language(_beginning(paragraphs))
        derived += ["lang"] if lang else []
    return Document(
        id=name,
        path=entry.path,
        title=title,
        authors=known.authors,
        publisher=known.publisher,
        date=known.date,
        url=known.url,
        lang=lang,
        tags=known.tags,
        citekey=known.citekey,
        extra=known.extra,
        derived=(*derived, *(f"without {what}" for what in lost)),
        encoding=encoding,
        paragraphs=len(paragraphs),
    )


def _number(read: list[Block], document: str) -> tuple[Paragraph, ...]:
    """The numbered paragraphs; the engine, which reads their words, makes their hashes."""
    blocks, speaking = with_speakers(read)
    noted: dict[str, list[int]] = {}
    referring: dict[str, list[int]] = {}
    for n, block in enumerate(blocks, 1):
        labels, label = block.notes, block.label
        if label:
            noted.setdefault(label, []).append(n)
        for one in labels:
            referring.setdefault(one, []).append(n)
    found = []
    for n, (block, speaker) in enumerate(zip(blocks, speaking, strict=True), 1):
        text, line, end_line, kind, heading, places, spans, labels, label, *_ = block
        told: tuple[int, ...] = ()
        noted_by: tuple[int, ...] = ()
        if labels or label:
            told = tuple([number for one in labels for number in noted.get(one, ())])
            noted_by = tuple(referring.get(label, ()))
        where = (line, end_line, heading, "", kind, places, spans)
        pages = (block.page, block.end_page, block.page_label)
        beside = (told, noted_by, speaker, block.time)
        found.append(Paragraph(document, n, text, *where, *beside, *pages))
    return tuple(found)


def _beginning(paragraphs: tuple[Paragraph, ...]) -> str:
    """Enough of the text to tell its language by."""
    taken: list[str] = []
    size = 0
    for paragraph in paragraphs:
        taken.append(paragraph.text)
        size += len(paragraph.text)
        if size >= _LANGUAGE_SAMPLE:
            break
    return "\n".join(taken)


def _skipped(entry: Entry, content: FileContent, reason: str) -> Reading:
    fault = Fault(entry.path, None, reason, skipped=True)
    fingerprint = content.fingerprint("", entry.path, entry.defaults.stamp)
    return Reading(fingerprint, faults=(fault,))


def _damage(decoded: Decoded, path: str) -> list[Fault]:
    if not decoded.damaged:
        return []
    places = f"{counted(decoded.damaged, 'place')} {'is' if decoded.damaged == 1 else 'are'}"
    reason = f"{places} not valid {decoded.encoding} and read as \ufffd"
    return [Fault(path, decoded.line, reason, skipped=False)]
