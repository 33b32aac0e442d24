"""The words of chosen paragraphs of a segment, from all its posting lists in one pass.

The lists are read in pieces, many at once: to read each by itself would take most of the time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from sinorus.engines.whoosh.search.homes import Scope
from sinorus.engines.whoosh.search.lookups import following, owners
from sinorus.engines.whoosh.segment.numbers import Numbers, ranges
from sinorus.engines.whoosh.segment.postings import JOIN, ROW, UNIT, encoded
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.engines.words import Rows, counted_rows, sizes_of_all, skipped
from sinorus.text.stems import BETWEEN
from sinorus.text.stopwords import GRAMMAR
from sinorus.text.tokens import is_ideograph, tokenize
from sinorus.text.words import SCRIPTS

PIECE = 1 << 18
"""Tokens that are read at once: so many stay in the cache of a processor."""
HAN = "\u2e80"
"""The first character that may be Han: their stems are the last of the dictionary."""
_IDEOGRAPHS = SCRIPTS.index("ideographs")


class Lists(NamedTuple):
    """The lists of some stems: their tokens one list after the other, and how many each has."""

    tokens: Numbers
    stems: Numbers
    sizes: Numbers


class AllLists:
    """The lists of the text of a segment by the numbers of their stems."""

    def __init__(self, segment: OpenSegment) -> None:
        text, size = segment.text, len(segment.text.stems)
        raw = segment.file["text.rows"].bytes(0, size * ROW.size)
        rows = np.frombuffer(raw, "<u4").reshape(size, -1)
        self.at, self.tokens, self.chunks = (rows[:, n].astype(np.int64) for n in (0, 1, 3))
        self._lists = segment.file["text.lists"]
        self._limit = text.starts[segment.paragraphs]

    def pieces(self, stems: Numbers) -> Iterator[Lists]:
        """The lists of these stems, which ascend, in pieces that no list goes across."""
        before = np.cumsum(self.tokens[stems]) - self.tokens[stems]
        piece = before // PIECE
        bounds = np.flatnonzero(np.concatenate([[True], piece[1:] != piece[:-1]]))
        for first, last in zip(bounds, [*bounds[1:], len(stems)], strict=True):
            if first < last:
                yield self.read(stems[first:last])

    def read(self, stems: Numbers) -> Lists:
        """The lists of these stems.

        Raises IndexError for lists that say of themselves what cannot be.
        """
        flat = self.chunks[stems] == 0
        tokens = np.empty(int(self.tokens[stems].sum()), np.uint32)
        sizes = self.tokens[stems]
        if flat.all() or not flat.any():
            tokens = self._flat(stems) if flat.all() else self._chunked(stems)
        else:
            here = np.repeat(flat, sizes)
            tokens[here] = self._flat(stems[flat])
            tokens[~here] = self._chunked(stems[~flat])
        if len(tokens) and int(tokens.max()) >= self._limit:
            raise IndexError("a list has tokens that there are not")
        return Lists(tokens, stems, sizes)

    def _flat(self, stems: Numbers) -> Numbers:
        numbers = self._lists.bytes(0, self._lists.size // UNIT * UNIT).cast("I")
        found: Numbers = np.asarray(numbers)[ranges(self.at[stems], self.tokens[stems])]
        return found

    def _chunked(self, stems: Numbers) -> Numbers:
        numbers = self._lists.bytes(0, self._lists.size & ~1).cast("H")
        halves = np.asarray(numbers)
        at, chunks, sizes = 2 * self.at[stems], self.chunks[stems], self.tokens[stems]
        heads = ranges(at, chunks)
        begins, lengths = halves[heads], halves[heads + np.repeat(chunks, chunks)]
        first = at + 2 * chunks
        lows = [numbers[a:b] for a, b in zip(first.tolist(), (first + sizes).tolist(), strict=True)]
        found = np.frombuffer(b"".join(lows), "<u2")
        spread = lengths.astype(np.int64) + 1
        if int(spread.sum()) != len(found):
            raise IndexError("the chunks of the lists are not as long as they are")
        return np.repeat(begins.astype(np.uint32) << 16, spread) | found


def _among(mask: Any, tokens: Numbers) -> Any:
    """Which tokens have their bit set: such a mask stays in the cache."""
    return ((mask[tokens >> 3] >> (tokens & 7).astype(np.uint8)) & 1).view(bool)


class Places(NamedTuple):
    """Where words stand, ascending: the first token, how many, and the number of the word."""

    tokens: Numbers
    widths: Numbers
    words: Numbers


class SegmentWords:
    """The words of some paragraphs of one segment, which belong to one of `width` homes each."""

    def __init__(
        self,
        scope: Scope,
        paragraphs: Numbers,
        width: int,
        only: Collection[str] | None = None,
    ) -> None:
        self.segment = segment = scope.segment
        self._chosen = paragraphs
        self._only = None if only is None else frozenset(map(encoded, only))
        self._width = width
        self._lists = AllLists(segment)
        self._terms = segment.text.stems
        starts = segment.text.starts.numbers()
        flags = np.zeros(segment.paragraphs, bool)
        flags[paragraphs] = True
        self._mask = np.packbits(np.repeat(flags, np.diff(starts)), bitorder="little")
        self._owners = owners(segment, "doc.first")
        self._homes = scope.homes[self._owners]
        joins = self._terms.joins()
        self._joins = np.arange(joins.start, joins.stop)
        self._having = np.zeros((len(SCRIPTS), segment.paragraphs), bool)

    @cached_property
    def _keys(self) -> list[bytes]:
        return self._terms.all()

    @cached_property
    def _join_widths(self) -> Numbers:
        return np.asarray([self._keys[stem][-1] for stem in self._joins], np.int64)

    @cached_property
    def _alone(self) -> Any:
        """Which tokens count that are no part of a word that is written as several, as bits."""
        mask = self._mask.copy()
        for tokens, stems in self._kept(self._joins, self._mask):
            widths = self._join_widths[stems - self._joins[0]]
            for step in range(int(widths.max(initial=0))):
                at = tokens[widths > step] + np.uint32(step)
                np.bitwise_and.at(mask, at >> 3, ~(1 << (at & 7)).astype(np.uint8))
        return mask

    def _kept(self, stems: Numbers, mask: Any) -> Iterator[tuple[Numbers, Numbers]]:
        """The tokens of these stems that a mask lets through, and the stem of each, in pieces."""
        for piece in self._lists.pieces(stems):
            places = np.flatnonzero(_among(mask, piece.tokens))
            if len(places):
                ends = np.searchsorted(places, np.cumsum(piece.sizes))
                yield piece.tokens.take(places), np.repeat(piece.stems, np.diff(ends, prepend=0))

    def rows(self) -> Iterator[tuple[Rows, Sequence[bytes]]]:
        """The rows of all words in several parts, each with the keys of its words by number."""
        for stems, mask in ((self._wanted_joins, self._mask), (self._plain, self._alone)):
            for tokens, words in self._kept(stems, mask):
                paragraphs = self._paragraphs_of(tokens)
                scripts = self._scripts[words]
                for script in np.flatnonzero(np.bincount(scripts)):
                    self._having[script, paragraphs[scripts == script]] = True
                yield self._counted(words, paragraphs), self._keys
        tokens, _, words = self._of_han
        if len(tokens):
            paragraphs = self._paragraphs_of(tokens)
            self._having[_IDEOGRAPHS, paragraphs] = True
            order = np.argsort(words, kind="stable")
            words, paragraphs = words[order], paragraphs[order]
            if self._only is not None:
                wanted = np.asarray([key in self._only for key in self._han_keys], bool)[words]
                words, paragraphs = words[wanted], paragraphs[wanted]
            yield self._counted(words, paragraphs), self._han_keys

    def _paragraphs_of(self, tokens: Numbers) -> Numbers:
        starts = self.segment.text.starts.numbers()
        return following(self.segment, starts, tokens).astype(np.int64) - 1

    def _counted(self, words: Numbers, paragraphs: Numbers) -> Rows:
        return counted_rows(words, paragraphs, self._homes, self._owners, self._width)

    def add_sizes(self, sizes: Numbers) -> None:
        """Adds how many documents and paragraphs of each home have words of each script.

        As `rows` came upon them; of some words only, all paragraphs in every script.
        """
        if self._only is not None:
            own = self._chosen
            sizes_of_all(self._homes[own], self._owners[own], sizes)
            return
        for script, having in enumerate(self._having):
            numbers = np.flatnonzero(having)
            homes, documents = self._homes[numbers], self._owners[numbers]
            first = np.ones(len(numbers), bool)
            first[1:] = documents[1:] != documents[:-1]
            sizes[:, script, 0] += np.bincount(homes[first], minlength=self._width)
            sizes[:, script, 1] += np.bincount(homes, minlength=self._width)

    @cached_property
    def _scripts(self) -> Numbers:
        """The script of each stem, as `text.words.script_number` says, by its first bytes."""
        blob = np.concatenate([np.frombuffer(b"".join(self._keys), np.uint8), [0, 0, 0]])
        at = np.cumsum([0, *map(len, self._keys)])[:-1]
        for _ in range(2):
            at = at + np.isin(blob[at], [ord("-"), ord("|")])
        lead, second = blob[at].astype(np.int64), blob[at + 1]
        code = lead << 8 | second
        latin, cyrillic = code < 0xCDB0, (code >= 0xD080) & (code <= 0xD4AF)
        number = (lead >= ord("0")) & (lead <= ord("9"))
        return np.select([number, latin, cyrillic], [3, 0, 1], 4)

    @cached_property
    def _plain(self) -> Numbers:
        """The stems that are one word of letters, without those of grammar."""
        if self._only is not None:
            return self._stems_of(self._only)
        plain = np.ones(len(self._terms), bool)
        plain[self._joins] = False
        keys = self._keys
        for word in map(encoded, GRAMMAR):
            at = bisect_left(keys, word)
            if at < len(keys) and keys[at] == word:
                plain[at] = False
        for at in self._terms.beginning(encoded(BETWEEN)):
            plain[at] = not skipped(keys[at].decode("utf-8", "surrogatepass"))
        plain[self._characters[0]] = False
        return np.flatnonzero(plain)

    def _stems_of(self, keys: Iterable[bytes]) -> Numbers:
        """The stems of some words that are one token of letters."""
        found = (self.number(key) for key in keys if not key.startswith(JOIN.encode()))
        return np.asarray(sorted(at for at in found if at is not None), np.int64)

    @property
    def _wanted_joins(self) -> Numbers:
        if self._only is None:
            return self._joins
        return self._joins[[self._keys[stem] in self._only for stem in self._joins]]

    @cached_property
    def _characters(self) -> tuple[Numbers, list[str]]:
        """The stems that are one character of Han, and the characters."""
        some = range(bisect_left(self._keys, encoded(HAN)), len(self._terms))
        texts = [self._keys[at].decode("utf-8", "surrogatepass") for at in some]
        pairs = [(n, one) for n, one in zip(some, texts, strict=True) if is_ideograph(one)]
        return np.asarray([n for n, _ in pairs], np.int64), [one for _, one in pairs]

    @cached_property
    def _of_han(self) -> Places:
        """The words of Han, by their numbers among `_han_keys`."""
        stems, texts = self._characters
        some = stems
        if self._only is not None:
            wanted = set("".join(key.decode("utf-8", "surrogatepass") for key in self._only))
            some = stems[[text in wanted for text in texts]]
        parts = list(self._kept(some, self._alone))
        tokens = np.concatenate([part for part, _ in parts]) if parts else np.zeros(0, np.uint32)
        own = np.concatenate([part for _, part in parts]) if parts else np.zeros(0, np.int64)
        order = np.argsort(tokens, kind="stable")
        positions = tokens[order].astype(np.int64)
        characters = (np.searchsorted(stems, own[order]) + 1).astype(np.uint64)
        goes_on = np.zeros(len(positions), bool)
        goes_on[1:] = positions[1:] == positions[:-1] + 1
        goes_on &= self.segment.inside.among(positions)
        begins = np.flatnonzero(~goes_on)
        widths = np.diff(begins, append=len(positions))
        whole = widths > 1
        if self._only is not None:  # characters that no word has are not there
            inside = self.segment.inside.among
            whole &= ~inside(positions[begins]) & ~inside(positions[begins] + widths)
        begins, widths = begins[whole], widths[whole]
        codes = np.zeros(len(begins), np.uint64)
        for step in range(int(widths.max(initial=0))):
            longer = np.flatnonzero(widths > step)
            codes[longer] *= np.uint64(len(stems) + 1)
            codes[longer] += characters[begins[longer] + step]
        _, first, words = np.unique(codes, return_index=True, return_inverse=True)
        self._han_rows = [
            characters[begins[at] : begins[at] + widths[at]].astype(np.int64) for at in first
        ]
        return Places(positions[begins], widths, words)

    @cached_property
    def _han_keys(self) -> list[bytes]:
        assert self._of_han is not None
        texts = self._characters[1]
        return [encoded("".join(texts[one - 1] for one in row)) for row in self._han_rows]

    @cached_property
    def _han_numbers(self) -> dict[bytes, int]:
        return {key: number for number, key in enumerate(self._han_keys)}

    def number(self, key: bytes) -> int | None:
        """The number of a stem; None if the segment has no such."""
        return self._terms.find(key)

    def first_written(self, key: bytes) -> str | None:
        """How a word that is several tokens stands in the first place; None if in none."""
        number = self.number(key)
        if number is None:
            return None
        for tokens, _ in self._kept(np.asarray([number]), self._mask):
            paragraph = int(self._paragraphs_of(tokens[:1])[0])
            text = self.segment.paragraph(paragraph).text
            at = int(tokens[0]) - self.segment.text.starts[paragraph]
            read = tokenize(text)
            return text[read.starts[at] : read.ends[at + key[-1] - 1]]
        return None

    def places(self, names: Mapping[int, bytes]) -> Places:
        """Where words stand in what was counted, by the numbers that `names` has for their keys."""
        parts: list[Places] = []
        stems = {at: word for word, key in names.items() if (at := self.number(key)) is not None}
        own = np.asarray(sorted(stems), np.int64)
        joined = np.isin(own, self._joins)
        for some, mask in ((own[joined], self._mask), (own[~joined], self._alone)):
            for tokens, found in self._kept(some, mask):
                words = np.asarray([stems[at] for at in some.tolist()], np.int64)
                widths = np.ones(len(found), np.int64)
                if mask is self._mask:
                    widths = self._join_widths[found - self._joins[0]]
                numbers = words[np.searchsorted(some, found)]
                parts.append(Places(tokens.astype(np.int64), widths, numbers))
        known = ((word, self._han_numbers.get(key)) for word, key in names.items())
        han = {number: word for word, number in known if number is not None}
        if han:
            table = np.full(len(self._han_keys), -1, np.int64)
            table[[*han]] = [*han.values()]
            words = table[self._of_han.words]
            there = words >= 0
            tokens, widths, _ = self._of_han
            parts.append(Places(tokens[there], widths[there], words[there]))
        if not parts:
            return Places(*(np.zeros(0, np.int64) for _ in range(3)))
        columns = [np.concatenate(one) for one in zip(*parts, strict=True)]
        order = np.lexsort([columns[1], columns[0]])
        return Places(*(column[order] for column in columns))
