"""The state of a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from sinorus.config import Settings
from sinorus.corpus.copies import copies
from sinorus.engines import kinds_beside
from sinorus.engines.port import Engine
from sinorus.errors import IndexDamagedError, NoIndexError, SinorusError
from sinorus.files import Tree
from sinorus.library.survey import Look, drop_touched, few_touched
from sinorus.model import Date, Document, Notice, OtherIndex, Status
from sinorus.model.documents import DESCRIPTIVE_FIELDS
from sinorus.model.wording import counted
from sinorus.sources.kinds import extras_for, kinds_of


def status(
    engine: Engine, tree: Tree, look: Look, other: Callable[[], OtherIndex | None], *, check: bool
) -> Status:
    """Counts, coverage, versions and freshness of a library; with `check` its index is read whole.

    `look` surveys its files, `other` says what another engine has. A library without an index has
    counts of 0 and no date of update.
    """
    from sinorus import __version__
    from sinorus.text.tokens import FINGERPRINT

    damage: list[str] = []
    try:
        info = engine.info()
        documents, known = list(engine.documents()), list(engine.fingerprints())
        if check:
            damage = engine.check()
    except NoIndexError:
        info, documents, known = None, [], []
    except IndexDamagedError as fault:
        if not check:
            raise
        info, documents, known, damage = None, [], [], [fault.message]
    seen = look(known)
    if few_touched(seen):
        drop_touched(tree, seen)
    first, last = _dates(documents)
    return Status(
        library=tree.root,
        index_path=engine.place,
        engine=engine.name,
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
        missing=_missing(documents),
        bytes=engine.size() if info else 0,
        added=len(seen.changes.new),
        changed=len(seen.changes.suspect),
        removed=len(seen.changes.removed),
        checked=check,
        damage=tuple(damage),
        by=info.by if info else "",
        other=other(),
        other_kinds=kinds_of(seen.others),
        extras=extras_for(kinds_of(seen.others)),
        copies=tuple(copies(engine.hashes())) if info else (),
        years=dict(sorted(Counter(one.year for one in documents if one.year).items())),
    )


def beside(other: Engine, engine: Engine) -> OtherIndex | None:
    """What the index of another engine has beside that of `engine`; None where it has none."""
    try:
        info = other.info()
        there = {one.path: one.digest for one in other.fingerprints()}
    except NoIndexError:
        return None
    try:
        here = {one.path: one.digest for one in engine.fingerprints()}
    except NoIndexError:
        here = {}
    return OtherIndex(
        info.engine,
        other.place,
        info.updated,
        info.documents,
        info.paragraphs,
        info.words,
        missing=len(here.keys() - there.keys()),
        extra=len(there.keys() - here.keys()),
        changed=sum(1 for path in here.keys() & there.keys() if here[path] != there[path]),
    )


def kept(engine: Engine) -> str:
    """What an index run that was interrupted left of the index, in words."""
    try:
        info = engine.info()
    except NoIndexError:
        return "there is no index yet"
    except SinorusError as fault:
        return fault.message
    counts = f"{counted(info.documents, 'document')}, {counted(info.paragraphs, 'paragraph')}"
    more = "; what was sent is kept for the next run" if engine.shared else ""
    return f"the index is that of {info.updated} ({counts}), as before this run{more}"


def _missing(documents: Sequence[Document]) -> dict[str, int]:
    counts = Counter(name for document in documents for name in document.missing)
    return {name: counts[name] for name in DESCRIPTIVE_FIELDS}


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


def beside_any(
    settings: Settings, root: Path, engine: Engine, notify: Callable[[Notice], None]
) -> OtherIndex | None:
    """What another engine has: one at the address of the settings, or the embedded one."""
    for kind in kinds_beside(settings):
        try:
            with closing(kind.open(settings, root, lambda text: notify(Notice(text)))) as other:
                if found := beside(other, engine):
                    return found
        except SinorusError as fault:  # of the other: no reason to say nothing of this one
            notify(Notice(fault.message, fault.reason))
    return None
