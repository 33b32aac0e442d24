"""What is counted, words by stem and pairs of adjacent ideographs, in many paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import add

from sinorus.text.stems import BETWEEN
from sinorus.text.tokens import Tokens, is_ideograph


def ideograph_runs(tokens: Tokens) -> list[str]:
    """The runs of two and more ideographs with nothing between them, in the order of the text."""
    ideographs = {form for form in set(tokens.forms) if is_ideograph(form)}
    if not ideographs:
        return []
    runs: list[str] = []
    run: list[str] = []
    last = -1
    for start, end, form in zip(tokens.starts, tokens.ends, tokens.forms, strict=True):
        if form in ideographs:
            if start != last:
                runs.append("".join(run))
                run = []
            run.append(form)
            last = end
    runs.append("".join(run))
    return [run for run in runs if len(run) > 1]


def units(tokens: Tokens) -> set[str]:
    """The distinct units of one paragraph: stems of words, pairs of adjacent ideographs."""
    found = {stem for stem in tokens.stems if not is_ideograph(stem)}
    for run in ideograph_runs(tokens):
        found.update(map(add, run, run[1:]))
    return found


def script(unit: str) -> str:
    """What the unit is written in: `latin`, `cyrillic`, `ideographs`, `number` or `other`."""
    first = unit.lstrip(BETWEEN)[:1]
    if first.isdigit():
        return "number"
    if first < "\u0370":
        return "latin"
    if "\u0400" <= first <= "\u052f":
        return "cyrillic"
    return "ideographs" if is_ideograph(first) else "other"


class WordCounts(dict[str, int]):
    """Occurrences by unit: the stem of a word, or two adjacent ideographs.

    Chinese is written without spaces and a single character is too ambiguous to tell texts
    apart, so a run of ideographs counts as its overlapping pairs: 西伯利亚 → 西伯, 伯利, 利亚. An
    ideograph alone between other signs is not counted. `sizes` has the sum of all counts by
    script, also of those left out by `beyond`; `forms` has for each stem its most frequent form;
    `text` is the runs of ideographs, a line each, in which longer words are looked up.
    """

    def __init__(
        self,
        counts: Mapping[str, int] | None = None,
        *,
        sizes: Mapping[str, int] | None = None,
        forms: Mapping[str, str] | None = None,
        text: str = "",
    ) -> None:
        super().__init__(counts or {})
        if sizes is None:
            sizes = Counter()
            for unit, count in self.items():
                sizes[script(unit)] += count
        self.sizes = sizes
        self.forms = forms or {}
        self.text = text

    def beyond(self, part: WordCounts) -> WordCounts:
        """The counts of everything but `part`, which is among it; only for the words of `part`.

        Only those, so that many small parts of a large whole take time for themselves alone.
        """
        rest = {unit: self[unit] - count for unit, count in part.items()}
        sizes = {name: size - part.sizes.get(name, 0) for name, size in self.sizes.items()}
        return WordCounts(rest, sizes=sizes)


class Tally:
    """Counts that grow by paragraphs or by other tallies; `counts()` is what they came to."""

    def __init__(self) -> None:
        self._words: Counter[tuple[str, str]] = Counter()  # by stem and form
        self._pairs: Counter[str] = Counter()
        self._runs: list[str] = []

    def add(self, tokens: Tokens) -> None:
        """Count one paragraph."""
        self._words.update(zip(tokens.stems, tokens.forms, strict=True))
        runs = ideograph_runs(tokens)
        for run in runs:
            self._pairs.update(map(add, run, run[1:]))
        self._runs += runs

    def merge(self, other: Tally) -> None:
        """Count everything that another tally has counted."""
        self._words.update(other._words)
        self._pairs.update(other._pairs)
        self._runs += other._runs

    def counts(self) -> WordCounts:
        """The counts so far; of equally frequent forms of a stem, the first of the alphabet."""
        counts: dict[str, int] = dict(self._pairs)
        shown: dict[str, tuple[int, str]] = {}
        for (stem, form), count in self._words.items():
            if len(form) == 1 and is_ideograph(form):
                continue
            counts[stem] = counts.get(stem, 0) + count
            best = shown.get(stem)
            if best is None or (-count, form) < best:
                shown[stem] = (-count, form)
        forms = {stem: form for stem, (_, form) in shown.items()}
        return WordCounts(counts, forms=forms, text="\n".join(self._runs))


def count_words(paragraphs: Iterable[Tokens]) -> WordCounts:
    """The counts of the words of all `paragraphs`; see `WordCounts` for what a word is."""
    tally = Tally()
    for tokens in paragraphs:
        tally.add(tokens)
    return tally.counts()
