"""Stored records: byte strings in compressed blocks, each found by its number."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate

from sinorus.engines.whoosh.codec.file_writer import SegmentFileWriter
from sinorus.engines.whoosh.codec.sections import SegmentFile

BLOCK = 1 << 14
"""Bytes of records that are compressed together, at least: what reading one of them costs."""
_LEVEL = 1
"""Of ISA-L, whose streams zlib reads: as small as zlib's own level 1, in a third of the time."""
_KEPT = 64
"""Blocks that a reader keeps unpacked."""


class StoredWriter:
    """Writes a section of blocks; `name.blocks` and `name.first` follow when it is closed."""

    def __init__(self, out: SegmentFileWriter, name: str) -> None:
        self._out, self._name = out, name
        self._records: list[bytes] = []
        self._size = 0
        self._offsets = array("Q")
        self._first = array("I", [0])
        out.begin(name)

    def extend(self, records: Sequence[bytes]) -> None:
        """Appends records."""
        size = self._size + sum(map(len, records))
        if size < BLOCK:
            self._records += records
            self._size = size
            return
        for record in records:
            self._records.append(record)
            self._size += len(record)
            if self._size >= BLOCK:
                self._flush()

    def _flush(self) -> None:
        from isal import isal_zlib  # for writers alone

        sizes = array("I", map(len, self._records))
        content = sizes.tobytes() + b"".join(self._records)
        self._records, self._size = [], 0
        self._put(len(sizes), isal_zlib.compress(content, _LEVEL))

    def add_block(self, records: int, packed: bytes) -> None:
        """Appends a block of another segment as it is."""
        if self._records:
            self._flush()
        self._put(records, packed)

    def _put(self, records: int, packed: bytes) -> None:
        self._offsets.append(self._out.write(packed))
        self._first.append(self._first[-1] + records)

    def close(self) -> None:
        """Writes what is left, and where each block and each block's first record is."""
        if self._records:
            self._flush()
        self._offsets.append(self._out.write(b""))
        self._out.section(f"{self._name}.blocks", "Q", self._offsets)
        self._out.section(f"{self._name}.first", "I", self._first)


class Stored:
    """The records of one section."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file = file
        self._packed = file[name]
        self._offsets, self._first = file[f"{name}.blocks"], file[f"{name}.first"]
        self._kept: dict[int, tuple[list[int], bytes]] = {}

    def __len__(self) -> int:
        return self._first[len(self._first) - 1]

    def __getitem__(self, number: int) -> bytes:
        block = self._first.holding(number)
        ends, content = self._block(block)
        at = number - self._first[block]
        return content[ends[at] : ends[at + 1]]

    def _block(self, block: int) -> tuple[list[int], bytes]:
        kept = self._kept.get(block)
        if kept is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            content = self._unpacked(block)
            kept = self._kept[block] = (self._bounds(block, content), content)
        return kept

    def _unpacked(self, block: int) -> bytes:
        packed = self._packed.bytes(self._offsets[block], self._offsets[block + 1])
        try:
            return zlib.decompress(packed)
        except zlib.error as fault:
            self._file.damaged(f"a stored block cannot be unpacked: {fault}")

    def _bounds(self, block: int, content: bytes) -> list[int]:
        count = self._first[block + 1] - self._first[block]
        sizes: Sequence[int] = memoryview(content)[: 4 * count].cast("I")
        return list(accumulate(sizes, initial=4 * count))

    def blocks(self) -> int:
        """How many blocks there are."""
        return len(self._offsets) - 1

    def packed(self, block: int) -> tuple[int, bytes]:
        """How many records a block has, and the block as it is stored."""
        start, end = self._offsets[block], self._offsets[block + 1]
        return self._first[block + 1] - self._first[block], bytes(self._packed.bytes(start, end))

    def records_before(self, block: int) -> int:
        """The number of the first record of a block."""
        return self._first[block]
