"""The words of paragraphs, counted by groups: what engines share of it.

What is apparatus and not what a source says is left out: notes, headings, captions, tables, names
of speakers, code, and what stands before the first whole paragraph of a document (its place and
date, its subject, who took part).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sinorus.model import KINDS
from sinorus.model.counts import Neighbours, WordCounts
from sinorus.text.stems import readings
from sinorus.text.stopwords import GRAMMAR
from sinorus.text.words import SCRIPTS, script_number, words_of

COUNTED = frozenset(map(KINDS.index, ("text", "list", "quote")))
"""The kinds of paragraphs whose words are counted."""
OPENING = frozenset(map(KINDS.index, ("text", "quote")))
"""The kinds with which a document may begin to speak."""
WHOLE = 20
"""Words of the first paragraph that is more than a line above the text."""
DENSE = 1 << 24
"""Numbers of a table that is filled in and not sorted."""


def telling(kinds: Sequence[int], sizes: Sequence[int]) -> list[bool]:
    """Which paragraphs of a document count, by their kinds and their tokens."""
    opens = (n for n, kind in enumerate(kinds) if kind in OPENING and sizes[n] >= WHOLE)
    first = next(opens, 0)
    return [n >= first and kind in COUNTED for n, kind in enumerate(kinds)]


class Rows(NamedTuple):
    """A row for each word in each home, ascending by `codes`: word · homes + home."""

    codes: Any
    documents: Any
    paragraphs: Any


def counted_rows(words: Any, paragraphs: Any, homes: Any, documents: Any, number: int) -> Rows:
    """The rows of words in paragraphs, in the order of words and then of paragraphs.

    `homes` and `documents` have the home and the document of each paragraph; there are `number`
    homes.
    """
    import numpy as np

    if not len(words):
        return Rows(*(np.zeros(0, np.int64) for _ in range(3)))
    codes = words.astype(np.int64) * number + homes[paragraphs]
    own = documents[paragraphs]
    same_word = words[1:] == words[:-1]
    fresh = np.ones(len(words), bool)
    fresh[1:] = ~(same_word & (paragraphs[1:] == paragraphs[:-1]))
    fresh_document = np.ones(len(words), bool)
    fresh_document[1:] = ~(same_word & (own[1:] == own[:-1]))
    found, counts = totals(codes[fresh])
    _, of_documents = totals(codes[fresh_document])
    return Rows(found, of_documents, counts)


def totals(codes: Any, counts: Any = None) -> tuple[Any, Any]:
    """The distinct codes, ascending, and how many there are of each, or the sum of their counts."""
    import numpy as np

    if not len(codes):
        return codes, np.zeros(0, np.int64)
    low, high = int(codes.min()), int(codes.max())
    if high - low < min(DENSE, 64 * len(codes) + 1024):
        dense = np.bincount(codes - low, counts)
        found = np.flatnonzero(dense)
        return found + low, dense[found].astype(np.int64)
    if np.any(codes[1:] < codes[:-1]):
        order = np.argsort(codes, kind="stable")
        codes = codes[order]
        counts = None if counts is None else counts[order]
    begins = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]]))
    if counts is None:
        return codes[begins], np.diff(begins, append=len(codes))
    return codes[begins], np.add.reduceat(counts, begins)


class Passages(NamedTuple):
    """Paragraphs whose words are counted: the text, the home and the document of each."""

    texts: Sequence[str]
    homes: Sequence[int]
    documents: Sequence[int]


def passages_of(rows: Sequence[tuple[str, int, int]]) -> Passages:
    """Paragraphs from a text, a home and a document each."""
    return Passages(*([row[at] for row in rows] for at in range(3)))  # type: ignore[arg-type]


def skipped(key: str) -> bool:
    """Whether the word of a key is one of grammar, which is not counted."""
    return not GRAMMAR.isdisjoint(readings(key))


class TextWords:
    """The words of some paragraphs, read from their texts: for few of them."""

    def __init__(
        self,
        passages: Passages,
        homes: Sequence[tuple[str | None, ...]],
        only: Collection[str] | None,
    ) -> None:
        self.homes = homes
        self._only = only
        self.keys: list[str] = []
        self._numbers: dict[str, int] = {}
        self._places: list[list[tuple[int, int, int]]] = []
        self._passages = passages
        self._written: dict[int, str] = {}
        for text in passages.texts:
            self._places.append(list(self._read(text)))

    def _read(self, text: str) -> Iterator[tuple[int, int, int]]:
        from sinorus.text.tokens import tokenize

        tokens = tokenize(text)
        for at, width, key in words_of(text, tokens):
            if skipped(key) if self._only is None else key not in self._only:
                continue
            number = self._numbers.setdefault(key, len(self.keys))
            if number == len(self.keys):
                self.keys.append(key)
                self._written[number] = text[tokens.starts[at] : tokens.ends[at + width - 1]]
            yield at, width, number

    def rows(self) -> Rows:
        """The rows of all of them."""
        import numpy as np

        pairs = sorted(
            {(word, n) for n, places in enumerate(self._places) for _, _, word in places}
        )
        columns = np.asarray(pairs, np.int64).reshape(-1, 2)
        homes = np.asarray(self._passages.homes, np.int64)
        documents = np.asarray(self._passages.documents, np.int64)
        return counted_rows(columns[:, 0], columns[:, 1], homes, documents, len(self.homes))

    def sizes(self) -> Any:
        """As in `WordCounts`."""
        import numpy as np

        sizes = np.zeros((len(self.homes), len(SCRIPTS), 2), np.int64)
        if self._only is not None:
            return sizes_of_all(self._passages.homes, self._passages.documents, sizes)
        seen: set[tuple[int, int]] = set()
        scripts = list(map(script_number, self.keys))
        rows = zip(self._places, self._passages.homes, self._passages.documents, strict=True)
        for places, home, document in rows:
            for script in {scripts[word] for _, _, word in places}:
                sizes[home, script, 1] += 1
                if (document, script) not in seen:
                    seen.add((document, script))
                    sizes[home, script, 0] += 1
        return sizes

    def neighbours(self, words: Sequence[int]) -> Neighbours:
        """As in `WordCounts`."""
        wanted, found = set(words), Neighbours({}, {})
        for places in self._places:
            some = sorted(place for place in places if place[2] in wanted)
            for _, _, word in some:
                found.uses[word] = found.uses.get(word, 0) + 1
            starts: dict[int, int] = {}
            for at, _, word in some:
                starts.setdefault(at, word)
            for at, width, word in some:
                follows = starts.get(at + width)
                if follows is not None:
                    pair = word, follows
                    found.pairs[pair] = found.pairs.get(pair, 0) + 1
        return found

    def written(self, word: int) -> str:
        """How a word stands in the first text that has it."""
        return self._written[word]


def sizes_of_all(homes: Any, documents: Any, sizes: Any) -> Any:
    """The sizes with all paragraphs of each home, and their documents, in every script."""
    import numpy as np

    own = np.asarray(homes, np.int64)
    sizes[:, :, 1] += np.bincount(own, minlength=len(sizes))[:, None]
    _, first = np.unique(np.asarray(documents, np.int64), return_index=True)
    sizes[:, :, 0] += np.bincount(own[first], minlength=len(sizes))[:, None]
    return sizes


def word_counts(
    homes: Sequence[tuple[str | None, ...]],
    keys: Sequence[str],
    rows: Rows,
    sizes: Any,
    shown: Callable[[int], str],
    neighbours: Callable[[Sequence[int]], Neighbours],
) -> WordCounts:
    """What rows say, as a value."""
    number = max(len(homes), 1)
    return WordCounts(
        homes=homes,
        keys=keys,
        words=rows.codes // number,
        at=rows.codes % number,
        documents=rows.documents,
        paragraphs=rows.paragraphs,
        sizes=sizes,
        shown=shown,
        neighbours=neighbours,
    )


def counts_of_texts(
    passages: Passages,
    homes: Sequence[tuple[str | None, ...]],
    forms: Callable[[str], str | None] = lambda _: None,
    only: Collection[str] | None = None,
) -> WordCounts:
    """The word counts of some paragraphs; `forms` gives how a stem is most often written.

    `only`: of these words, as `Engine.words` says of others.
    """
    found = TextWords(passages, homes, only)

    def shown(word: int) -> str:
        return forms(found.keys[word]) or found.written(word)

    return word_counts(homes, found.keys, found.rows(), found.sizes(), shown, found.neighbours)


def home_numbers(
    groups: Iterable[tuple[str | None, ...]],
) -> tuple[list[int], list[tuple[str | None, ...]]]:
    """The number of the home of each of some documents, by their groups, and the homes."""
    numbers: dict[tuple[str | None, ...], int] = {}
    found = [numbers.setdefault(one, len(numbers)) for one in groups]
    return found, list(numbers)


def in_scope(among: object, name: str) -> bool:
    """Whether a document is counted."""
    return among is None or name in among  # type: ignore[operator]
