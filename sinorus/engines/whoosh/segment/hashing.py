"""The hashes of many texts at once: see `text.tokens.paragraph_hash`."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from sinorus.engines.whoosh.indexer.vocabulary import Read, Vocabulary
from sinorus.text.chunks import GAP
from sinorus.text.tokens import paragraph_hash, tokenize


def text_hashes(read: Read, vocabulary: Vocabulary, texts: Sequence[str]) -> array[int]:
    """The hash of each text as a number; `read` is what `Inverter.add` made of the texts."""
    if vocabulary.spaced:
        return array("I", [int(paragraph_hash(text, tokenize(text)), 16) for text in texts])
    digests = [
        blake2b(forms[1:-1] or _bare(text), digest_size=4).digest()
        for text, forms in zip(texts, _forms(read, vocabulary).split(GAP), strict=False)
    ]
    return array("I", np.frombuffer(b"".join(digests), ">u4").astype(np.uint32).tobytes())


def _bare(text: str) -> bytes:
    return text.strip().encode("utf-8", "surrogatepass")


def _forms(read: Read, vocabulary: Vocabulary) -> bytes:
    """The forms of all texts; most chunks are their own, the others are replaced."""
    content, written = read.content, vocabulary.written
    other = np.flatnonzero(np.frombuffer(vocabulary.plain, np.uint8)[read.numbers] == 0)
    starts = read.starts[other]
    parts: list[bytes] = []
    after, wordless = 0, False
    for number, start, end in zip(
        *(read.numbers[other].tolist(), starts.tolist(), (starts + read.sizes[other]).tolist()),
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
    return normal
