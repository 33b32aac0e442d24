"""A query over groups of sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from sinorus.corpus.groups import Sum, by_size, ordered, sums
from sinorus.corpus.keywords import Keyness, promising
from sinorus.engines.port import Engine, GroupRequest, SearchRequest
from sinorus.library.grouping import known_grouping
from sinorus.library.ids import Ids
from sinorus.library.searching import ExtraFields, Understood, known_forms, scope, understand
from sinorus.library.silence import Wider, without_matches
from sinorus.model import (
    Comparison,
    Group,
    Grouping,
    Hit,
    IndexState,
    Keyword,
    Order,
    SilentGroup,
    UnaskedGroup,
)
from sinorus.model.value import value
from sinorus.query import nodes
from sinorus.query.evaluate import Highlighter
from sinorus.query.forms import any_form
from sinorus.query.nodes import assert_never
from sinorus.query.passages import Passage
from sinorus.query.tree import together, units
from sinorus.text.names import Names
from sinorus.text.stems import readings, stem

Key = str | None
_MANY = 100
"""Groups among which only the documents of those that are shown are looked up."""


@value(frozen=True)
class Asking:
    """What is wanted of a comparison beside its query.

    `by` makes the groups, `among`: only these documents. `order` None: by paragraphs that match,
    years as they come. The first `detailed` groups have the `best` paragraphs and keywords; None:
    all. Groups of fewer than `least_words` are left out.
    """

    by: Grouping = "document"
    among: tuple[str, ...] = ()
    best: int = 2
    order: Order | None = None
    least_words: int = 0
    detailed: int | None = None


class _Comparing:
    """One comparison in the making."""

    def __init__(self, engine: Engine, asked: Understood, asking: Asking) -> None:
        self.engine, self.asked, self.asking = engine, asked, asking
        self.by = known_grouping(asking.by, ExtraFields(engine))
        self.node = together(asked.node)
        self.among = self._scope()
        self.sums = self._sums(self.node)

    def _scope(self) -> frozenset[str] | None:
        """The documents that are counted; None: all. Raises UnknownIdError."""
        chosen: frozenset[str] | None = None
        if self.asking.among:
            ids = Ids(self.engine)
            chosen = frozenset(ids.holding(name).id for name in self.asking.among)
        if filters := self.asked.query.filters:
            inside = frozenset(document.id for document in scope(self.engine, filters))
            chosen = inside if chosen is None else chosen & inside
        return chosen

    def _sums(self, node: nodes.Node) -> dict[Key, Sum]:
        return sums(self.engine.tally(self._request(node)))

    def _request(self, node: nodes.Node, by: Grouping | None = None) -> GroupRequest:
        return GroupRequest(node, by or self.by, self.among)

    def large(self) -> list[Sum]:
        """The groups that have words enough."""
        least = self.asking.least_words
        return [group for group in self.sums.values() if group.words >= least]

    def speaking(self) -> list[Sum]:
        """Those that match, in order."""
        found = (group for group in self.large() if group.paragraphs)
        return ordered(found, self.by, self.asking.order)

    def groups(self, speaking: Sequence[Sum], names: Names) -> Iterator[Group]:
        """Their values, the first of them with keywords and best paragraphs."""
        detailed = speaking[: self.asking.detailed]
        best = self._best([group.key for group in detailed])
        keywords = self._keywords([group.key for group in detailed], names) if detailed else {}
        for number, group in enumerate(speaking):
            first, last = group.period
            shown = number < len(detailed)
            yield Group(
                key=group.key,
                matches=group.matches,
                paragraphs=group.paragraphs,
                documents=group.speaking,
                words=group.words,
                rate=group.rate,
                first=first,
                last=last,
                best=tuple(best.get(group.key, ())) if shown else (),
                keywords=keywords.get(group.key, ()) if shown else (),
            )

    def _best(self, keys: Sequence[Key]) -> Mapping[Key, Sequence[Hit]]:
        """The best paragraphs of some groups."""
        most, wanted = self.asking.best, set(keys)
        found: dict[Key, list[Hit]] = {key: [] for key in keys}
        if not most or not wanted:
            return found
        node, ids = self.node, self.among
        if len(self.sums) > _MANY > len(wanted):
            ids = self._documents_of(wanted)
        if ids is not None:
            node = nodes.And((node, nodes.DocumentIn(ids)))
        page = self.engine.search(SearchRequest(node, limit=None, cap=(most, self.by)))
        marks, known = Highlighter(self.asked.node), known_forms(self.engine, self.asked.node)
        for rank, hit in enumerate(page.hits, 1):
            groups = [key for key in hit.document.groups(self.by) if key in wanted]
            if any(len(found[key]) < most for key in groups):
                spans = marks(Passage(hit.document, hit.paragraph, known))
                shown = replace(hit, rank=rank, matches=spans)
                for key in groups:
                    found[key] += [shown] if len(found[key]) < most else []
        return found

    def _documents_of(self, keys: set[Key]) -> frozenset[str]:
        if self.by == "document":
            return frozenset(key for key in keys if key is not None)
        return frozenset(
            document.id
            for document in self.engine.documents(self.among)
            if not keys.isdisjoint(document.groups(self.by))
        )

    def _keywords(self, keys: Sequence[Key], names: Names) -> Mapping[Key, tuple[Keyword, ...]]:
        """What sets each group apart from the others, languages from their other paragraphs."""
        apart = self.by == "lang"
        speaking = {key: group.speaking for key, group in self.sums.items() if group.speaking}
        if len(speaking) < 2 and not apart:
            return {}
        request = self._request(self.node)
        own = self.engine.words(request)
        rest = self.engine.words(request, others=promising(own)) if apart else None
        excluded = frozenset(_stems(self.node))
        named = _named(names)
        return Keyness(own, rest, speaking).keywords(keys, excluded=excluded, names=named)

    def without(self, across: Wider | None, names: Names) -> tuple[list[Sum], list[UnaskedGroup]]:
        """The groups that are silent, and those that are not but have no match either."""
        mute = by_size(group for group in self.large() if not group.paragraphs)
        if not mute:
            return [], []

        def freely(_: nodes.Node) -> nodes.Node:
            given = self.asked.query.having(exact=False, case_sensitive=False)
            return any_form(understand(self.engine, names, given).node)

        return without_matches(
            mute, self.asked.node, self._sums, self.by_language.keys(), freely=freely, across=across
        )

    @cached_property
    def by_language(self) -> Mapping[Key, Sum]:
        """The sums of the languages."""
        if self.by == "lang":
            return self.sums
        return sums(self.engine.tally(self._request(self.node, "lang")))

    def languages(self) -> tuple[str, ...]:
        """The languages of the documents that match, the one of most paragraphs first."""
        found = (one for one in self.by_language.values() if one.paragraphs)
        there = ordered(found, "lang", "matches")
        return tuple(one.key for one in there if one.key)


def by_query(
    engine: Engine,
    asked: Understood,
    asking: Asking,
    index: IndexState,
    names: Names,
    across: Wider | None = None,
) -> Comparison:
    """What each group in scope says of a query.

    Keywords are shown as whole `names`. A group is not called silent if something is found there in
    other forms, by other names, or `across` languages. Raises UnknownIdError for
    an id that names nothing, UnknownKeyError for a key that no document has.
    """
    making = _Comparing(engine, asked, asking)
    groups = tuple(making.groups(making.speaking(), names))
    silent, unasked = making.without(across, names)
    small = by_size(one for one in making.sums.values() if one.words < asking.least_words)
    return Comparison(
        query=asked.query.text or "",
        parsed=asked.parsed,
        by=making.by,
        groups=groups,
        silent=tuple(SilentGroup(one.key, one.documents, one.words) for one in silent),
        index=index,
        names=asked.names,
        order=asking.order or "matches",
        unasked=tuple(unasked),
        small=tuple(SilentGroup(one.key, one.documents, one.words) for one in small),
        languages=making.languages(),
    )


def _named(names: Names) -> Callable[[str], str | None]:
    """Gives the name that a text of several words is, as the names write it."""
    from sinorus.text.tokens import tokenize

    def named(text: str) -> str | None:
        tokens = tokenize(text)
        written = [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
        found = names.find(tokens.stems, tokens.forms, written)
        if found is None:
            return None
        for form in names.forms(found[0]):  # "united state", as words are told, is United States
            if tokenize(form).stems == tokens.stems:
                return form
        return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))

    return named


def _stems(node: nodes.Node) -> Iterator[str]:
    """The words of a query itself, which set nothing apart."""
    for unit in units(node):
        match unit:
            case nodes.Term():
                word = stem(unit.text) if unit.exact else unit.text
                yield from (unit.text, word, *readings(word))
            case nodes.Phrase() | nodes.Synonyms():
                for part in unit.parts:
                    yield from _stems(part)
            case nodes.AnyExpanding() | nodes.Near():
                pass
            case _:
                assert_never(unit)
