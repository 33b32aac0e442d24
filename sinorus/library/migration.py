"""Copying an index from one engine to another, without reading the files again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from sinorus.config import Settings
from sinorus.engines import at_address, embedded_engine, open_engine
from sinorus.engines.port import Engine
from sinorus.errors import NoIndexError
from sinorus.files import Tree
from sinorus.model import Document, Fault, Fingerprint, IndexReport, Progress, Reading


class Indexed(NamedTuple):
    """A file as the index knows it."""

    fingerprint: Fingerprint
    document: Document | None
    faults: Sequence[Fault]


def copying(
    tree: Tree, settings: Settings, root: Path, url: str, tell: Callable[[str], None]
) -> Iterator[Progress | IndexReport]:
    """The steps of copying the embedded index to the cluster at `url`, the report last."""
    other = open_engine(at_address(settings, url, "url"), root, tell)
    embedded = embedded_engine(root, settings["trusted"])
    with closing(other), closing(embedded):
        with suppress(NoIndexError):
            there = other.info()
            tell(f"{other.place}, made by {there.by} at {there.updated}, is rebuilt")
        yield from copy_index(tree, embedded, other, settings["wait"])


def copy_index(
    tree: Tree, source: Engine, other: Engine, seconds: float = 5.0
) -> Iterator[Progress | IndexReport]:
    """Makes the index of `other` anew from what `source` has; the report comes last.

    Waits so many `seconds` for another writer. Raises NoIndexError if there is no `source`.
    """
    started = perf_counter()
    files = _files(source)
    total = sum(one.fingerprint.size for one in files)
    done = 0
    with other.writer(rebuild=True, wait=seconds) as writer:
        yield Progress(0, len(files), 0, total)
        for number, one in enumerate(writer.ingest(read_indexed, tree, files), 1):
            done += files[one.number].fingerprint.size
            yield Progress(number, len(files), done, total)
    info = other.info()
    faults = tuple(other.faults())
    yield IndexReport(
        new=info.documents,
        updated=0,
        unchanged=0,
        removed=0,
        skipped=len({fault.path for fault in faults if fault.skipped}),
        documents=info.documents,
        paragraphs=info.paragraphs,
        seconds=perf_counter() - started,
        faults=faults,
    )


def _files(source: Engine) -> list[Indexed]:
    documents = {document.path: document for document in source.documents()}
    faults: dict[str, list[Fault]] = {}
    for fault in source.faults():
        faults.setdefault(fault.path, []).append(fault)
    return [
        Indexed(fingerprint, documents.get(fingerprint.path), faults.get(fingerprint.path, ()))
        for fingerprint in source.fingerprints()
    ]


@lru_cache(maxsize=1)
def _embedded(root: str, trusted: Sequence[str]) -> Engine:
    return embedded_engine(Path(root), trusted)


def read_indexed(tree: Tree, item: Indexed) -> Reading:
    """A file as the embedded index has it; called in the processes that index."""
    paragraphs: Sequence[object] = ()
    if item.document is not None:
        paragraphs = list(_embedded(tree.root, tree.trusted).paragraphs(item.document.id))
    return Reading(item.fingerprint, item.document, paragraphs, item.faults)  # type: ignore[arg-type]
