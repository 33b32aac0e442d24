"""Posting lists: where each term stands, as token numbers of the segment.

The list of a term is written in one of two ways, whichever is shorter: *flat*, four bytes a
token; or *chunked*, two bytes a token and four for each chunk of 65,536 token numbers that the
term occurs in. Behind it stands, for a stem of several forms, which of them each token is. One
number so says what a paragraph number, a frequency and a position would.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from struct import Struct
from typing import TYPE_CHECKING, Any, NamedTuple

from sinorus.engines.whoosh.segment.file import SegmentFile, all_strings, strings
from sinorus.text.stems import BETWEEN, is_russian, readings

if TYPE_CHECKING:
    import numpy as np

_REMEMBERED = 10_000
"""Stems whose rows a reader keeps."""
JOIN = "-"
"""Before the form and the stem of a word that is written as several tokens, such as `off-shore`: no
ordinary word begins so. It stands where the first of them does, and ends with the character whose
number is how many they are: see `join_key`."""
_WIDEST_JOIN = 0x20
_SLOT = 0xFFFF
UNIT = 4
"""Lists begin at multiples of this many bytes; a row holds the place in such units."""
ROW = Struct("<IIIII")
"""Of a term: place, tokens, texts that have it, chunks (0: flat), forms."""
FORM_ROW = Struct("<III")
"""Of a form: its stem, the first of its `text.form.cases`, tokens."""
SLOT_BITS = 16
"""Bits of a number in `text.form.cases` below the capitals: those of the slot."""


def join_key(text: str, width: int) -> str:
    """The form or stem in the dictionary of a word that is written as so many tokens."""
    return f"{JOIN}{text}{chr(width)}"


def encoded(text: str) -> bytes:
    """A term as the dictionary has it."""
    return text.encode("utf-8", "surrogatepass")


class DictionaryEntry(NamedTuple):
    """What the dictionary says of a term: `at` in units; `tokens` in so many texts."""

    at: int
    tokens: int
    document_frequency: int
    chunks: int
    forms: int


class Terms:
    """A sorted dictionary of byte strings: a sequence of them, to be bisected."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._blob, self._ends = file[name], file[f"{name}.ends"]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, at: int) -> bytes:
        return strings(self._blob, self._ends, at)

    def find(self, term: bytes) -> int | None:
        """The number of a term; None if there is no such term."""
        equal = self.equal(term)
        return equal.start if equal else None

    def equal(self, term: bytes) -> range:
        """The numbers under which a term stands: forms stand there once for each stem."""
        start = end = bisect_left(self, term)
        while end < len(self) and self[end] == term:
            end += 1
        return range(start, end)

    def beginning(self, prefix: bytes) -> range:
        """The numbers of the terms that begin with `prefix`."""
        if not prefix:
            return range(len(self))
        return range(bisect_left(self, prefix), bisect_left(self, prefix + b"\xff"))

    def containing(self, prefix: str, text: str) -> list[int]:
        """The numbers of the terms that begin with `prefix` and have `text` in them.

        Neither does a term that has not begun end with what `text` begins with.
        """
        some = self.beginning(encoded(prefix))
        if not some:
            return []
        begin, end = (self._ends[at] for at in (some.start, some.stop))
        raw, wanted = bytes(self._blob.bytes(begin, end)), encoded(text)
        found, at = [], raw.find(wanted)
        while at >= 0:
            found.append(bisect_right(self._ends, begin + at, some.start, some.stop) - 1)
            at = raw.find(wanted, at + 1)
        return found

    def joins(self) -> range:
        """The numbers of the words that are written as several; they stand side by side."""
        return self.beginning(JOIN.encode())

    def joined(self, term: bytes) -> Iterator[tuple[int, int]]:
        """Where `term` is written as several tokens: as how many, and the number here."""
        key = JOIN.encode() + term
        at = bisect_left(self, key)
        while at < len(self) and (found := self[at]).startswith(key):
            if len(found) > len(key) and found[len(key)] >= _WIDEST_JOIN:
                return
            if len(found) == len(key) + 1:
                yield found[-1], at
            at += 1

    def some(self, among: range) -> list[bytes]:
        """The terms of these numbers."""
        if not among:
            return []
        bounds = list(self._ends.items(among.start, among.stop + 1))
        raw = bytes(self._blob.bytes(bounds[0], bounds[-1]))
        return [raw[a - bounds[0] : b - bounds[0]] for a, b in pairwise(bounds)]

    def all(self) -> list[bytes]:
        """All terms, sorted."""
        return all_strings(self._blob, self._ends)


class Postings:
    """The terms of one field of a segment and their lists; `name` begins its sections' names.

    The texts of the field (paragraphs, headings, values) begin at the token numbers `starts`.
    """

    def __init__(self, file: SegmentFile, name: str) -> None:
        self.stems = Terms(file, f"{name}.stems")
        self.starts = file[f"{name}.starts"]
        self._rows = file[f"{name}.rows"]
        self._lists = file[f"{name}.lists"]
        self._having: dict[str, Sequence[DictionaryEntry]] = {}
        self._joined: dict[str, dict[int, list[DictionaryEntry]]] = {}

    def entry(self, stem: int) -> DictionaryEntry:
        """The dictionary's row of a stem."""
        return DictionaryEntry(
            *ROW.unpack(self._rows.bytes(stem * ROW.size, (stem + 1) * ROW.size))
        )

    def having(self, stem: str) -> Sequence[DictionaryEntry]:
        """The rows of all stems that have a reading in common with this one; no token is in two."""
        found = self._having.get(stem)
        if found is None:
            if len(self._having) >= _REMEMBERED:
                self._having.clear()
            found = self._having[stem] = [*map(self.entry, self.numbers(stem))]
        return found

    def numbers(self, stem: str) -> list[int]:
        """The numbers of these stems."""
        found = {self.stems.find(encoded(reading)) for reading in readings(stem)}
        if is_russian(stem):
            for reading in readings(stem):
                found.update(self.stems.containing(BETWEEN, BETWEEN + reading + BETWEEN))
        return sorted(number for number in found if number is not None)

    def joined(self, stem: str) -> dict[int, list[DictionaryEntry]]:
        """The rows of these stems where they are written as several tokens, by their number."""
        found = self._joined.get(stem)
        if found is None:
            if len(self._joined) >= _REMEMBERED:
                self._joined.clear()
            found = self._joined[stem] = {}
            for width, at in self.joined_numbers(stem):
                found.setdefault(width, []).append(self.entry(at))
        return found

    def joined_numbers(self, stem: str) -> list[tuple[int, int]]:
        """Of these stems where they are written as several tokens: how many, and their number."""
        places: set[tuple[int, int]] = set()
        for reading in readings(stem):
            places.update(self.stems.joined(encoded(reading)))
            if is_russian(stem):
                some = self.stems.containing(JOIN + BETWEEN, BETWEEN + reading + BETWEEN)
                places.update((self.stems[at][-1], at) for at in some)
        return sorted(places)

    def tokens(self, entry: DictionaryEntry) -> array[int]:
        """The token numbers of a term, ascending."""
        found = array("I")
        start = entry.at * UNIT
        if not entry.chunks:
            found.frombytes(self._lists.bytes(start, start + 4 * entry.tokens))
            return found
        head = self._lists.bytes(start, start + _head(entry)).cast("H")
        low = start + _head(entry)
        lows = self._lists.bytes(low, low + 2 * entry.tokens).cast("H").tolist()
        at = 0
        for chunk in range(entry.chunks):
            size = head[entry.chunks + chunk] + 1
            base = head[chunk] << 16
            found.extend([base | number for number in lows[at : at + size]])
            at += size
        return found

    def token_numbers(self, entry: DictionaryEntry) -> np.ndarray[Any, Any]:
        """The same as a numpy array of `uint32`; only to be read.

        Raises ValueError for chunks that say of themselves what the list has not.
        """
        import numpy as np

        start = entry.at * UNIT
        if not entry.chunks:
            return np.frombuffer(self._lists.bytes(start, start + 4 * entry.tokens), np.uint32)
        head = np.frombuffer(self._lists.bytes(start, start + _head(entry)), np.uint16)
        low = start + _head(entry)
        lows = np.frombuffer(self._lists.bytes(low, low + 2 * entry.tokens), np.uint16)
        chunks, sizes = head[: entry.chunks], head[entry.chunks :].astype(np.intp) + 1
        if sizes.sum() != len(lows):  # or a short list would unfold to any length
            raise ValueError("the chunks of a list are not as long as it is")
        return np.repeat(chunks.astype(np.uint32) << 16, sizes) | lows

    def slots(self, entry: DictionaryEntry) -> memoryview:
        """Which form of the stem each token is, for a stem of several forms."""
        start = entry.at * UNIT + list_size(entry.tokens, entry.chunks)
        bits = slot_bits(entry.forms)
        raw = self._lists.bytes(start, start + -(-bits * entry.tokens // 8))
        if bits >= 8:
            return raw if bits == 8 else raw.cast("H")
        packed, each = bytes(raw), 8 // bits
        found = bytearray(each * len(packed))
        for place, table in enumerate(_unpacking(bits)):
            found[place::each] = packed.translate(table)
        return memoryview(found)[: entry.tokens]


class Forms:
    """The forms of the text, sorted; a form may stand there with several stems."""

    def __init__(self, file: SegmentFile) -> None:
        self.terms = Terms(file, "text.forms")
        self._rows = file["text.form.rows"]
        self._cases = file["text.form.cases"]

    def rows(self, among: range) -> memoryview:
        """The rows of some forms one after the other, as `FORM_ROW` packs them."""
        return self._rows.bytes(among.start * FORM_ROW.size, among.stop * FORM_ROW.size)

    def row(self, at: int) -> tuple[int, int, int]:
        """The stem of form `at`, the first of its cases, and its tokens."""
        start = at * FORM_ROW.size
        return FORM_ROW.unpack(self._rows.bytes(start, start + FORM_ROW.size))

    def cases(self, at: int) -> list[tuple[int, int]]:
        """The slots of form `at` among those of its stem, each with its `fold.capitals`."""
        first = self.row(at)[1]
        last = self.row(at + 1)[1] if at + 1 < len(self.terms) else len(self._cases)
        return [(one & _SLOT, one >> SLOT_BITS) for one in self._cases.items(first, last)]


def _head(entry: DictionaryEntry) -> int:
    return 4 * entry.chunks


def list_size(count: int, chunks: int) -> int:
    """The bytes of a list before its slots."""
    return 4 * chunks + 2 * count if chunks else 4 * count


def slot_bits(forms: int) -> int:
    """The bits of a slot; 0 where a stem has one form."""
    if forms == 1:
        return 0
    bits = (forms - 1).bit_length()
    return next(size for size in (1, 2, 4, 8, 16) if size >= bits)


@cache
def _unpacking(bits: int) -> list[bytes]:
    """For each place of a slot in a byte, the slot that each byte has there."""
    mask = (1 << bits) - 1
    return [bytes([byte >> shift & mask for byte in range(256)]) for shift in range(0, 8, bits)]
