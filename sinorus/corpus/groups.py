"""Sources in groups: what each group says of a query, and which are silent on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sinorus.corpus.counting import Tally, WordCounts
from sinorus.corpus.gathering import Gathered
from sinorus.corpus.keywords import keywords
from sinorus.model import Document, Group, Grouping, Hit, SilentGroup
from sinorus.text.tokens import tokenize

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
