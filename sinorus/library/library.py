"""`Library`: what one can do with a folder of sources. Prints nothing, asks nobody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sinorus.config import Settings, load_settings
from sinorus.engines import cluster_engine, embedded_engine, open_engine
from sinorus.engines.port import Engine, Sort
from sinorus.errors import NoIndexError, SinorusError
from sinorus.files import Tree
from sinorus.library import searching
from sinorus.library.freshness import Freshness
from sinorus.library.indexing import (
    IndexReport,
    Progress,
    update_index,
)
from sinorus.library.location import FILE, find_library, named_library
from sinorus.library.naming import load_names
from sinorus.library.searching import Page, Query
from sinorus.library.survey import Survey, survey

if TYPE_CHECKING:
    from sinorus.model import (
        Comparison,
        Document,
        Fingerprint,
        Grouping,
        IndexState,
        SearchResult,
        Shown,
        Status,
        TextComparison,
    )
    from sinorus.text.names import Names

Notify = Callable[[str], None]


def _silent(_: str) -> None:
    return None


class Library:
    """A library of sources and its index.

    `notify` is called with each sentence that a user should know and that is not an answer: what
    was indexed on the way, what is out of date. `progress` gets the steps of an index run that a
    search sets off.
    """

    def __init__(
        self,
        root: Path,
        settings: Settings,
        *,
        notify: Notify = _silent,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self.root, self.settings = root, settings
        self.index_path = root / "index"
        self.tree = Tree(str(root), settings["trusted"])
        self.notify = notify
        self.engine: Engine = open_engine(settings, root, notify)
        self._freshness = Freshness(self, progress)
        self._names: Names | None = None

    @classmethod
    def open(cls, path: str | Path = ".", *, notify: Notify = _silent) -> Library:
        """The library at `path` or above it, with its own settings and nobody's environment.

        Raises NoLibraryError if there is none.
        """
        root = find_library(Path(path))
        return cls(root, load_settings(root / FILE), notify=notify)

    @classmethod
    def at(cls, path: str | Path, *, notify: Notify = _silent) -> Library:
        """The library that `path` itself is. Raises NoLibraryError if it is none."""
        root = named_library(Path(path))
        return cls(root, load_settings(root / FILE), notify=notify)

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the index and the folders of the library."""
        self.engine.close()
        self.tree.close()

    def names(self) -> Names:
        """The names that queries are widened with. Raises ConfigError for a broken names.toml."""
        if self._names is None:
            self._names = load_names(self.tree, "index")
        return self._names

    def indexing(
        self, *, rebuild: bool = False, only: Collection[str] | None = None
    ) -> Iterator[Progress | IndexReport]:
        """The steps of an index run, the report last; the commit comes before the report.

        `only`: paths relative to the library. An index that is damaged or of another version has
        to be rebuilt. Raises IndexLockedError, IndexDamagedError.
        """
        known = [] if rebuild else self._freshness.known()
        if known is None:
            self.notify("the index was made by another version of sinorus and is made anew")
            only, known = None, []

        def look(known: Sequence[Fingerprint]) -> Survey:
            return self.survey(known, None if rebuild else only)

        wait = self.settings["wait"]
        yield from update_index(
            self.engine, self.tree, look, look(known), rebuild=rebuild, wait=wait
        )

    def survey(self, known: Sequence[Fingerprint], only: Collection[str] | None = None) -> Survey:
        """What differs between the files and what is `known` of them; of the paths `only`."""
        return survey(self.tree, self.settings["sources"], known, only)

    def index(self, *, rebuild: bool = False, only: Collection[str] | None = None) -> IndexReport:
        """Brings the index up to date; what it did. Raises as `indexing` does."""
        for step in self.indexing(rebuild=rebuild, only=only):
            if isinstance(step, IndexReport):
                return step
        raise SinorusError("the index run ended without a report")

    def kept(self) -> str:
        """What an index run that was interrupted left of the index, in words."""
        try:
            info = self.engine.info()
        except NoIndexError:
            return "there is no index yet"
        except SinorusError as fault:
            return fault.message
        counts = f"{info.documents:,} documents, {info.paragraphs:,} paragraphs"
        more = "; what was sent is kept for the next run" if self.engine.shared else ""
        return f"the index is that of {info.updated} ({counts}){more}"

    def copying(self, url: str) -> Iterator[Progress | IndexReport]:
        """The steps of copying the embedded index to the cluster at `url`, the report last.

        Raises NoIndexError if there is no embedded index, ConfigError for a bad `url`.
        """
        from sinorus.library.migration import copy_index

        chosen = self.settings.having("engine", "opensearch", "--to").having("url", url, "--to")
        other = cluster_engine(chosen, self.root, self.notify)
        with closing(other), closing(self._embedded()) as source:
            with suppress(NoIndexError):
                there = other.info()
                self.notify(f"{other.place}, made by {there.by} at {there.updated}, is made anew")
            yield from copy_index(self.tree, source, other, self.settings["wait"])

    def _embedded(self) -> Engine:
        return embedded_engine(self.root, self.settings["trusted"])

    def refresh(self, update: bool | None = None) -> IndexState:
        """Makes sure that answers fit the files, or says that they may not.

        With `update` False the files are not looked at. A missing index is made if the library is
        small; raises NoIndexError otherwise.
        """
        return self._freshness.check(self.settings["update"] if update is None else update)

    def search(
        self,
        text: str | None = None,
        *,
        limit: int | None = 20,
        offset: int = 0,
        sort: Sort = "relevance",
        max_per_doc: int | None = None,
        any_word: bool = False,
        exact: bool = False,
        literal: bool = False,
        names: bool = True,
        update: bool | None = None,
        **filters: Sequence[str],
    ) -> SearchResult:
        """The paragraphs that match `text` and the filters, best first.

        Filters are lists of values under the names of the command line's: `author=["Wang Yi"]`,
        `since=["2022"]`, `not_lang=["zh"]`. Raises QueryError for a query that cannot be read.
        """
        query = Query(text, filters, exact, any_word, literal, names)
        page = Page(limit=limit, offset=offset, sort=sort, max_per_doc=max_per_doc)
        return self.answer(query, page, self.refresh(update))

    def understand(self, query: Query) -> searching.Understood:
        """A query as it would be run. Raises QueryError."""
        widen = query.names and not query.exact and self.settings["names"]
        return searching.understand(self.engine, self.names() if widen else None, query)

    def answer(self, query: Query, page: Page, index: IndexState) -> SearchResult:
        """The answer to a query on the index as it is. Raises QueryError."""
        return searching.run(self.engine, self.understand(query), page, index)

    def show(
        self,
        *ids: str,
        before: int = 0,
        after: int = 0,
        query: str | None = None,
        update: bool | None = None,
    ) -> list[Shown]:
        """The paragraphs of documents, paragraph ids or ranges (`d5`, `d5#3`, `d5#3-7`).

        Raises UnknownIdError, and QueryError for the `query` that is to be highlighted.
        """
        from sinorus.library import showing

        self.refresh(update)
        node = self.understand(Query(query)).node if query else None
        return showing.show(self.engine, ids, before=before, after=after, node=node)

    def compare(
        self,
        query: Query | str,
        *,
        by: Grouping = "document",
        among: Iterable[str] = (),
        best: int = 2,
        update: bool | None = None,
    ) -> Comparison:
        """What groups of sources say of a query. Raises QueryError, UnknownIdError."""
        from sinorus.library import comparing

        asked = Query(query) if isinstance(query, str) else query
        state = self.refresh(update)
        return comparing.by_query(
            self.engine, self.understand(asked), asked.filters, by, among, best, state
        )

    def compare_texts(self, left: str, right: str, *, update: bool | None = None) -> TextComparison:
        """Two documents or paragraphs side by side. Raises UnknownIdError."""
        from sinorus.corpus.texts import compare_texts
        from sinorus.library import showing

        self.refresh(update)
        one, other = (showing.one_text(self.engine, text) for text in (left, right))
        return compare_texts(*one, *other)

    def sources(self, *, update: bool | None = None, **filters: Sequence[str]) -> list[Document]:
        """The documents that the filters let through, sorted by id. Raises SinorusError."""
        self.refresh(update)
        return searching.scope(self.engine, filters)

    def status(self, *, check: bool = False) -> Status:
        """Counts, coverage, versions and freshness; with `check` the whole index is read."""
        from sinorus.library.status import status

        return status(self, check)
