"""`Library`: what one can do with a folder of sources. Prints nothing, asks nobody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinorus.config import Settings, load_settings
from sinorus.engines import open_engine
from sinorus.engines.port import Engine
from sinorus.errors import SinorusError
from sinorus.files import Tree
from sinorus.library.asking import Asking
from sinorus.library.freshness import Freshness
from sinorus.library.location import FILE, find_library, make_library, named_library, source_folder
from sinorus.library.searching import Understood, listing, scope, search
from sinorus.library.survey import LibraryFiles, Survey
from sinorus.model import IndexReport, IndexState, Notice, Progress, Query
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.kinds import extras_for, kinds_of

if TYPE_CHECKING:
    from sinorus.library.showing import Selection
    from sinorus.model import (
        Added,
        Comparison,
        Document,
        Explanation,
        Fingerprint,
        Grouping,
        Order,
        RowKinds,
        SearchResult,
        Shown,
        Status,
        TextComparison,
    )

Notify = Callable[[Notice], None]
Question = Query | Understood | str | None
"""What may be asked: a text, a query, one that `understand` read; None: all in the filters."""


def _silent(_: Notice) -> None: ...


class Library:
    """A library of sources and its index.

    `notify` is called with each sentence that a user should know and that is not an answer: what
    was indexed on the way, what is out of date. `progress` gets the steps of an index run that a
    search sets off.

    Where a method takes a query, it is a text or a `Query`; `options` are fields of `Query`, and
    filters by their names, which change it: `limit=5`, `author=["Wang Yi"]`, `not_lang=["zh"]`.
    Files are looked at before an answer: not with `update` False, nor where `state` is what
    `refresh` gave. A query that cannot be read raises QueryError, a filter FilterValueError, an id
    that names nothing UnknownIdError.
    """

    def __init__(
        self,
        root: Path,
        settings: Settings,
        *,
        notify: Notify = _silent,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self.root, self.settings, self.notify = root, settings, notify
        self._tree = Tree(str(root), settings["trusted"])
        self._progress = progress
        self._place = Conversions.having(self._tree, settings)
        self._files = LibraryFiles(self._place, settings)

    @cached_property
    def _engine(self) -> Engine:
        return open_engine(self.settings, self.root, self._tell)

    @cached_property
    def _freshness(self) -> Freshness:
        look, place, wait = self._files.quick_look, self._files.quick_place, self.settings["wait"]
        return Freshness(self._engine, place, look, wait, self.notify, self._progress)

    @classmethod
    def open(cls, path: str | Path = ".", *, notify: Notify = _silent) -> Library:
        """The library at `path` or above it, with its own settings and nobody's environment.

        Raises NoLibraryError if there is none.
        """
        root = find_library(Path(path))
        return cls(root, load_settings(root / FILE), notify=notify)

    @classmethod
    def at(cls, path: str | Path, *, notify: Notify = _silent) -> Library:
        """The library that `path` itself is. Raises NoLibraryError if it is not one."""
        root = named_library(Path(path))
        return cls(root, load_settings(root / FILE), notify=notify)

    @classmethod
    def init(cls, path: str | Path, *, notify: Notify = _silent) -> Library:
        """Makes a folder a library, and opens it; what is there already is left as it is."""
        make_library(Path(path))
        return cls.at(path, notify=notify)

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the index and the folders of the library."""
        if "_engine" in self.__dict__:
            self._engine.close()
        self._tree.close()

    def refresh(self, update: bool | None = None) -> IndexState:
        """Makes sure that answers fit the files, or says that they may not.

        `update` None: as the settings say. A missing index is made if the library is small; raises
        NoIndexError otherwise.
        """
        return self._freshness.check(self.settings["update"] if update is None else update)

    def understand(self, query: Query) -> Understood:
        """A query as it will be run; it can be asked in place of the query, which saves reading it.

        Raises QueryError, FilterValueError, UnknownIdError, UnknownKeyError.
        """
        return self._asking.understand(query)

    def across(self, query: Question) -> Mapping[str, int]:
        """How many paragraphs a query would find besides in each language it was not asked in."""
        asked = self._asked(query, {})
        return self._asking.besides(asked.query, asked.node)

    def search(
        self,
        query: Question = None,
        *,
        update: bool | None = None,
        state: IndexState | None = None,
        explanation: Explanation | None = None,
        **options: Any,
    ) -> SearchResult:
        """The paragraphs that match, best first; `explanation` is one that `explain` gave."""
        state = state or self.refresh(update)
        asked = self._asked(query, options)
        if asked.query.explain and explanation is None:
            explanation = self.explain(asked)
        found = search(self._engine, asked, state, explanation)
        return replace(found, across=self.across(asked)) if asked.query.elsewhere else found

    def count(
        self,
        query: Question = None,
        *,
        update: bool | None = None,
        state: IndexState | None = None,
        **options: Any,
    ) -> SearchResult:
        """The same without hits: `total` paragraphs match, `tally` of them in each document."""
        counting = {"limit": 0, "offset": 0, "partial": False, "explain": False, "elsewhere": False}
        return self.search(query, update=update, state=state, **{**options, **counting})

    def listing(
        self,
        query: Question = None,
        *,
        without: bool = False,
        update: bool | None = None,
        state: IndexState | None = None,
        **options: Any,
    ) -> list[Document]:
        """The documents that have a match, sorted by id; `without`: those in scope without one.

        `limit` and `offset` count documents; of a text all are listed unless `limit` is given.
        """
        if query is None or isinstance(query, str):
            options = {"limit": None, **options}
        _ = state or self.refresh(update)
        return listing(self._engine, self._asked(query, options), without=without)

    def explain(
        self,
        query: Question = None,
        *,
        most: int | None = None,
        suggest: bool = False,
        **options: Any,
    ) -> Explanation:
        """How a query is read, and what each of its parts (the first `most`) finds alone.

        With `suggest`, a word that is nowhere comes with one that is spelt like it.
        """
        from sinorus.library.explaining import explain

        asked = self._asked(query, options)
        besides = partial(self._asking.besides, asked.query)
        return explain(self._engine, asked, besides, most=most, suggest=suggest)

    def show(
        self,
        *ids: str,
        before: int = 0,
        after: int = 0,
        query: Question = None,
        update: bool | None = None,
    ) -> list[Shown]:
        """The paragraphs of documents, paragraph ids or ranges (`d5`, `d5#3`, `d5#3-7`).

        What `query` matches is highlighted.
        """
        return list(self.select(ids, before=before, after=after, query=query, update=update))

    def select(
        self,
        ids: Iterable[str],
        *,
        before: int = 0,
        after: int = 0,
        query: Question = None,
        update: bool | None = None,
    ) -> Selection:
        """The same, read as it is gone through; ids may also be lines of the program's output."""
        from sinorus.library.showing import Selection

        self.refresh(update)
        node = self._asked(query, {}).node if query is not None else None
        return Selection(self._engine, ids, before=before, after=after, node=node)

    def ids_in(self, lines: Iterable[str]) -> Iterator[str]:
        """The id in each line of the program's own output, or the place (`path:line`)."""
        from sinorus.library.ids import Ids, id_in_line

        ids = Ids(self._engine)
        return (id_in_line(line, ids.has) for line in lines)

    def compare(
        self,
        query: Question = None,
        *,
        by: Grouping = "document",
        among: Iterable[str] = (),
        best: int = 2,
        order: Order | None = None,
        least_words: int = 0,
        detailed: int | None = None,
        update: bool | None = None,
        state: IndexState | None = None,
        **options: Any,
    ) -> Comparison:
        """What groups of sources say of a query, each with its `best` paragraphs and keywords.

        `by` is one of GROUPINGS or a key of the metadata, else UnknownKeyError; see `Asking`.
        """
        from sinorus.library.comparing import Asking, by_query

        state = state or self.refresh(update)
        asked = self._asked(query, options)
        asking = Asking(by, tuple(among), best, order, least_words, detailed)
        wider = self._asking.wider(asked.query)
        return by_query(self._engine, asked, asking, state, self._asking.names, wider)

    def compare_texts(
        self,
        left: str,
        right: str,
        *,
        only: RowKinds | None = None,
        update: bool | None = None,
    ) -> TextComparison:
        """Two documents or paragraphs side by side; `only` the rows that were changed or moved."""
        from sinorus.corpus.texts import compare_texts
        from sinorus.library.showing import one_text

        self.refresh(update)
        one, other = (one_text(self._engine, text) for text in (left, right))
        return compare_texts(*one, *other).having(only)

    def are_texts(self, left: str, right: str, *, found: bool = True) -> bool:
        """Whether two words name two texts, and are not words of a query.

        Ids of paragraphs always do, ids of documents if both are there. Raises UnknownIdError where
        one has the look of an id and names nothing; if the query `found` nothing, also where both
        are nearly ids.
        """
        from sinorus.library.ids import Ids

        return Ids(self._engine).are_texts(left, right, found=found)

    def sources(self, *, update: bool | None = None, **filters: Sequence[str]) -> list[Document]:
        """The documents that the filters let through, sorted by id."""
        self.refresh(update)
        return scope(self._engine, filters)

    def is_empty(self) -> bool:
        """Whether the index has no documents."""
        return not self._engine.info().documents

    def other_kinds(self) -> tuple[dict[str, int], dict[str, str]]:
        """Files of each kind that is not read, by suffix, and the extra that some lack for that."""
        return (kinds := kinds_of(self._files.others)), extras_for(kinds)

    def groups(self, tally: Mapping[str, int], by: Grouping) -> dict[str | None, int]:
        """The tally of a count by groups of documents; a document may be in several."""
        found: dict[str | None, int] = {}
        for document in self._engine.documents(tally.keys()):
            for key in document.groups(by):
                found[key] = found.get(key, 0) + tally[document.id]
        return found

    def status(self, *, check: bool = False) -> Status:
        """Counts, coverage, versions and freshness; with `check` the whole index is read."""
        from sinorus.library.status import beside_any, status

        other = partial(beside_any, self.settings, self.root, self._engine, self.notify)
        return status(self._engine, self._tree, self._files.look, other, check=check)

    def add(self, given: str | Path | bytes, **how: Any) -> Added:
        """Copies a file, or a text of bytes, into the library, as `adding`; raises its error."""
        one = next(self.adding(given, **how), SinorusError("there is no source in it"))
        if isinstance(one, SinorusError):
            raise one
        return one

    def adding(
        self, given: str | Path | bytes, *, to: str | None = None, **how: Any
    ) -> Iterator[Added | SinorusError]:
        """What becomes of a file, each source in a folder, a text of bytes: a copy, or an error.

        `to` is a source folder, else the first; see `library.adding`. Raises SinorusError.
        """
        from sinorus.library.adding import adding

        return adding(self._place, self.add_to(to), given, **how)

    def add_to(self, folder: str | None) -> str:
        """The source folder that `add` copies into. Raises SinorusError if it is none."""
        return source_folder(self.settings["sources"], folder)

    def index(self, *, rebuild: bool = False, only: Collection[str] | None = None) -> IndexReport:
        """Brings the index up to date; what it did. Raises as `indexing` does."""
        for step in self.indexing(rebuild=rebuild, only=only):
            if isinstance(step, IndexReport):
                return step
        raise SinorusError("the index run ended without a report")

    def indexing(
        self, *, rebuild: bool = False, only: Collection[str] | None = None
    ) -> Iterator[Progress | IndexReport]:
        """The steps of an index run, the report last; the commit comes before the report.

        `only`: paths relative to the library. An index of another version is rebuilt. Raises
        IndexLockedError, IndexDamagedError.
        """
        from sinorus.library.indexing import update_index

        known = [] if rebuild else self._freshness.known()
        if known is None:
            self._tell("the index was made by another version of sinorus and is rebuilt")
            only, known = None, []

        def look(known: Sequence[Fingerprint]) -> Survey:
            return self._files.look(known, None if rebuild else only)

        seen, wait = look(known), self.settings["wait"]
        for step in update_index(self._engine, self._place, look, seen, rebuild=rebuild, wait=wait):
            if isinstance(step, IndexReport) and only is None:
                yield replace(step, faults=self._files.with_settings(step.faults))
            else:
                yield step

    def copying(self, url: str) -> Iterator[Progress | IndexReport]:
        """The steps of copying the embedded index to the cluster at `url`; raises NoIndexError."""
        from sinorus.library.migration import copying

        return copying(self._tree, self.settings, self.root, url, self._tell)

    def kept(self) -> str:
        """What an index run that was interrupted left of the index, in words."""
        from sinorus.library.status import kept

        return kept(self._engine)

    def _tell(self, text: str) -> None:
        self.notify(Notice(text))

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self._engine, self._tree, self.settings)

    def _asked(self, query: Question, options: dict[str, Any]) -> Understood:
        if not isinstance(query, Understood):
            given = query if isinstance(query, Query) else Query(query)
            return self.understand(given.having(**options))
        return replace(query, query=query.query.having(**options)) if options else query
