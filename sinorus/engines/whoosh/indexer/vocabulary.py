"""The words of a segment in the making: each chunk is tokenised once, each word has a number."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple

import numpy as np

from sinorus.engines.whoosh.indexer.lookup import UNKNOWN, WORD, Lookup, Places
from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.postings import join_key
from sinorus.text import han
from sinorus.text.chunks import GAP, read_chunk, without_signs
from sinorus.text.fold import capitals_together
from sinorus.text.joins import Join
from sinorus.text.tokens import paragraph_hash, tokenize

MOST_FORMS = 1 << 14
"""Forms that one stem may have in a segment: a few dozen are joined at most, each in 256 cases."""


_SIGN_NUMBERS = {"": 0, han.BEGIN: 1, han.INSIDE: 2}
_WIDEST = 4
"""Words of 8 bytes up to which chunks are looked up in arrays; longer ones are rare."""


class Chunks(NamedTuple):
    """The chunks of some texts: `content` has them between single spaces, the rest is for each."""

    content: bytes
    starts: Numbers
    sizes: Numbers
    numbers: Numbers


class Vocabulary:
    """Chunks and their numbers; one that is looked up for the first time is read and numbered.

    A chunk's words are `words[first[chunk] : first[chunk] + count[chunk]]`, numbers of distinct
    threes of form, stem and capitals. Word 0 is the gap after each text. A word has a stem, by
    number, and a slot, which tells the forms of one stem apart, and how each is written. A `plain`
    chunk in lower case is its own form, `written` has the forms of the others; `spaced` tells
    whether a form has a space in it, as hardly any has.

    Where `joined`, words that are written as several are words too, under their `join_key`. A chunk
    that has some is in `joins`, with the place of each among its words, and its number. Elsewhere
    nobody asks for capitals, and all are 0. `signs` has the sign of each chunk that is a Han
    character, as a number of `SIGNS` from 1.
    """

    def __init__(self, *, joined: bool = False) -> None:
        self.joined = joined
        self.first = array("I", [0])
        self.count = array("I", [1])
        self.words = array("I", [0])
        self.forms: list[bytes] = [b""]
        self.stem_of = array("I", [0])
        self.slot_of = array("H", [0])
        self.stems: list[bytes] = [b""]
        self.forms_of_stem = array("H", [1])
        self.plain = array("B", [1])
        self.written: dict[int, bytes] = {}
        self.spaced = False
        self.joins: dict[int, list[tuple[int, int]]] = {}
        self.joining = array("B", [0])
        self.capitals = array("B", [0])
        self.signs = array("B", [0])
        self.signed = False
        self._threes: dict[tuple[str, str, int], int] = {}
        self._stems: dict[str, int] = {}
        self._short = [Lookup(width) for width in range(1, _WIDEST + 1)]
        self._long: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self.first)

    def read(self, content: bytes) -> Chunks:
        """The numbers of the chunks in what `normalised` gave."""
        spaces = np.flatnonzero(np.frombuffer(content, np.uint8) == ord(" "))
        starts, sizes = spaces[:-1] + 1, np.diff(spaces) - 1
        places = Places(content, starts, sizes)
        widths = (sizes + (WORD - 1)) // WORD
        numbers = self._short[0].find(places.words(1, slice(None)))
        for width in range(2, _WIDEST + 1):
            chosen = np.flatnonzero(widths == width)
            numbers[chosen] = self._short[width - 1].find(places.words(width, chosen))
        numbers[widths > _WIDEST] = UNKNOWN
        unknown = np.flatnonzero(numbers == UNKNOWN)
        if len(unknown):
            numbers[unknown] = self._learn(content, places, widths, unknown)
        return Chunks(content, starts, sizes, numbers)

    def _learn(self, content: bytes, places: Places, widths: Numbers, which: Numbers) -> list[int]:
        """The numbers of chunks that are not in the arrays yet, or too long for them."""
        found: list[int] = []
        fresh: dict[bytes, int] = {}
        first: list[int] = []
        starts, ends = places.starts[which], places.starts[which] + places.sizes[which]
        for at, start, end in zip(which.tolist(), starts.tolist(), ends.tolist(), strict=True):
            chunk = content[start:end]
            known = self._long if end - start > WORD * _WIDEST else fresh
            number = known.get(chunk)
            if number is None:
                number = known[chunk] = self._number(chunk)
                first.append(at)
            found.append(number)
        new = np.array(first, np.intp)
        numbers = np.array(range(len(self) - len(new), len(self)), np.int32)
        for width, short in enumerate(self._short, 1):
            chosen = np.flatnonzero(widths[new] == width)
            if len(chosen):
                short.put(places.words(width, new[chosen]), numbers[chosen])
        return found

    def _number(self, chunk: bytes) -> int:
        number = len(self.first)
        pairs, joins, capitals, sign = read_chunk(chunk)
        if not self.joined:
            capitals = [0] * len(pairs)
        self.signs.append(_SIGN_NUMBERS[sign])
        self.signed |= bool(sign)
        self.first.append(len(self.words))
        self.count.append(len(pairs))
        if len(pairs) == 1:
            written = pairs[0][0].encode("utf-8", "surrogatepass")
        else:
            written = " ".join([form for form, _ in pairs]).encode("utf-8", "surrogatepass")
        plain = written == chunk[len(sign) :].lower()
        self.plain.append(plain)
        if not plain:
            self.written[number] = written
        for (form, stem), bits in zip(pairs, capitals, strict=True):
            three = form, stem, bits
            word = self._threes.get(three)
            self.words.append(self._add(three) if word is None else word)
        joining = self.joined and bool(joins)
        self.joining.append(joining)
        if joining:
            forms = [form for form, _ in pairs]
            self.joins[number] = [
                (join.at, self._join(join, zip(forms[join.at :], capitals[join.at :], strict=True)))
                for join in joins
            ]
        return number

    def _join(self, join: Join, parts: Iterable[tuple[str, int]]) -> int:
        bits = capitals_together(islice(parts, join.width))
        key = join_key(join.form, join.width)
        three = key, join_key(join.stem, join.width), bits
        word = self._threes.get(three)
        return self._add(three) if word is None else word

    def _add(self, three: tuple[str, str, int]) -> int:
        form, stem, bits = three
        number = self._stems.get(stem)
        if number is None:
            number = self._stems[stem] = len(self.stems)
            self.stems.append(stem.encode("utf-8", "surrogatepass"))
            self.forms_of_stem.append(0)
        slot = self.forms_of_stem[number]
        if slot == MOST_FORMS:
            raise OverflowError(f"the stem {stem!r} has more than {MOST_FORMS} forms")
        self.forms_of_stem[number] = slot + 1
        word = self._threes[three] = len(self.forms)
        self.capitals.append(bits)
        self.forms.append(form.encode("utf-8", "surrogatepass"))
        self.spaced |= " " in form
        self.stem_of.append(number)
        self.slot_of.append(slot)
        return word


def text_hashes(chunks: Chunks, vocabulary: Vocabulary, texts: Sequence[str]) -> array[int]:
    """The hash of each text as a number; `chunks` is what `Inverter.add` made of the texts."""
    if vocabulary.spaced:
        return array("I", [int(paragraph_hash(text, tokenize(text)), 16) for text in texts])
    digests = [
        blake2b(forms[1:-1] or _bare(text), digest_size=4).digest()
        for text, forms in zip(texts, _forms(chunks, vocabulary).split(GAP), strict=False)
    ]
    return array("I", np.frombuffer(b"".join(digests), ">u4").astype(np.uint32).tobytes())


def _bare(text: str) -> bytes:
    return text.strip().encode("utf-8", "surrogatepass")


def _forms(chunks: Chunks, vocabulary: Vocabulary) -> bytes:
    """The forms of all texts; most chunks are their own, the others are replaced."""
    content, written = chunks.content.lower(), vocabulary.written
    other = np.flatnonzero(np.frombuffer(vocabulary.plain, np.uint8)[chunks.numbers] == 0)
    starts = chunks.starts[other]
    parts: list[bytes] = []
    after, wordless = 0, False
    for number, start, end in zip(
        *(chunks.numbers[other].tolist(), starts.tolist(), (starts + chunks.sizes[other]).tolist()),
        strict=True,
    ):
        forms = written[number]
        wordless |= not forms
        parts += (content[after:start], forms)
        after = end
    parts.append(content[after:])
    normal = b"".join(parts)
    while wordless and b"  " in normal:
        normal = normal.replace(b"  ", b" ")
    return without_signs(normal) if vocabulary.signed else normal
