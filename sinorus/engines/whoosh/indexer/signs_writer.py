"""The signs of Han characters to bitmaps: of new texts, and of segments that are merged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from sinorus.engines.whoosh.segment.file import SegmentFileWriter
from sinorus.engines.whoosh.segment.numbers import Numbers
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.engines.whoosh.segment.signs import SIGNS

_OCTETS = 1 << 19
"""Bytes of a bitmap that are unfolded at once."""


class SignTable:
    """The signs of the tokens of a segment in the making: numbers of `SIGNS`, from 1, by token."""

    def __init__(self) -> None:
        self._parts: list[tuple[int, Numbers]] = []

    def add(self, first: int, signs: Numbers) -> None:
        """Adds those of the tokens from `first` on, as `uint8`."""
        if signs.any():
            self._parts.append((first, signs))

    def write(self, out: SegmentFileWriter, tokens: int) -> None:
        """Writes them, for so many tokens in all."""
        for number, name in enumerate(SIGNS, 1):
            bitmap = np.zeros(-(-tokens // 8), np.uint8)
            for first, signs in self._parts:
                _set(bitmap, np.flatnonzero(signs == number) + first)
            _write(out, name, bitmap)


def merge_signs(
    out: SegmentFileWriter,
    sources: Sequence[tuple[OpenSegment, Callable[[Numbers], Numbers]]],
    tokens: int,
) -> None:
    """Writes the signs of segments; each comes with what gives the new numbers of its tokens."""
    for name in SIGNS:
        bitmap = np.zeros(-(-tokens // 8), np.uint8)
        for segment, moved in sources:
            for there in _unfolded(segment.file[f"text.{name}"].numbers()):
                _set(bitmap, moved(there))
        _write(out, name, bitmap)


def _unfolded(bitmap: Numbers) -> Iterator[Numbers]:
    for at in range(0, len(bitmap), _OCTETS):
        bits = np.unpackbits(bitmap[at : at + _OCTETS], bitorder="little")
        yield (np.flatnonzero(bits) + 8 * at).astype(np.uint32)


def _set(bitmap: Numbers, tokens: Numbers) -> None:
    """Sets the bits of tokens, which ascend."""
    if not len(tokens):
        return
    first = int(tokens[0]) >> 3
    flags = np.zeros(int(tokens[-1]) - 8 * first + 1, bool)
    flags[tokens - 8 * first] = True
    octets = np.packbits(flags, bitorder="little")
    bitmap[first : first + len(octets)] |= octets


def _write(out: SegmentFileWriter, name: str, bitmap: Numbers) -> None:
    out.section(f"text.{name}", "B", bitmap if bitmap.any() else b"")
