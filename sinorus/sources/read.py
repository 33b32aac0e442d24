"""One file to a document and its paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from sinorus.model import Document, Fault, Paragraph, Reading
from sinorus.model.documents import PART, PartFile, file_title
from sinorus.model.wording import counted
from sinorus.sources.beside import DESCRIBES_ANOTHER
from sinorus.sources.content import LARGEST, FileContent, digest_of, read_content
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.decode import Decoded, Undecodable, decode
from sinorus.sources.describe import Described, describe
from sinorus.sources.entry import Entry
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.registry import (
    Content,
    Format,
    NotInstalled,
    Part,
    Unreadable,
    binary_format,
    format_of,
)
from sinorus.sources.kinds import suffix_of
from sinorus.sources.language import detect_language
from sinorus.sources.metadata import Metadata, split_metadata
from sinorus.sources.paragraphs import read_paragraphs, seen_blocks
from sinorus.sources.sidecars import said_of, skipped_stamp
from sinorus.sources.speakers import with_speakers

__all__ = ["LARGEST", "FileContent", "document_id", "read_content", "read_source"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_RESERVED = re.compile("[#@]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LANGUAGE_SAMPLE = 20_000
_LONGEST_ID = 1_000
"""Characters of an id that a document gives itself; the rest is cut off."""


def read_source(entry: Entry, file: FileContent, conversions: Conversions | None = None) -> Reading:
    """The document in the file at `entry`, or the fault that it is skipped for.

    Without `conversions` only text is read. Raises OSError where no process that converts can be
    started.
    """
    suffix = suffix_of(entry.path.rpartition("/")[2])
    kind = binary_format(suffix, file.raw)
    if kind is None:
        return _read_text(entry, file, conversions)
    if conversions is None:
        return _skipped(entry, file, f"it is no text but {kind.name}", None)
    return _read_binary(entry, file, kind, conversions)


def read_part(entry: Entry, part: Part, conversions: Conversions) -> Reading:
    """The document that stands in a file; `entry` has its own path, and all else of that file.

    Raises OSError as `read_source` does.
    """
    # What is said of the file, and of no folder, is not said of each of its parts.
    entry = entry._replace(defaults=entry.defaults._replace(beside=(), claim="", describes=False))
    conversions = conversions._replace(bibliography=None)
    state = entry.mtime, entry.ctime, entry.inode
    if part.content is None:
        file = FileContent(part.raw, digest_of(part.raw), *state)
        return read_source(entry, file, conversions)
    file = FileContent(b"", digest_of(part.name.encode("utf-8", "replace")), *state)
    content = part.content._replace(fields={**part.content.fields, **part.fields})
    return _reading(entry, file, content, Metadata({}, ""), None, conversions)


def _read_binary(
    entry: Entry, file: FileContent, kind: Format, conversions: Conversions
) -> Reading:
    from sinorus.sources.conversion.convert import converted

    try:
        content = converted(conversions, kind, entry.path, file.raw, file.digest)
    except (Unreadable, NotInstalled) as fault:
        return _skipped(entry, file, fault.message, conversions)
    return _reading(entry, file, content, Metadata({}, ""), None, conversions)


def _read_text(entry: Entry, file: FileContent, place: Conversions | None) -> Reading:
    path = entry.path
    try:
        decoded = decode(file.raw)
    except Undecodable as error:
        return _skipped(entry, file, error.message, place)
    kind = format_of(suffix_of(path.rpartition("/")[2]), decoded.text)
    metadata = Metadata({}, decoded.text)
    if kind.front_matter:
        metadata = split_metadata(decoded.text, path)
    try:
        content = read_paragraphs(kind, metadata.body, metadata.body_line)
    except NotInstalled as error:
        return _skipped(entry, file, error.message, place)
    return _reading(entry, file, content, metadata, decoded, place)


def _reading(
    entry: Entry,
    file: FileContent,
    content: Content,
    metadata: Metadata,
    decoded: Decoded | None,
    place: Conversions | None,
) -> Reading:
    """The document of what a reader made; `decoded` is None of a file that is no text."""
    path = entry.path
    parts = [PartFile(f"{path}{PART}{one.name}", one.kept) for one in content.parts]
    content = content._replace(blocks=seen_blocks(content.blocks))
    if not content.blocks:
        described = entry.defaults.describes and metadata.fields
        reason = DESCRIBES_ANOTHER if described else "nothing to index: the file has no text"
        reading = _skipped(entry, file, reason, place)
        return reading._replace(parts=parts)
    fields, lines = {**content.fields, **metadata.fields}, {**content.lines, **metadata.lines}
    own, faults = describe(fields, path, lines)
    faults += [Fault(path, line or None, told, skipped=False) for line, told in content.faults]
    said = said_of(entry, own, place)
    known, faults = said.known, [*faults, *said.faults]
    name = document_id(known.id, entry)
    paragraphs = _number(content.blocks, name)
    encoding = decoded.encoding if decoded else ""
    document = _document(name, entry, known, encoding, paragraphs, content.lost)
    return Reading(
        file.fingerprint(name, path, said.stamp),
        document,
        paragraphs,
        (*(_damage(decoded, path) if decoded else ()), *metadata.faults, *faults),
        parts=parts,
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
    names = []
    for name in path.split(PART):  # of a part, the file that it is in has a suffix as well
        suffix = suffix_of(name.rpartition("/")[2])
        names.append(_SURROGATE.sub("\ufffd", name[: len(name) - len(suffix)]))
    name = "/".join(names)
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
        found.append(Paragraph(document, n, text, *where, *beside, *pages, block.mark))
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


def _skipped(entry: Entry, content: FileContent, reason: str, place: Conversions | None) -> Reading:
    fault = Fault(entry.path, None, reason, skipped=reason != DESCRIBES_ANOTHER)
    fingerprint = content.fingerprint("", entry.path, skipped_stamp(entry, place))
    return Reading(fingerprint, faults=(fault,))


def _damage(decoded: Decoded, path: str) -> list[Fault]:
    if not decoded.damaged:
        return []
    places = f"{counted(decoded.damaged, 'place')} {'is' if decoded.damaged == 1 else 'are'}"
    reason = f"{places} not valid {decoded.encoding} and read as \ufffd"
    return [Fault(path, decoded.line, reason, skipped=False)]
