"""The state of a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from sinorus.engines import cluster_engine, embedded_engine
from sinorus.errors import IndexDamagedError, NoIndexError, SinorusError
from sinorus.library.survey import drop_touched, few_touched
from sinorus.model import Date, Document, Fingerprint, OtherIndex, Status

if TYPE_CHECKING:
    from sinorus.library.library import Library

_FIELDS = ("title", "authors", "publisher", "date", "url", "lang")


def status(library: Library, check: bool) -> Status:
    """Counts, coverage, versions and freshness of a library; with `check` its index is read whole.

    A library without an index has counts of 0 and no date of update.
    """
    from sinorus import __version__
    from sinorus.text.tokens import FINGERPRINT

    engine = library.engine
    damage: list[str] = []
    try:
        info = engine.info()
        documents, marks = list(engine.documents()), list(engine.fingerprints())
        if check:
            damage = engine.check()
    except NoIndexError:
        info, documents, marks = None, [], []
    except IndexDamagedError as fault:
        if not check:
            raise
        info, documents, marks, damage = None, [], [], [fault.message]
    seen = library.survey(marks)
    if few_touched(seen):
        drop_touched(library.tree, seen)
    first, last = _dates(documents)
    return Status(
        library=str(library.root),
        index_path=engine.place,
        engine="opensearch" if engine.shared else "whoosh",
        format=info.format if info else "",
        analysis=info.analysis if info else FINGERPRINT,
        version=__version__,
        updated=info.updated if info else None,
        documents=len(documents),
        paragraphs=sum(document.paragraphs for document in documents),
        words=sum(document.words for document in documents),
        languages=_languages(documents),
        first=first,
        last=last,
        missing={name.removesuffix("s"): _without(documents, name) for name in _FIELDS},
        bytes=engine.size() if info else 0,
        added=len(seen.changes.new),
        changed=len(seen.changes.suspect),
        removed=len(seen.changes.removed),
        checked=check,
        damage=tuple(damage),
        by=info.by if info else "",
        other=_other(library, marks),
    )


def _other(library: Library, marks: Sequence[Fingerprint]) -> OtherIndex | None:
    """What the other engine has, where there is one: the cluster of the settings, or `index/`."""
    if not library.engine.shared and not library.settings["url"]:
        return None
    try:
        if library.engine.shared:
            engine = embedded_engine(library.root, library.settings["trusted"])
        else:
            engine = cluster_engine(library.settings, library.root, library.notify)
        with closing(engine):
            info, there = engine.info(), {mark.path: mark for mark in engine.fingerprints()}
    except NoIndexError:
        return None
    except SinorusError as fault:  # that of the other is no reason to say nothing of this one
        library.notify(fault.message)
        return None
    here = {mark.path: mark for mark in marks}
    both = here.keys() & there.keys()
    return OtherIndex(
        info.engine,
        engine.place,
        info.updated,
        info.documents,
        info.paragraphs,
        info.words,
        missing=len(here.keys() - there.keys()),
        extra=len(there.keys() - here.keys()),
        changed=sum(1 for path in both if here[path].digest != there[path].digest),
    )


def _without(documents: Sequence[Document], name: str) -> int:
    return sum(1 for document in documents if not getattr(document, name))


def _languages(documents: Sequence[Document]) -> dict[str | None, tuple[int, int, int]]:
    counts: dict[str | None, Counter[str]] = {}
    for document in documents:
        count = counts.setdefault(document.lang, Counter())
        count.update(documents=1, paragraphs=document.paragraphs, words=document.words)
    ordered = sorted(counts.items(), key=lambda item: (-item[1]["documents"], item[0] or ""))
    return {
        lang: (count["documents"], count["paragraphs"], count["words"]) for lang, count in ordered
    }


def _dates(documents: Sequence[Document]) -> tuple[Date | None, Date | None]:
    dates = [document.date for document in documents if document.date]
    if not dates:
        return None, None
    return min(dates, key=lambda date: date.first), max(dates, key=lambda date: date.last)
