"""The engine over a Whoosh index: reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sinorus.engines.port import EngineInfo, SearchRequest, Writer
from sinorus.engines.ranking import BOOST, Place, add_scores, neighbours, ordered
from sinorus.engines.whoosh.manifest import Manifest
from sinorus.engines.whoosh.records import read_record
from sinorus.engines.whoosh.seal import broken_parts, is_sealed
from sinorus.errors import IndexDamagedError, NoIndexError
from sinorus.model import Document, Fault, Fingerprint, Hit, HitPage, Paragraph
from sinorus.query.nodes import Near, Positional, units

_T = TypeVar("_T")
_ATTEMPTS = 20


def exists(folder: Path) -> bool:
    """Whether the folder holds an index, whole or not."""
    return any(folder.glob("_MAIN_*.toc"))


def _latest(folder: Path) -> int:
    """The number of the newest commit in the folder; -1 without one."""
    numbers = (path.name[len("_MAIN_") : -len(".toc")] for path in folder.glob("_MAIN_*.toc"))
    return max((int(number) for number in numbers if number.isdecimal()), default=-1)


def _size(folder: Path) -> int:
    """The bytes of the index on disk; a file that goes meanwhile is not counted."""
    total = 0
    for path in folder.glob("*MAIN_*"):
        with suppress(OSError):
            total += path.stat().st_size
    return total


class WhooshEngine:
    """An index in `folder`, as it was when first read: commits made later are not seen.

    The methods that read raise NoIndexError if the folder has no index.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._reader: Any = None
        self._manifest: Manifest | None = None
        self._segments: list[tuple[int, Any]] = []
        self._generation = -1

    def _open(self) -> Manifest:
        if self._manifest is None:
            self._manifest = self._guarded(self._read)
        return self._manifest

    def _read(self) -> Manifest:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._read_commit()
            except Exception:
                # A commit may take files away between two looks; the next look finds its own.
                replaced = _latest(self.folder) != self._generation
                self.close()
                if not replaced or attempt == _ATTEMPTS:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _read_commit(self) -> Manifest:
        from whoosh import index

        from sinorus.engines.whoosh.schema import FORMAT, make_schema
        from sinorus.engines.whoosh.segment import Segment

        opened = index.open_dir(str(self.folder), schema=make_schema(), readonly=True)
        self._generation = opened.latest_generation()
        broken = broken_parts(self.folder, self._generation)
        if broken:
            raise IndexDamagedError(
                f"the index is damaged: {broken[0]}", "run sinorus index --rebuild"
            )
        self._reader = opened.reader()
        manifest = self._find_manifest()
        if manifest.format != FORMAT:
            raise NoIndexError(
                "the index was made by another version of sinorus", "run sinorus index --rebuild"
            )
        self._segments = [
            (offset, Segment(reader, manifest)) for reader, offset in self._reader.leaf_readers()
        ]
        return manifest

    def _find_manifest(self) -> Manifest:
        for reader, _ in self._reader.leaf_readers():
            if ("document", "0") in reader:
                matcher = reader.postings("document", "0")
                if matcher.is_active():
                    return Manifest.loads(reader.stored_fields(matcher.id())["record"])
        raise NoIndexError("the index is empty", "run sinorus index")

    def _guarded(self, action: Callable[[], _T]) -> _T:
        """What `action` gives; whatever Whoosh raises over bad files becomes one clear error."""
        from sinorus.errors import SinorusError

        if not exists(self.folder):
            raise NoIndexError(f"there is no index in {self.folder}", "run sinorus index")
        try:
            return action()
        except SinorusError:
            raise
        except PermissionError as fault:
            raise SinorusError(
                f"the index cannot be read: {fault.filename}: {fault.strerror}", "check its rights"
            ) from None
        except Exception as fault:
            if self._generation >= 0 and is_sealed(self.folder, self._generation):
                broken = broken_parts(self.folder, self._generation, contents=True)
                if not broken:
                    raise  # the files are as they were written: this is our own mistake
                reason = broken[0]
            else:
                reason = f"{type(fault).__name__}: {fault}"
            raise IndexDamagedError(
                f"the index is damaged: {reason}", "run sinorus index --rebuild"
            ) from fault

    def info(self) -> EngineInfo:
        manifest = self._open()
        documents, paragraphs, words = manifest.totals()
        return EngineInfo(
            engine="whoosh",
            format=manifest.format,
            analysis=manifest.analysis,
            updated=manifest.updated,
            documents=documents,
            paragraphs=paragraphs,
            words=words,
            bytes=_size(self.folder),
        )

    def fingerprints(self) -> Iterator[Fingerprint]:
        return iter(self._open().fingerprints())

    def faults(self) -> Iterator[Fault]:
        return iter(self._open().faults())

    def documents(self) -> Iterator[Document]:
        manifest = self._open()
        found = [manifest.document(ordinal) for ordinal in manifest.ordinals()]
        return iter(sorted(found, key=lambda document: document.id))

    @contextmanager
    def writer(self, *, rebuild: bool = False, wait: float = 5.0) -> Iterator[Writer]:
        from sinorus.engines.whoosh.writer import write

        with write(self.folder, wait, rebuild) as change:
            yield change
        self.close()  # what is read from now on is what was written

    def search(self, request: SearchRequest) -> HitPage:
        manifest = self._open()
        return self._guarded(lambda: self._search(request, manifest))

    def _search(self, request: SearchRequest, manifest: Manifest) -> HitPage:
        matched = [segment.matching(request.node) for _, segment in self._segments]
        scores = self._scores(request, manifest, matched)
        covered = self._coverage(request)
        tally: dict[str, int] = {}
        places: list[Place] = []
        for (offset, segment), keys in zip(self._segments, matched, strict=True):
            for key in keys:
                ordinal = segment.ordinal[key]
                if not ordinal:
                    continue
                document = manifest.document(ordinal)
                tally[document.id] = tally.get(document.id, 0) + 1
                whole = offset + key
                n = segment.n[key]
                places.append(Place(document, n, scores[whole], covered.get(whole, 0), whole))
        hits = tuple(
            Hit(place.document, self._paragraph(place.document.id, place.key), place.score)
            for place in ordered(places, request)
        )
        return HitPage(len(places), tally, hits)

    def _scores(
        self, request: SearchRequest, manifest: Manifest, matched: list[list[int]]
    ) -> dict[int, float]:
        from sinorus.engines.ranking import Counted

        scores: dict[int, float] = {}
        lengths: dict[int, int] = {}
        wanted: list[tuple[Positional | Near, float]] = [(u, 1.0) for u in units(request.node)]
        wanted += [(pair, BOOST) for pair in neighbours(request.node)]
        for (offset, segment), keys in zip(self._segments, matched, strict=True):
            scores.update(dict.fromkeys((offset + key for key in keys), 0.0))
            if wanted:
                lengths.update((offset + key, segment.length[key]) for key in keys)
        _, paragraphs, words = manifest.totals()
        average = words / paragraphs if paragraphs else 0.0
        for unit, boost in wanted:
            text: dict[int, float] = {}
            fields: dict[int, float] = {}
            for offset, segment in self._segments:
                counted = segment.postings.counted(unit)
                text.update((offset + key, value) for key, value in counted.text.items())
                fields.update((offset + key, value) for key, value in counted.fields.items())
            add_scores(scores, Counted(text, fields), lengths, paragraphs, average, boost)
        return scores

    def _coverage(self, request: SearchRequest) -> dict[int, int]:
        covered: dict[int, int] = {}
        for node in request.coverage:
            for offset, segment in self._segments:
                for key in segment.matching(node):
                    covered[offset + key] = covered.get(offset + key, 0) + 1
        return covered

    def _paragraph(self, document: str, key: int) -> Paragraph:
        return read_record(document, self._reader.stored_fields(key)["record"])

    def paragraphs(
        self, document: str, first: int = 1, last: int | None = None
    ) -> Iterator[Paragraph]:
        ordinal = self._open().ordinal(document)
        if ordinal is None:
            return iter(())
        return iter(self._guarded(lambda: self._range(document, ordinal, first, last)))

    def _range(self, document: str, ordinal: int, first: int, last: int | None) -> list[Paragraph]:
        # A document's paragraphs stand side by side in one segment, in their order.
        for _, segment in self._segments:
            if ("document", str(ordinal)) in segment.reader:
                keys = list(segment.reader.postings("document", str(ordinal)).all_ids())
                read = segment.reader.stored_fields
                chosen = keys[max(first, 1) - 1 : last]
                return [read_record(document, read(key)["record"]) for key in chosen]
        return []

    def settled(self) -> bool:
        try:
            self._open()
        except NoIndexError:
            return False
        return is_sealed(self.folder, self._generation)

    def check(self) -> list[str]:
        manifest = self._open()
        found = broken_parts(self.folder, self._generation, contents=True)
        if not is_sealed(self.folder, self._generation):
            found.append("the last commit was interrupted before its checksums: run sinorus index")
        return found or self._guarded(lambda: self._walk(manifest))

    def _walk(self, manifest: Manifest) -> list[str]:
        """Reads every stored paragraph and counts them against the manifest."""
        counted: dict[int, int] = {}
        for _, segment in self._segments:
            for key in segment.all():
                ordinal = segment.ordinal[key]
                read_record("", segment.reader.stored_fields(key)["record"])
                counted[ordinal] = counted.get(ordinal, 0) + 1
        return [
            f"{manifest.document(ordinal).id} has {counted.get(ordinal, 0)} paragraphs in the "
            f"index instead of {manifest.document(ordinal).paragraphs}"
            for ordinal in manifest.ordinals()
            if counted.get(ordinal, 0) != manifest.document(ordinal).paragraphs
        ]

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        self._reader = self._manifest = None
        self._segments, self._generation = [], -1

    def __del__(self) -> None:
        self.close()
