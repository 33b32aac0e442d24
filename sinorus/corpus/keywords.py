"""Keywords: the words that set what one group says apart from what the others say.

They are told by dispersion: by how many documents have a word, and not by how often it stands
there. A word that one document uses a hundred times is a matter of that document. This is text
dispersion keyness (Egbert & Biber 2019, "Incorporating text dispersion into keyword analyses").
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from math import log, log2
from typing import Any, Literal, NamedTuple

from sinorus.corpus.wholes import Wholes
from sinorus.model import Keyword
from sinorus.model.counts import WordCounts
from sinorus.text.stems import readings
from sinorus.text.stopwords import CHINESE, GRAMMAR
from sinorus.text.tokens import is_ideograph
from sinorus.text.words import JOIN, bare, script_number

Key = str | None
SIGNIFICANT = 15.13
"""The least log-likelihood: p < 0.0001 of the chi-square distribution with 1 degree of freedom.

So many words are tried at once that at p < 0.01 hundreds are found by chance: see
docs/decisions/0028-keywords.md."""
TELLING = 1.0
"""The least log ratio: at least twice as frequent. Significance alone only shows large counts."""
LEAST = 2
"""The documents of a group that have a keyword, or of a single document the paragraphs."""
CONSIDERED = 6
"""How many candidates there are for each keyword shown: names take up several of them."""
OWN_SCRIPT = 0.5
"""How much of a group must be written in a script, of what the commonest has, to be its own."""


def log_likelihood(count: int, others: int, size: int, others_size: int) -> float:
    """G², 0 and up: how unlikely it is that of two sets as many of each have a word.

    `count` of `size` units have it here and `others` of `others_size` there. With E₁ =
    size·(count+others)/(size+others_size) and E₂ likewise for the others, G² =
    2·(count·ln(count/E₁) + others·ln(others/E₂)), where 0·ln 0 = 0: Rayson & Garside 2000,
    "Comparing corpora using frequency profiling", after Dunning 1993. Sizes must be positive.
    """
    share = (count + others) / (size + others_size)
    mine = count * log(count / (size * share)) if count else 0.0
    theirs = others * log(others / (others_size * share)) if others else 0.0
    return max(0.0, 2 * (mine + theirs))


def log_ratio(count: int, others: int, size: int, others_size: int) -> float:
    """The binary logarithm of the ratio of relative frequencies: 1 is twice as often, −1 half.

    Hardie 2014, "Log Ratio: an informal introduction"; as there, a count of 0 is taken as 0.5.
    Sizes must be positive.
    """
    return log2(((count or 0.5) / size) / ((others or 0.5) / others_size))


def is_telling(key: str, excluded: Set[str]) -> bool:
    """Whether a word says something: no number, no single letter, no word of grammar or query.

    Of ideographs, those of `excluded` exclude the words that are made up of them alone.
    """
    word = bare(key)
    if len(word) < LEAST or script_number(key) > 2 or not any(map(str.isalpha, word)):
        return False
    if not key.startswith(JOIN) and not excluded.isdisjoint(readings(key)):
        return False
    if is_ideograph(word[0]):
        return not CHINESE.issuperset(word) and not excluded >= set(word)
    return word not in excluded and word not in GRAMMAR


def promising(own: WordCounts) -> list[str]:
    """The words that may be keywords, by what the paragraphs that match have of them alone.

    Those that stand in two paragraphs and say something: others need not be looked for elsewhere.
    """
    import numpy as np

    most = np.bincount(own.words, own.paragraphs, len(own.keys)) >= LEAST
    words = (own.keys[word] for word in np.flatnonzero(most).tolist())
    return [word for word in words if is_telling(word, _NONE)]


_NONE: Set[str] = frozenset()


class _Table(NamedTuple):
    """A row for each word in each group: numbers of both, and in how many units it stands."""

    words: Any
    groups: Any
    documents: Any
    paragraphs: Any


class Keyness:
    """What sets each group apart: `own` counts its hits, `rest` its other paragraphs.

    Without `rest` the others are what the other groups' hits have. `speaking` has how many
    documents of each group have hits: where it is one, its paragraphs are counted, and so they are
    against `rest`. A word is measured among what has words of its script: else all of Russian would
    be key among English sources.
    """

    def __init__(
        self, own: WordCounts, rest: WordCounts | None, speaking: Mapping[Key, int]
    ) -> None:
        import numpy as np

        self._own, self._speaking = own, speaking
        self.groups = list(dict.fromkeys(key for home in own.homes for key in home))
        self._numbers = {key: number for number, key in enumerate(self.groups)}
        self._rest = None if rest is None else _Rest(rest, self._numbers)
        self._table = _by_group(own, self._numbers)
        self._sizes = _sizes_by_group(own, self._numbers)
        self._scripts = np.asarray([script_number(key) for key in own.keys], np.int64)
        self._totals = [
            np.bincount(own.words, column, len(own.keys)).astype(np.int64)
            for column in (own.documents, own.paragraphs)
        ]

    def keywords(
        self,
        keys: Collection[Key],
        *,
        limit: int = 8,
        excluded: Set[str] = frozenset(),
        names: Callable[[str], str | None] = lambda _: None,
    ) -> dict[Key, tuple[Keyword, ...]]:
        """At most `limit` keywords of some groups, most certain (G²) first.

        A keyword stands in two documents of the group at least, is at least twice as frequent there
        (log ratio ≥ 1) and has G² ≥ 15.13; equals go by log ratio, then alphabetically. `names`
        gives the name that words are together, if they are one.
        """
        there = [key for key in self.groups if key in keys]
        found = {key: self._candidates(key, limit * CONSIDERED, excluded) for key in there}
        words = sorted({row.word for rows in found.values() for row in rows})
        if not words:
            return {}
        together = Wholes(self._own.neighbours(words), self._own.shown, names)
        told = {key: _shown(rows, together, limit) for key, rows in found.items()}
        return {key: some for key, some in told.items() if some}

    def _candidates(self, key: Key, most: int, excluded: Set[str]) -> list[_Row]:
        import numpy as np

        number, alone = self._numbers[key], self._speaking.get(key, 0) < LEAST
        measured = self._measured(number, by_paragraph=alone or self._rest is not None)
        if measured is None:
            return []
        words, counts, others, likelihood, ratio = measured
        kept = np.flatnonzero((likelihood >= SIGNIFICANT) & (ratio >= TELLING))
        order = kept[np.lexsort([-ratio[kept], -likelihood[kept]])]
        unit: Literal["document", "paragraph"] = (
            "paragraph" if alone or self._rest is not None else "document"
        )
        found: list[_Row] = []
        for at in order.tolist():
            word = int(words[at])
            if is_telling(self._own.keys[word], excluded):
                numbers = int(counts[at]), int(others[at])
                found.append(_Row(word, *numbers, float(likelihood[at]), float(ratio[at]), unit))
                if len(found) == most:
                    break
        return found

    def _measured(self, group: int, *, by_paragraph: bool) -> tuple[Any, ...] | None:
        """The words of a group with their counts here and there and both measures."""
        import numpy as np

        table, unit = self._table, int(by_paragraph)
        rows = np.flatnonzero(table.groups == group)
        if self._speaking.get(self.groups[group], 0) >= LEAST:
            rows = rows[table.documents[rows] >= LEAST]
        words = table.words[rows]
        scripts = self._scripts[words]
        sizes = self._sizes[group][:, unit]
        counts = (table.paragraphs if by_paragraph else table.documents)[rows]
        if self._rest is None:
            others = self._totals[unit][words] - counts
            other_sizes = self._own.sizes.sum(axis=0)[:, unit] - sizes
        else:
            others = self._rest.counts(group, [self._own.keys[word] for word in words.tolist()])
            other_sizes = self._rest.sizes[group][:, 1]
        fitting = (sizes[scripts] >= OWN_SCRIPT * max(sizes[:3].max(), 1)) & (scripts < 3)
        fitting &= (other_sizes[scripts] > 0) & (counts >= LEAST)
        if not fitting.any():
            return None
        words, counts, others, scripts = (c[fitting] for c in (words, counts, others, scripts))
        measures = _measures(counts, others, sizes[scripts], other_sizes[scripts])
        return words, counts, others, *measures


class _Rest:
    """In how many of the other paragraphs of each group words stand."""

    def __init__(self, rest: WordCounts, numbers: Mapping[Key, int]) -> None:
        self.sizes = _sizes_by_group(rest, numbers)
        self._table = _by_group(rest, numbers)
        self._there = dict(zip(rest.keys, range(len(rest.keys)), strict=True))

    def counts(self, group: int, keys: Sequence[str]) -> Any:
        """How many paragraphs of a group have each of some words."""
        import numpy as np

        rows = np.flatnonzero(self._table.groups == group)
        counts = np.zeros(len(self._there) + 1, np.int64)
        counts[self._table.words[rows]] = self._table.paragraphs[rows]
        return counts[[self._there.get(key, len(self._there)) for key in keys]]


class _Row(NamedTuple):
    """A candidate with its measures."""

    word: int
    here: int
    others: int
    likelihood: float
    ratio: float
    unit: Literal["document", "paragraph"]


def _by_group(counts: WordCounts, numbers: Mapping[Key, int]) -> _Table:
    """The rows of homes by group: those of a home of several groups belong to each."""
    import numpy as np

    sizes = np.asarray([len(home) for home in counts.homes], np.int64)
    if not len(sizes) or sizes.max(initial=1) == 1:
        groups = np.asarray([numbers.get(home[0], -1) for home in counts.homes], np.int64)
        at = groups[counts.at] if len(groups) else counts.at
        return _Table(counts.words, at, counts.documents, counts.paragraphs)
    flat = np.asarray([numbers.get(key, -1) for home in counts.homes for key in home], np.int64)
    first = np.cumsum(sizes) - sizes
    times = sizes[counts.at]
    row = np.repeat(np.arange(len(times)), times)
    step = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    groups = flat[first[counts.at][row] + step]
    codes, where = np.unique(counts.words[row] * (len(numbers) + 1) + groups, return_inverse=True)
    sums = [
        np.bincount(where, column[row]).astype(np.int64)
        for column in (counts.documents, counts.paragraphs)
    ]
    return _Table(codes // (len(numbers) + 1), codes % (len(numbers) + 1), *sums)


def _sizes_by_group(counts: WordCounts, numbers: Mapping[Key, int]) -> Any:
    import numpy as np

    sizes = np.zeros((len(numbers), *counts.sizes.shape[1:]), np.int64)
    for home, row in zip(counts.homes, counts.sizes, strict=True):
        for key in home:
            if key in numbers:
                sizes[numbers[key]] += row
    return sizes


def _measures(counts: Any, others: Any, sizes: Any, other_sizes: Any) -> tuple[Any, Any]:
    """`log_likelihood` and `log_ratio` of many words at once."""
    import numpy as np

    share = (counts + others) / (sizes + other_sizes)
    theirs = np.where(others > 0, others, 1) / (other_sizes * share)
    likelihood = 2 * (counts * np.log(counts / (sizes * share)) + others * np.log(theirs))
    ratio = np.log2((counts / sizes) / (np.where(others > 0, others, 0.5) / other_sizes))
    return np.maximum(likelihood, 0), ratio


def _shown(rows: Sequence[_Row], together: Wholes, limit: int) -> tuple[Keyword, ...]:
    """The keywords of some candidates: a part of a name as the name, and each word once."""
    found: list[Keyword] = []
    taken: set[int] = set()
    names: set[str] = set()
    for row in rows:
        if len(found) == limit:
            break
        whole = together.of(row.word)
        known = len(whole.words) > 1 and not taken.isdisjoint(whole.words)
        if known or row.word in taken or whole.shown in names:
            continue
        names.add(whole.shown)
        taken |= whole.covered
        taken.add(row.word)
        numbers = row.here, row.others, row.likelihood, row.ratio
        found.append(Keyword(whole.shown, *numbers, row.unit))
    return tuple(found)
