"""What the codec makes of many texts at once: the hash of each, and the numbers of its chunks."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sinorus.engines.whoosh.indexer.inverter import Inverter
from sinorus.engines.whoosh.indexer.lookup import UNKNOWN, Lookup, Places
from sinorus.engines.whoosh.indexer.vocabulary import Vocabulary, text_hashes
from sinorus.text.chunks import GAP, normalised
from sinorus.text.tokens import paragraph_hash, tokenize

_PIECES = [
    "[2]",
    "x-y",
    "x-\ny",
    "x\xac\n",
    "U.S.",
    "u.s.s.r",
    "it's",
    "’",
    "“",
    "”",
    "1st",
    "a1",
    "Word",
]
_PIECES += [
    *"' .\n-–_^[]中国關がé½Ж\0\xad\u00a0\u2009\ud800\udfff\ufe00\u0301",
    "か\u3099",
    "ｶﾞ",
    ". ",
]
_PIECES += [letter * size for letter in "xyz" for size in (7, 8, 9, 16, 17, 32, 33, 70)]
_texts = st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)


@settings(max_examples=300)
@given(st.lists(st.lists(_texts, max_size=5), max_size=3))
@example([["", " ", "\0"], ["”", "no"]])
@example([["x¨y \u037a"]])
def test_the_hashes_of_many_texts_are_those_of_each(batches: list[list[str]]) -> None:
    inverter = Inverter(forms=True)
    for texts in batches:
        hashes = text_hashes(inverter.add(texts), inverter.vocabulary, texts)
        assert [f"{number:08x}" for number in hashes] == [
            paragraph_hash(text, tokenize(text)) for text in texts
        ]


@given(st.lists(st.lists(_texts, max_size=5), max_size=4))
def test_a_chunk_has_one_number_and_a_number_one_chunk(batches: list[list[str]]) -> None:
    vocabulary = Vocabulary()
    known: dict[bytes, int] = {GAP: 0}
    for texts in batches:
        content = normalised(texts)
        numbers = vocabulary.read(content).numbers.tolist()
        for chunk, number in zip(content.split(), numbers, strict=True):
            assert known.setdefault(chunk, number) == number
    assert sorted(known.values()) == list(range(len(known)))


def test_a_table_that_grows_finds_what_was_in_it() -> None:
    words = [b"%x" % (number * number) for number in range(1, 30_000)]
    content = b" ".join(words)
    ends = np.cumsum([len(word) + 1 for word in words]) - 1
    sizes = np.array([len(word) for word in words])
    places = Places(content, ends - sizes, sizes)
    table = Lookup(1)
    for start in range(0, len(words), 3_000):
        some = np.arange(start, min(start + 3_000, len(words)))
        assert (table.find(places.words(1, some)) == UNKNOWN).all()
        table.put(places.words(1, some), some.astype(np.int32))
    everything = places.words(1, slice(None))
    assert table.find(everything).tolist() == list(range(len(words)))
