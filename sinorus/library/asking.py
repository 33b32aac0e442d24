"""How the queries of a library are read: with its names, its terms and its settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from sinorus.config import Settings
from sinorus.engines.port import Engine, SearchRequest
from sinorus.errors import QueryError, UnsupportedQuery
from sinorus.files import Tree
from sinorus.library.searching import Understood, understand
from sinorus.model import Query

if TYPE_CHECKING:
    from sinorus.model import Progress
    from sinorus.query.nodes import Node
    from sinorus.text.names import Names
    from sinorus.text.terms import Terms


class Asking:
    """Reads queries; names and terms are read when the first query needs them."""

    def __init__(
        self,
        engine: Engine,
        tree: Tree,
        settings: Settings,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self._engine, self._tree, self._settings = engine, tree, settings
        self._progress = progress or _unheard

    def understand(self, query: Query) -> Understood:
        """A query as it will be run. Raises QueryError, FilterValueError, UnknownIdError, and
        ConfigError for a broken file of names or terms.
        """
        names = query.names and _stemmed(query) and self._settings["names"]
        across = _stemmed(query) and self.is_across(query)
        terms = self._terms if across else None
        return understand(self._engine, self.names if names else None, query, terms)

    def is_across(self, query: Query) -> bool:
        """Whether words are asked in all languages; exact ones never are."""
        given = query.across
        return bool(self._settings["across"] if given is None else given)

    def besides(self, query: Query, node: Node) -> Mapping[str, int]:
        """How many paragraphs a node of a query would find besides in each language in which it is
        not asked; empty where it is, and where none of its words is a term.
        """
        if self.is_across(query) or not _stemmed(query):
            return {}
        from sinorus.library.elsewhere import found_besides

        try:
            return found_besides(self._engine, node, self._terms_at_hand)
        except UnsupportedQuery:  # with all forms it is too large for a cluster: nothing is said
            return {}

    def in_titles(self, query: Query) -> tuple[str, int]:
        """The query for the words of another in titles, and how many documents it finds; nothing
        and none where it has more than words.
        """
        words = (query.text or "").split()
        if not words or query.literal or not all(map(str.isalnum, words)):
            return "", 0
        text = " ".join([f"title:{word}" for word in words])
        try:
            asked = self.understand(query.having(text=text))
        except QueryError:  # an operator among the words
            return "", 0
        return text, len(self._engine.search(SearchRequest(asked.node, limit=0)).tally)

    def wider(self, query: Query) -> Callable[[Node], Node] | None:
        """What makes of a node the same in all languages; None where that was asked already."""
        if self.is_across(query) or not _stemmed(query):
            return None
        from sinorus.query.across import TermsAsked
        from sinorus.query.rewrite import expand

        return lambda node: expand(node, None, TermsAsked(self._terms_at_hand))[0]

    @cached_property
    def names(self) -> Names:
        """The names of the program and of the library. Raises ConfigError for a broken file."""
        from sinorus.library.naming import load_names

        return load_names(self._tree, "index")

    @cached_property
    def _terms(self) -> Terms:
        from sinorus.library.terming import load_terms

        wanted = self._settings["dictionary"]
        return load_terms(self._tree, "index", dictionary=wanted, make=self._progress)

    @cached_property
    def _terms_at_hand(self) -> Terms:
        """The same, without a dictionary that would have to be read first."""
        from sinorus.library.terming import load_terms

        wanted = self._settings["dictionary"]
        return load_terms(self._tree, "index", dictionary=wanted)


def _unheard(_: Progress) -> None:
    return None


def _stemmed(query: Query) -> bool:
    return not (query.exact or query.case_sensitive)
