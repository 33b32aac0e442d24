"""Sources in groups: what each says of a query, and which are silent on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sinorus.corpus.counting import Tally, WordCounts
from sinorus.corpus.keywords import keywords
from sinorus.model import Date, Document, Group, Grouping, Hit, Keyword, SilentGroup
from sinorus.text.tokens import tokenize


@dataclass
class Gathered:
    """The sums over a group; `matching` are its documents with hits, by id."""

    documents: int = 0
    words: int = 0
    matches: int = 0
    paragraphs: int = 0
    matching: dict[str, Document] = field(default_factory=dict)
    best: list[Hit] = field(default_factory=list)

    def add(self, hit: Hit, best: int) -> None:
        # A paragraph found without a word to mark, by its fields, is one match.
        self.matches += len(hit.matches) or 1
        self.paragraphs += 1
        self.matching[hit.document.id] = hit.document
        if len(self.best) < best:
            self.best.append(hit)

    @property
    def rate(self) -> float:
        return 1000 * self.matches / self.words if self.words else 0.0

    def group(self, key: str | None, keywords: tuple[Keyword, ...]) -> Group:
        """All of it as a value."""
        first, last = self._dates()
        return Group(
            key=key,
            matches=self.matches,
            paragraphs=self.paragraphs,
            documents=len(self.matching),
            words=self.words,
            rate=self.rate,
            first=first,
            last=last,
            best=tuple(self.best),
            keywords=keywords,
        )

    def _dates(self) -> tuple[Date | None, Date | None]:
        """The first and the last date; partial ones by the first and last day they may mean."""
        dates = [document.date for document in self.matching.values() if document.date]
        if not dates:
            return None, None
        first = min(dates, key=lambda date: (date.first, date.text))
        return first, max(dates, key=lambda date: (date.last, date.text))


Key = str | None


def compare_groups(
    by: Grouping,
    documents: Iterable[Document],
    hits: Iterable[Hit],
    *,
    best: int,
    among: frozenset[str] | None,
    query_stems: frozenset[str],
) -> tuple[tuple[Group, ...], tuple[SilentGroup, ...]]:
    """The groups with hits, highest rate first, and those without, largest first; then by key.

    `documents` are all in the searched scope, `hits` all matching paragraphs in order of
    relevance; both are cut down to the document ids `among`, where given, and hits in other
    documents are left out. Rates are matches per 1,000 words of all the group's documents.
    Keywords compare a group's hit paragraphs with those that are not in the group. Each
    paragraph is tokenised once.
    """
    groups: dict[Key, Gathered] = defaultdict(Gathered)
    homes: dict[str, tuple[Key, ...]] = {}
    for document in documents:
        if among is None or document.id in among:
            homes[document.id] = document.groups(by)
            for key in homes[document.id]:
                groups[key].documents += 1
                groups[key].words += document.words
    # By all the groups a paragraph is in: so one with two authors is counted only once.
    tallies: dict[tuple[Key, ...], Tally] = defaultdict(Tally)
    for hit in hits:
        home = homes.get(hit.document.id)
        if home is not None:
            tallies[home].add(tokenize(hit.paragraph.text))
            for key in home:
                groups[key].add(hit, best)
    counts, everything = _counts(tallies)
    speaking = sorted(
        (key for key in groups if groups[key].paragraphs),
        # Years are read in their order, other groups by how much they say.
        key=lambda key: (0.0 if by == "year" else -groups[key].rate, *_order(key)),
    )
    silent = sorted(
        (key for key in groups if not groups[key].paragraphs),
        key=lambda key: (-groups[key].words, *_order(key)),
    )
    return (
        tuple(
            groups[key].group(
                key, keywords(counts[key], everything.beyond(counts[key]), exclude=query_stems)
            )
            for key in speaking
        ),
        tuple(SilentGroup(key, groups[key].documents, groups[key].words) for key in silent),
    )


def _order(key: Key) -> tuple[bool, str]:
    """Sorts the group of documents without a key last among equals."""
    return key is None, key or ""


def _counts(
    tallies: dict[tuple[Key, ...], Tally],
) -> tuple[dict[Key, WordCounts], WordCounts]:
    """The word counts of each group, and those of all hit paragraphs together."""
    members: dict[Key, list[Tally]] = defaultdict(list)
    whole = Tally()
    for home, tally in tallies.items():
        whole.merge(tally)
        for key in home:
            members[key].append(tally)
    counts = {}
    for key, parts in members.items():
        merged = parts[0]
        if len(parts) > 1:
            merged = Tally()
            for part in parts:
                merged.merge(part)
        counts[key] = merged.counts()
    return counts, whole.counts()
