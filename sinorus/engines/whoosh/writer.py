"""The engine over a Whoosh index: writing, with Whoosh's own segment writer and commit."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.filedb.filestore import FileStorage
from whoosh.writing import SegmentWriter

from sinorus.engines.whoosh.lock import write_lock
from sinorus.engines.whoosh.manifest import Manifest
from sinorus.engines.whoosh.records import write_record
from sinorus.engines.whoosh.schema import FORMAT, make_schema
from sinorus.engines.whoosh.seal import write_seal
from sinorus.engines.whoosh.shards import Shards
from sinorus.errors import SinorusError
from sinorus.model import Document, Fault, Fingerprint, Paragraph
from sinorus.text.tokens import FINGERPRINT, Tokens, tokenize

_ALONE = 200_000
"""Characters of text up to which starting other processes costs more than it saves."""


@contextmanager
def write(folder: Path, wait: float, rebuild: bool) -> Iterator[WhooshWriter]:
    """A writer that commits at the end and cancels on an error: see `port.Engine.writer`."""
    with write_lock(folder, wait):
        _clear_litter(folder)
        change = _begin(folder, rebuild)
        try:
            yield change
            change.commit()
        except OSError as fault:
            change.cancel()
            raise SinorusError(
                f"the index cannot be written: {fault.strerror}",
                "make room, or check the rights of the index folder",
            ) from fault
        except BaseException:
            change.cancel()
            raise


def _begin(folder: Path, rebuild: bool) -> WhooshWriter:
    try:
        return WhooshWriter(folder, rebuild)
    except OSError as fault:
        raise SinorusError(
            f"the index cannot be written: {fault.strerror}", "check the rights of its folder"
        ) from fault


def _clear_litter(folder: Path) -> None:
    """Takes away what a run that was killed left half written; segments go with the commit."""
    shutil.rmtree(folder / "MAIN.tmp", ignore_errors=True)
    for pattern in ("_MAIN_*.toc.*", "seal.json.*", "names.json.*"):
        for path in folder.glob(pattern):
            path.unlink(missing_ok=True)


class WhooshWriter:
    """One change of the index. Documents stay in memory until there are enough for a shard."""

    def __init__(self, folder: Path, rebuild: bool) -> None:
        self.folder = folder
        opened = _open_or_create(folder, rebuild)
        self._writer: Any = SegmentWriter(opened, _lk=False, compound=False)
        self._shards: Shards | None = None
        self._pending: list[tuple[Document, Sequence[Paragraph], int]] = []
        self._size = 0
        self._added: set[str] = set()
        self._old: int | None = None
        manifest = None if rebuild else self._read_manifest()
        if manifest is None:
            self._writer.segments.clear()
            self._writer._setup_doc_offsets()
            manifest = Manifest.empty(FORMAT, FINGERPRINT)
        self._manifest = manifest

    def _read_manifest(self) -> Manifest | None:
        reader = self._writer.reader()
        try:
            if ("document", "0") not in reader:
                return None
            self._old = reader.postings("document", "0").id()
            manifest = Manifest.loads(reader.stored_fields(self._old)["record"])
            if (manifest.format, manifest.analysis) != (FORMAT, FINGERPRINT):
                return None
            return manifest.copy()
        finally:
            reader.close()

    def add(
        self,
        document: Document,
        paragraphs: Sequence[Paragraph],
        mark: Fingerprint,
        faults: Sequence[Fault] = (),
    ) -> None:
        if document.id in self._added:
            raise ValueError(f"{document.id} is added twice in one change")
        self._added.add(document.id)
        before = self._manifest.ordinal(document.id)
        same = [self._manifest.document(before).path] if before is not None else []
        self.remove({mark.path, *same})
        ordinal = self._manifest.put(document, mark, faults)
        self._pending.append((document, paragraphs, ordinal))
        self._size += sum(len(paragraph.text) for paragraph in paragraphs)
        if self._size > _ALONE:
            if self._shards is None:
                self._shards = Shards(self.folder)
            for pending in self._pending:
                self._shards.add(*pending)
            self._pending.clear()

    def skip(self, mark: Fingerprint, fault: Fault) -> None:
        self.remove([mark.path])
        self._manifest.skip(mark, fault)

    def remove(self, paths: Collection[str]) -> None:
        for path in paths:
            ordinal = self._manifest.drop(path)
            if ordinal is not None:
                self._writer.delete_by_term("document", str(ordinal))

    def remark(self, marks: Iterable[Fingerprint]) -> None:
        for mark in marks:
            self._manifest.remark(mark)

    def commit(self) -> None:
        """Makes all changes visible at once."""
        writer = self._writer
        for pending in self._pending:
            add_document(writer, *pending)
        if self._old is not None:
            writer.delete_document(self._old)
        empty = Tokens([], [], [], [])
        nothing = {"ordinal": 0, "n": 0, "length": 0}  # every segment has all columns
        writer.add_document(text=empty, document="0", record=self._manifest.dumps(), **nothing)
        if self._shards is not None:
            writer.segments.extend(self._shards.finish())
        generation = writer.generation
        writer.commit()
        write_seal(self.folder, generation)

    def cancel(self) -> None:
        """Leaves the index as it was."""
        if self._shards is not None:
            self._shards.abandon()
        with suppress(OSError):  # of a full disk: what is half written goes with the next run
            if not self._writer.is_closed:
                self._writer.cancel()


def _open_or_create(folder: Path, rebuild: bool) -> Any:
    """The index of the folder, made anew where there is none that can be opened."""
    schema = make_schema()
    try:
        return index.open_dir(str(folder), schema=schema)
    except index.EmptyIndexError:
        pass
    except Exception:
        if not rebuild:
            raise
    return FileStorage(str(folder)).create_index(schema)


def add_document(
    writer: Any, document: Document, paragraphs: Sequence[Paragraph], ordinal: int
) -> None:
    """Adds a document's paragraphs to a Whoosh writer, in their order."""
    title = tokenize(document.title or "")
    headings: dict[tuple[str, ...], Tokens] = {}
    for paragraph in paragraphs:
        heading = headings.get(paragraph.heading)
        if heading is None:
            heading = headings[paragraph.heading] = tokenize("\n".join(paragraph.heading))
        tokens = tokenize(paragraph.text)
        writer.add_document(
            text=tokens,
            title=title,
            heading=heading,
            document=str(ordinal),
            ordinal=ordinal,
            n=paragraph.n,
            length=len(tokens),
            record=write_record(paragraph),
        )
