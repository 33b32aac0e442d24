"""Stored records: byte strings in compressed blocks, each found by its number."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate

from sinorus.engines.whoosh.segment.file import SegmentFile, SegmentFileWriter

BLOCK = 1 << 14
"""Bytes of records that are compressed together, at least: what reading one of them costs."""
_LEVEL = 1
"""Of ISA-L, whose streams zlib reads: as small as zlib's own level 1, in a third of the time."""
MOST = 1 << 26
"""Bytes to which a block may be unpacked, 64 MiB: it has 16 KiB of records and one more at most,
whose text or front matter is far smaller. So a made-up block cannot take what memory there is."""
_KEPT = 64
"""Blocks that a reader keeps unpacked, if all together they are no longer than one may be."""


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
        self._held = 0

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
            content = self._unpacked(block)
            self._held += len(content)
            if len(self._kept) >= _KEPT or self._held > MOST:
                self._kept.clear()
                self._held = len(content)
            kept = self._kept[block] = (self._bounds(block, content), content)
        return kept

    def _unpacked(self, block: int) -> bytes:
        packed = self._packed.bytes(self._offsets[block], self._offsets[block + 1])
        stream = zlib.decompressobj()
        try:
            content = stream.decompress(packed, MOST + 1)
        except zlib.error as fault:
            self._file.damaged(f"a stored block cannot be unpacked: {fault}")
        if len(content) > MOST:
            self._file.damaged(f"a stored block has more than {MOST >> 20} MiB")
        if not stream.eof or stream.unused_data:
            self._file.damaged("a stored block is not one stream")
        return content

    def _bounds(self, block: int, content: bytes) -> list[int]:
        count = self._first[block + 1] - self._first[block]
        # No record is empty, and the last one of a block is the one that fills it.
        if not 0 < count <= BLOCK or len(content) < 4 * count:
            self._file.damaged("a stored block cannot have so many records")
        sizes: Sequence[int] = memoryview(content)[: 4 * count].cast("I")
        ends = list(accumulate(sizes, initial=4 * count))
        if ends[-1] != len(content):
            self._file.damaged("a stored block has records of another length")
        return ends

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
