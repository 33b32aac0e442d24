"""`Library`: what one can ask of a folder of sources. Prints nothing, asks nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from sinorus.library.asking import Asking
from sinorus.library.searching import ExtraFields, Understood, listing, scope, search
from sinorus.library.writing import Writing
from sinorus.model import IndexState, Query

if TYPE_CHECKING:
    from sinorus.library.opening import Opening
    from sinorus.library.showing import Selection
    from sinorus.model import (
        CheckReport,
        Comparison,
        Document,
        Explanation,
        Grouping,
        Order,
        RowKinds,
        SearchResult,
        Shown,
        SourceSort,
        TextComparison,
    )
    from sinorus.model.citation import BibForm, Bibliography, Quotation, QuoteMarks, QuoteStyle
    from sinorus.model.names import NamePage, NameSort
    from sinorus.model.request import Beside

Question = Query | Understood | str | None
"""What may be asked: a text, a query, one that `understand` read; None: all in the filters."""


class Library(Writing):
    """A library of sources and what can be asked of it.

    Where a method takes a query, it is a text or a `Query`; `options` are fields of `Query`, and
    filters by their names, which change it: `limit=5`, `author=["Wang Yi"]`, `not_lang=["zh"]`.
    Files are looked at before an answer: not with `update` False, nor where `state` is what
    `refresh` gave. A query that cannot be read raises QueryError, a filter FilterValueError, an id
    that names nothing UnknownIdError.
    """

    def understand(self, query: Query) -> Understood:
        """A query as it will be run; it can be asked in place of the query, which saves reading it.

        Raises QueryError, FilterValueError, UnknownIdError, UnknownKeyError.
        """
        return self._asking.understand(query)

    def across(self, query: Question) -> Mapping[str, int]:
        """How many paragraphs a query would find besides in each language it was not asked in."""
        asked = self._asked(query, {})
        return self._asking.besides(asked.query, asked.node)

    def titles(self, query: Question) -> tuple[str, int]:
        """The query for the same words in titles, and how many documents it finds."""
        return self._asking.in_titles(self._asked(query, {}).query)

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
        found = replace(found, hits=self._with_marks(found.hits))
        if not asked.query.elsewhere:
            return found
        titles = 0 if found.total else self.titles(asked)[1]
        return replace(found, across=self.across(asked), titles=titles)

    def concordance(self, result: SearchResult, by: Beside) -> SearchResult:
        """A result of `search` with a hit for each match, in the order of the words beside it."""
        from sinorus.corpus.concordance import concordance

        return replace(result, hits=tuple(concordance(result.hits, by)))

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
        """The paragraphs of documents, paragraph ids or ranges, with what `query` matches."""
        return list(self.select(ids, before=before, after=after, query=query, update=update))

    def select(
        self,
        ids: Iterable[str],
        *,
        before: int = 0,
        after: int = 0,
        query: Question = None,
        update: bool | None = None,
        lenient: bool = False,
    ) -> Selection:
        """The same, read as it is gone through; ids may also be lines of the program's output.

        Where it is `lenient`, ids that name nothing are left out, see `Selection`.
        """
        from sinorus.library.showing import Selection

        self.refresh(update)
        node = self._asked(query, {}).node if query is not None else None
        known = partial(Selection, formers=self._formers(), marked=self._marked())
        return known(self._engine, ids, before=before, after=after, node=node, lenient=lenient)

    def openings(self, *ids: str, update: bool | None = None) -> list[Opening]:
        """Where the file of each id is and the first paragraph that it asks for."""
        from sinorus.library.opening import openings

        self.refresh(update)
        return openings(self._engine, self._tree, ids, self._formers())

    def quote(
        self,
        *ids: str,
        chosen: Selection | None = None,
        style: QuoteStyle = "markdown",
        marks: QuoteMarks = "auto",
        block: bool | None = None,
        keyed: bool = True,
        update: bool | None = None,
        **cut: Any,
    ) -> list[Quotation]:
        """A quotation of each id, or of what `select` has `chosen`, for a draft in that style.

        `text` has its citation. `block` None: by itself if it is long. Without `keyed` a citation
        key is made only where the style prints it. `cut` says what of the paragraphs: the fields of
        `citation.excerpts.Cut`. Raises SinorusError for words that are not there.
        """
        from sinorus.citation.excerpts import Cut
        from sinorus.library.citing import Form, quotations

        self.refresh(update)
        found = self.select(ids, update=False) if chosen is None else chosen
        form = Form(style, marks, block, keyed)
        return list(quotations(self._engine, found, Cut(**cut), form, self._keys()))

    def bibliography(
        self,
        *words: str,
        draft: str | None = None,
        form: BibForm = "bibtex",
        style: str | None = None,
        update: bool | None = None,
    ) -> Bibliography:
        """The entries of documents: those that a draft cites, or that ids name or a query finds.

        Without words and draft all of the library. `style` has pandoc format them: one of
        `model.citation.BIB_STYLES`, a name of the CSL repository, or a file. Raises UnknownIdError,
        QueryError; SinorusError where there is no such style or no pandoc.
        """
        from sinorus.library.citing import bibliography, cited_documents, named_documents

        self.refresh(update)
        if draft is not None:
            cited, unknown = cited_documents(self._engine, self._keys(), draft)
            return bibliography(self._keys(), cited, form, style)._replace(unknown=unknown)
        if not words:
            return bibliography(self._keys(), self._engine.documents(), form, style)
        found = named_documents(self._engine, words)
        if found is None:
            found = self.listing(" ".join(words), update=False)
        return bibliography(self._keys(), found, form, style)

    def ids_in(self, lines: Iterable[str]) -> Iterator[str]:
        """The id in each line of the program's own output, or the place (`path:line`).

        Of a line of prose, all ids that stand in it.
        """
        from sinorus.library.ids import Ids, ids_in_line

        ids = Ids(self._engine)
        return (name for line in lines for name in ids_in_line(line, ids.has))

    def document_id(self, name: str, *, whole: bool = False) -> str | None:
        """The id of the document that a name names, with `whole` only its whole id; None: of none.

        Raises UnknownIdError where it may be any of several.
        """
        from sinorus.library.ids import Ids

        ids = Ids(self._engine)
        if whole:
            return name if ids.has(name) else None
        found = ids.known(name)
        return found.id if found else None

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
        found = by_query(self._engine, asked, asking, state, self._asking.names, wider)
        if self._marked() is None:
            return found
        groups = (replace(one, best=self._with_marks(one.best)) for one in found.groups)
        return replace(found, groups=tuple(groups))

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

    def check(
        self,
        draft: str | bytes,
        *,
        kind: str | None = None,
        name: str = "-",
        least_words: int = 3,
        update: bool | None = None,
    ) -> CheckReport:
        """What became of each quotation, reference and citation key of a draft.

        `name` is what the draft is called in the report, `kind` one of
        `citation.drafts.draft.FORMATS`; None: as the suffix of the name says. Bytes are those of a
        file, which an office program may have written. Quotations of up to `least_words` words are
        counted and not looked up. Raises SinorusError for a file that cannot be read.
        """
        from sinorus.citation.drafts.draft import Draft, kind_of
        from sinorus.library.checking import check
        from sinorus.library.drafts import draft_text

        state = self.refresh(update)
        if isinstance(draft, bytes):
            draft, known = draft_text(self._place, draft, name)
            kind = known if known == "paragraphs" else kind or known
        read = Draft(draft, kind or kind_of(name))
        return check(self._known(), read, name, state, least_words)

    def mend(
        self,
        draft: str,
        *,
        kind: str | None = None,
        name: str = "-",
        least_words: int = 3,
        update: bool | None = None,
    ) -> tuple[CheckReport, str]:
        """What `check` says of a draft, and the draft with what can be mended without judgement.

        See `citation.mending`.
        """
        from sinorus.citation.drafts.draft import Draft, kind_of
        from sinorus.citation.mending import mended
        from sinorus.library.checking import mendable

        state, read = self.refresh(update), Draft(draft, kind or kind_of(name))
        report, quoted = mendable(self._known(), read, name, state, least_words)
        return report, mended(read, quoted, report)

    def are_texts(self, left: str, right: str, *, found: bool = True) -> bool:
        """Whether two words name two texts, and are not words of a query: see `Ids.are_texts`."""
        from sinorus.library.ids import Ids

        return Ids(self._engine).are_texts(left, right, found=found)

    def sources(
        self,
        *words: str,
        sort: SourceSort = "id",
        update: bool | None = None,
        **filters: Sequence[str],
    ) -> list[Document]:
        """The documents that the filters let through and that have all the words in their id,
        title, authors, publisher or tags, as `library.sources` says, and in the order it says.
        """
        from sinorus.library.sources import having_words, in_order

        self.refresh(update)
        return in_order(having_words(scope(self._engine, filters), words), sort)

    def names(
        self, *words: str, sort: NameSort = "name", update: bool | None = None, **page: Any
    ) -> NamePage:
        """The groups of names that have all the words, each with how often it is found: `page` is
        what `library.names.list_names` takes. Raises ConfigError for a broken file of names.
        """
        from sinorus.library.names import list_names

        self.refresh(update)
        return list_names(self._engine, self._asking.names, words, sort=sort, **page)

    def keys(self) -> Collection[str]:
        """The keys of documents that only this library has, beside those that every one knows."""
        return ExtraFields(self._engine)

    def groups(self, tally: Mapping[str, int], by: Grouping) -> dict[str | None, int]:
        """The tally of a count by groups of documents; a document may be in several."""
        found: dict[str | None, int] = {}
        for document in self._engine.documents(tally.keys()):
            for key in document.groups(by):
                found[key] = found.get(key, 0) + tally[document.id]
        return found

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self._engine, self._tree, self.settings, self._progress)

    def _asked(self, query: Question, options: dict[str, Any]) -> Understood:
        if not isinstance(query, Understood):
            given = query if isinstance(query, Query) else Query(query)
            return self.understand(given.having(**options))
        return replace(query, query=query.query.having(**options)) if options else query
