"""The embedded engine: one commit of an index is read; a writer makes the next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from sinorus.engines.whoosh.commit import FORMAT, Commit, latest, read_commit
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.errors import IndexDamagedError, NoIndexError, SinorusError
from sinorus.files import Folder, LeadsOut, Tree
from sinorus.shortage import shortage

if TYPE_CHECKING:
    from sinorus.config import Settings
    from sinorus.engines.port import EngineInfo, GroupRequest, SearchRequest, Writer
    from sinorus.engines.whoosh.indexer.writer import WriteOptions
    from sinorus.model import Document, Fault, Fingerprint, HitPage, Paragraph, ParagraphId
    from sinorus.model.counts import Tally, WordCounts

_ATTEMPTS = 20


def open_engine(settings: Settings, root: Path, _: Callable[[str], None]) -> WhooshEngine:
    """The engine over `index/` of the library in `root`, or the trusted folder it leads to."""
    return WhooshEngine(root / "index", settings["trusted"])


class WhooshEngine:
    """An index in `folder`, as it was when first read: commits made later are not seen.

    The methods that read raise NoIndexError if the folder has no index.
    """

    name = "whoosh"
    shared = False
    writing: WriteOptions | None = None
    """How it is written; None: as is best for a library."""

    def __init__(self, folder: Path, trusted: Sequence[str] = ()) -> None:
        self.folder = folder
        self.place = str(folder)
        self._trusted = trusted
        self._commit: Commit | None = None
        self._segments: list[OpenSegment] = []

    def _tree(self) -> Tree:
        """The library, whose folder of this name may have been replaced since the last look."""
        return Tree(str(self.folder.parent), self._trusted)

    def _open(self) -> Commit:
        if self._commit is None:
            self._commit = self._read()
        return self._commit

    def _read(self) -> Commit:
        for attempt in range(1, _ATTEMPTS + 1):
            generation = -1
            try:
                with closing(self._tree().folder(self.folder.name)) as folder:
                    generation = latest(folder)
                    if generation < 0:
                        raise self._missing()
                    return self._read_commit(folder, generation)
            except OSError as fault:
                # A commit may take files away between two looks; the next look finds its own.
                lost = isinstance(fault, FileNotFoundError) and generation >= 0
                if not lost or attempt == _ATTEMPTS:
                    raise self._explained(fault, generation) from None
        raise AssertionError("the last attempt returns or raises")

    def _read_commit(self, folder: Folder, generation: int) -> Commit:
        commit = read_commit(folder, generation)
        self._segments = [state.open(folder) for state in commit.segments]
        return commit

    def _missing(self) -> NoIndexError:
        return NoIndexError(f"there is no index in {self.folder}")

    def _explained(self, fault: OSError, generation: int) -> SinorusError:
        """The sentence about an index that cannot be read, whose latest commit is known or -1."""
        if short := shortage(fault):
            return short
        if isinstance(fault, LeadsOut):
            return SinorusError(
                f"{self.folder} is a link that leads out of the library",
                "put a folder in its place, or name where it leads in `trusted` of your own "
                "config.toml",
            )
        if isinstance(fault, PermissionError):
            return SinorusError(
                f"the index cannot be read: {fault.filename}: {fault.strerror}",
                "check its permissions",
            )
        if generation < 0 and isinstance(fault, (FileNotFoundError, NotADirectoryError)):
            return self._missing()
        name = Path(str(fault.filename)).name
        return IndexDamagedError(f"the index is damaged: {name}: {fault.strerror}")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Turns an error in reading into the damage that caused it; without damage it is a bug."""
        for segment in self._segments:
            segment.file.must_be_whole()
        try:
            yield
        except SinorusError:
            raise
        except Exception as fault:
            if short := shortage(fault):
                raise short from fault
            damage: list[str] = []
            with suppress(NoIndexError):  # the first writer of an index has none to check
                damage = self.check()
            if damage:
                raise IndexDamagedError(f"the index is damaged: {damage[0]}") from fault
            raise

    def info(self) -> EngineInfo:
        from sinorus.engines.port import EngineInfo

        commit = self._open()
        documents, paragraphs, words = commit.totals()
        return EngineInfo(
            engine=self.name,
            format=FORMAT,
            analysis=commit.analysis,
            updated=commit.updated,
            documents=documents,
            paragraphs=paragraphs,
            words=words,
        )

    def fingerprints(self) -> Iterator[Fingerprint]:
        commit = self._open()
        with self._reading():
            known = [fingerprint for fingerprint, _ in commit.skipped_files()]
            for segment in self._segments:
                known += segment.documents.fingerprints()
        return iter(sorted(known, key=attrgetter("path")))

    def faults(self) -> Iterator[Fault]:
        commit = self._open()
        with self._reading():
            found = [fault for _, fault in commit.skipped_files()]
            for segment in self._segments:
                found += segment.documents.faults()
        return iter(sorted(found, key=lambda fault: (fault.path, fault.line or 0)))

    def documents(self, ids: Collection[str] | None = None) -> Iterator[Document]:
        self._open()
        with self._reading():
            if ids is None:
                found = [
                    segment.documents[ordinal]
                    for segment in self._segments
                    for ordinal in segment.documents.alive()
                ]
            else:
                found = [
                    segment.documents[ordinal]
                    for segment in self._segments
                    for name in ids
                    if (ordinal := segment.documents.find(name)) is not None
                ]
        return iter(sorted(found, key=lambda document: document.id))

    def fields(self) -> Sequence[str]:
        self._open()
        with self._reading():
            return sorted({name for segment in self._segments for name in segment.fields()})

    def values(self, field: str) -> Sequence[str]:
        self._open()
        with self._reading():
            return sorted({one for segment in self._segments for one in segment.values(field)})

    def document(self, id: str) -> Document | None:  # noqa: A002 - as in the port
        self._open()
        with self._reading():
            for segment in self._segments:
                ordinal = segment.documents.find(id)
                if ordinal is not None:
                    return segment.documents[ordinal]
        return None

    def find_documents(self, suffix: str) -> Sequence[str]:
        self._open()
        with self._reading():
            found = [
                name for segment in self._segments for name in segment.documents.ids_ending(suffix)
            ]
        return sorted(found)

    def paragraph_by_hash(self, hash: str) -> Sequence[ParagraphId]:  # noqa: A002 - as in the port
        self._open()
        with self._reading():
            found = [
                paragraph
                for segment in self._segments
                for paragraph in segment.paragraphs_by_hash(hash)
            ]
        return sorted(found)

    def hashes(self) -> Iterator[tuple[str, Sequence[str]]]:
        self._open()
        with self._reading():
            found = [pair for segment in self._segments for pair in _hashes(segment)]
        return iter(sorted(found))

    @contextmanager
    def writer(self, *, rebuild: bool = False, wait: float = 5.0) -> Iterator[Writer]:
        from sinorus.engines.whoosh.indexer.writer import write

        known, name = self._commit, self.folder.name
        with (
            self._reading(),
            write(self._tree(), name, wait, rebuild, known, self.writing) as change,
        ):
            if change.found is not known:
                self.close()  # what is read from now on is what the writer found
            yield change
        if change.written is not None:
            self._adopt(change.written, change.folder)

    def _adopt(self, commit: Commit, folder: Folder) -> None:
        """Reads on from a commit that was written just now, without reading it from the disk."""
        try:
            self._segments = [state.open(folder) for state in commit.segments]
        except (OSError, SinorusError):  # another writer has replaced it: the next look finds that
            self.close()
        else:
            self._commit = commit

    def stems(self, forms: Collection[str] | None = None) -> Mapping[str, str]:
        from sinorus.engines.whoosh.search.spelling import stems_of
        from sinorus.text.tokens import FINGERPRINT

        if self._open().analysis != FINGERPRINT:
            return {}
        with self._reading():
            return stems_of(self._segments, forms)

    def forms(self, stems: Collection[str]) -> Mapping[str, str] | None:
        from sinorus.engines.whoosh.search.spelling import forms_of

        self._open()
        with self._reading():
            return forms_of(self._segments, stems)

    def search(self, request: SearchRequest) -> HitPage:
        from sinorus.engines.whoosh.search.search import search

        _, paragraphs, words = self._open().totals()
        with self._reading():
            return search(request, self._segments, paragraphs, words)

    def locate(
        self, passages: Sequence[Sequence[str]], limit: int = 8
    ) -> Sequence[Sequence[ParagraphId]]:
        from sinorus.engines.whoosh.search.locating import locate

        _, paragraphs, _ = self._open().totals()
        with self._reading():
            return locate(self._segments, paragraphs, passages, limit)

    def tally(self, request: GroupRequest) -> list[Tally]:
        from sinorus.engines.whoosh.search.grouping import tally

        self._open()
        with self._reading():
            return tally(request, self._segments)

    def words(self, request: GroupRequest, *, others: Collection[str] | None = None) -> WordCounts:
        from sinorus.engines.whoosh.search.words import words

        self._open()
        with self._reading():
            return words(request, self._segments, others=others)

    def paragraphs(
        self, document: str, first: int = 1, last: int | None = None
    ) -> Iterator[Paragraph]:
        self._open()
        with self._reading():
            for segment in self._segments:
                ordinal = segment.documents.find(document)
                if ordinal is not None:
                    base = segment.documents.first[ordinal]
                    end = segment.documents.first[ordinal + 1]
                    numbers = range(base, end)[max(first, 1) - 1 : last]
                    return iter([segment.paragraph(number, ordinal) for number in numbers])
        return iter(())

    def size(self) -> int:
        self._open()
        total = 0
        with closing(self._tree().folder(self.folder.name)) as folder:
            for name in folder.names():
                with suppress(OSError):  # a file that goes meanwhile is not counted
                    total += folder.stat(name).st_size if "MAIN_" in name else 0
        return total

    def clean(self) -> bool:
        from sinorus.engines.whoosh.commit import orphaned_files

        try:
            commit = self._open()
            with closing(self._tree().folder(self.folder.name)) as folder:
                return not orphaned_files(folder, commit)
        except NoIndexError:
            return False

    def generation(self) -> str:
        try:
            with closing(self._tree().folder(self.folder.name)) as folder:
                number = latest(folder)
        except OSError:
            return ""
        return str(number) if number >= 0 else ""

    def signs_of_work(self) -> object:
        from sinorus.engines.whoosh.lock import signs_of_work

        try:
            with closing(self._tree().folder(self.folder.name)) as folder:
                return signs_of_work(folder)
        except OSError:
            return None

    def check(self) -> list[str]:
        from sinorus.engines.whoosh.check import check_commit, check_files, check_segment

        commit = self._open()
        found = check_commit(commit)
        for state, segment in zip(commit.segments, self._segments, strict=True):
            found += check_segment(state, segment)
        return found or check_files(self._segments)

    def close(self) -> None:
        self._commit = None
        self._segments = []


def _hashes(segment: OpenSegment) -> Iterator[tuple[str, list[str]]]:
    documents = segment.documents
    numbers = segment.file["para.hashes"].items().tolist()
    for ordinal in documents.alive():
        start, end = documents.first[ordinal], documents.first[ordinal + 1]
        yield documents.id(ordinal), [f"{one:08x}" for one in numbers[start:end]]
