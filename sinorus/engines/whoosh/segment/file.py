"""The array file of a segment: sections of numbers and bytes, in pages that have checksums.

A file is a header, the sections, and a table that says where they are. All numbers are
little-endian, sections begin at multiples of 64 bytes. The header is written last, so that a file
whose writing was cut short has none. It is read through mmap, each page checked when it is first
read. docs/index-format.md has every byte of it.
"""

from __future__ import annotations

import mmap
import os
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import accumulate, pairwise
from pathlib import Path
from struct import Struct
from sys import byteorder
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn
from zlib import crc32

from sinorus.errors import IndexDamagedError, NoIndexError, SinorusError
from sinorus.files import open_regular
from sinorus.shortage import require_room_for_numpy

if TYPE_CHECKING:
    import numpy as np

MAGIC = b"SINORUS\x1a"
FORMAT = 3
"""The version of the layout; a segment with a greater one was made by a newer sinorus."""

PAGE = 1 << 14
"""Bytes of a section that share a checksum: what a look-up has to read at least."""
ALIGNMENT = 64

HEADER = Struct("<8sIIQQII")
"""Magic, format, number of sections, where the table is, size of the file, checksum of the table,
checksum of the header before it."""
ROW = Struct("<24s4sQQI")
"""A section in the table: name, type of its items, offset, bytes, checksum of its page sums.

Its page sums, a CRC-32 for each page of it, stand right behind it as `<I`.
"""


def aligned(offset: int) -> int:
    """The next offset at which a section may begin."""
    return -(-offset // ALIGNMENT) * ALIGNMENT


_SIZES = {"B": 1, "H": 2, "I": 4, "Q": 8, "q": 8}


class Section:
    """One section: a sequence of its items, and its bytes.

    Whatever comes out of it was checked. Raises IndexDamagedError where a checksum is wrong.
    """

    def __init__(
        self, file: SegmentFile, name: str, kind: str, place: tuple[int, int, int]
    ) -> None:
        self.name, self.kind = name, kind
        self._file = file
        self._offset, self.size, self._sum = place
        self._pages = -(-self.size // PAGE)
        if kind not in _SIZES or self.size % _SIZES[kind] or self.end > file.size:
            file.damaged(f"its section {name} cannot be where the table says")
        self._raw = file.view[self._offset : self._offset + self.size]
        self.raw_items: memoryview = self._raw.cast(kind)  # type: ignore[call-overload]
        self._shift = (PAGE // _SIZES[kind]).bit_length() - 1
        self._sums: memoryview | None = None
        self._seen = bytearray()
        self._unseen = self._pages
        self.whole = False
        """Whether all pages were read: then `raw_items` may be read without asking."""

    @property
    def end(self) -> int:
        """Where in the file the section and its page sums end."""
        return self._offset + self.size + 4 * self._pages

    def __len__(self) -> int:
        return len(self.raw_items)

    def __getitem__(self, at: int) -> int:
        page = at >> self._shift
        if not self.whole and (self._sums is None or not self._seen[page]):
            self._check(page, page + 1)
        return self.raw_items[at]

    def sequence(self) -> Sequence[int]:
        """The items for whoever reads many one by one: faster once all pages were read."""
        return self.raw_items if self.whole else self  # type: ignore[return-value]

    def holding(self, value: int) -> int:
        """Where the last item is that is not above `value`, in a section that ascends.

        So it finds the range that a number is in, by the beginnings of ranges; -1: before all.
        """
        at = bisect_right(self.raw_items, value)
        if not self.whole:  # whatever stood on the way: between these two the value belongs
            if at:
                self[at - 1]
            if at < len(self.raw_items):
                self[at]
        return at - 1

    def bytes(self, start: int, end: int) -> memoryview:
        """The bytes from `start` to `end` of the section."""
        if start < end and not self.whole:
            self._check(start // PAGE, -(-end // PAGE))
        return self._raw[start:end]

    def items(self, start: int = 0, end: int | None = None) -> memoryview:
        """The items from `start` to `end`, read where they lie."""
        end = len(self) if end is None else end
        width = _SIZES[self.kind]
        self.bytes(start * width, end * width)
        return self.raw_items[start:end]

    def numbers(self, start: int = 0, end: int | None = None) -> np.ndarray[Any, Any]:
        """The items from `start` to `end` as a numpy array over the file, not to be written to."""
        if "numpy" not in sys.modules:
            require_room_for_numpy()
        import numpy as np

        return np.asarray(self.items(start, end))

    def _check(self, first: int, last: int) -> None:
        if self._sums is None:
            sums = self._file.view[self._offset + self.size : self.end]
            if crc32(sums) != self._sum:
                self._file.damaged(f"the checksums of its section {self.name} are wrong")
            self._sums = sums.cast("I")
            self._seen = bytearray(self._pages)
        for page in range(first, last):
            if not self._seen[page]:
                if crc32(self._raw[page * PAGE : (page + 1) * PAGE]) != self._sums[page]:
                    self._file.damaged(f"page {page} of its section {self.name} has changed")
                self._seen[page] = 1
                self._unseen -= 1
        self.whole = not self._unseen


class SegmentFile:
    """A segment file, opened once; it can be read for as long as this value lives.

    `handle` is an open descriptor of it, which is closed. Opening reads the header and the table of
    sections. Raises IndexDamagedError for a file that is not a segment or was cut, SinorusError for
    one of a newer format, OSError for one that cannot be read.
    """

    def __init__(self, path: Path, handle: int | None = None) -> None:
        self.path = path
        if byteorder != "little":
            raise NoIndexError("the index format needs a little-endian processor", "")
        handle = open_regular(str(path), links=True) if handle is None else handle
        try:
            self.size = size = os.fstat(handle).st_size
            if size < HEADER.size:
                self.damaged(f"it has {size} bytes")
            self._map = mmap.mmap(handle, 0, access=mmap.ACCESS_READ)
        finally:
            os.close(handle)
        self.view = memoryview(self._map)
        self._table = self._read_table()
        self._sections: dict[str, Section] = {}

    def _read_table(self) -> dict[str, tuple[str, tuple[int, int, int]]]:
        magic, form, count, where, size, table_sum, own_sum = HEADER.unpack_from(self.view)
        if magic != MAGIC:
            self.damaged("it has no header")
        if crc32(self.view[: HEADER.size - 4]) != own_sum:
            self.damaged("its header has changed")
        if form > FORMAT:  # not NoIndexError, upon which a search would rebuild the index
            raise SinorusError(
                "the index was made by a newer version of sinorus",
                "update sinorus",
                "outdated index",
            )
        if size != self.size:
            self.damaged(f"it has {self.size} bytes instead of {size}")
        table = self.view[where : where + count * ROW.size]
        if crc32(table) != table_sum or len(table) != count * ROW.size:
            self.damaged("its table of sections has changed")
        found = {}
        for name, kind, offset, length, checksum in ROW.iter_unpack(table):
            place = (offset, length, checksum)
            found[_word(name)] = (_word(kind), place)
        self._table_at = where
        return found

    def __getitem__(self, name: str) -> Section:
        section = self._sections.get(name)
        if section is None:
            if name not in self._table:
                self.damaged(f"it has no section {name}")
            section = self._sections[name] = Section(self, name, *self._table[name])
        return section

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def must_be_whole(self) -> None:
        """Raises IndexDamagedError if the file was cut since: what is gone cannot be read."""
        if (size := self._map.size()) != self.size:
            self.damaged(f"it was cut to {size} bytes while it was read")

    def damaged(self, reason: str) -> NoReturn:
        """Raises the error that says so."""
        raise IndexDamagedError(f"the index is damaged: {self.path.name}: {reason}")

    def check(self) -> list[str]:
        """What is wrong with any byte of the file, a sentence each."""
        found = []
        parts = [(self._table_at, self.size)]
        for name, (_, (offset, _, _)) in self._table.items():
            try:
                self[name].bytes(0, self[name].size)
                parts.append((offset, self[name].end))
            except IndexDamagedError as fault:
                found.append(fault.message.removeprefix("the index is damaged: "))
        return found or self._check_gaps(sorted(parts))

    def _check_gaps(self, parts: list[tuple[int, int]]) -> list[str]:
        """Between the parts, which begin and end there, is nothing but zeros."""
        before = HEADER.size
        for start, end in parts:
            if start < before:
                return [f"{self.path.name}: its parts overlap at byte {start}"]
            if any(self.view[before:start]):
                return [f"{self.path.name}: there is something between its parts at byte {before}"]
            before = end
        return []


def _word(padded: bytes) -> str:
    return padded.rstrip(b"\0").decode("ascii", "replace")


def strings(blob: Section, ends: Section, at: int) -> bytes:
    """Item `at` of a list of byte strings; `ends` has one number more than there are strings."""
    if not ends.whole or not blob.whole:
        return bytes(blob.bytes(ends[at], ends[at + 1]))
    bounds = ends.raw_items
    return bytes(blob.raw_items[bounds[at] : bounds[at + 1]])


def all_strings(blob: Section, ends: Section) -> list[bytes]:
    """All byte strings of a list."""
    raw, bounds = bytes(blob.bytes(0, blob.size)), ends.items().tolist()
    if bounds != sorted(bounds):  # the same bytes again and again would make gigabytes of few
        raise ValueError(f"the ends of {blob.name} do not ascend")
    return [raw[a:b] for a, b in pairwise(bounds)]


def all_texts(blob: Section, ends: Section) -> list[str]:
    """All strings of a list, as texts."""
    raw = bytes(blob.bytes(0, blob.size))
    if not raw.isascii():
        return [item.decode("utf-8", "surrogatepass") for item in all_strings(blob, ends)]
    text, bounds = raw.decode(), ends.items().tolist()
    if bounds != sorted(bounds):
        raise ValueError(f"the ends of {blob.name} do not ascend")
    return [text[a:b] for a, b in pairwise(bounds)]


class SegmentFileWriter:
    """A segment file in the making, by its path or descriptor.

    Left by an error, it stays without a header: an orphaned file.
    """

    def __init__(self, file: Path | int) -> None:
        self._file = open(file, "wb", buffering=1 << 20)  # noqa: SIM115 - see __exit__
        self._file.write(bytes(aligned(HEADER.size)))
        self._at = aligned(HEADER.size)
        self._rows: list[bytes] = []
        self._name: tuple[str, str] | None = None
        self._start = 0
        self._sums: list[int] = []
        self._page_sum = 0
        self._page_size = 0

    def __enter__(self) -> SegmentFileWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            with suppress(OSError):  # the disk may be full, which is what the error says
                self._file.close()

    def begin(self, name: str, kind: str = "B") -> None:
        """Begins the section `name` with items of `kind`, a letter of the `array` module."""
        self.end()
        self._name, self._start, self._sums = (name, kind), self._at, []
        self._page_sum = self._page_size = 0

    def write(self, content: Any) -> int:
        """Goes on with the open section; where in it the content begins."""
        view = memoryview(content).cast("B") if len(content) else memoryview(b"")
        where = self._at - self._start
        self._file.write(view)
        self._at += len(view)
        while view:
            part = view[: PAGE - self._page_size]
            self._page_sum = crc32(part, self._page_sum)
            self._page_size += len(part)
            if self._page_size == PAGE:
                self._close_page()
            view = view[len(part) :]
        return where

    def _close_page(self) -> None:
        self._sums.append(self._page_sum)
        self._page_sum = self._page_size = 0

    def end(self) -> None:
        """Closes the open section, if there is one."""
        if self._name is None:
            return
        size = self._at - self._start
        if self._page_size:
            self._close_page()
        sums = b"".join(checksum.to_bytes(4, "little") for checksum in self._sums)
        name, kind = self._name
        self._rows.append(ROW.pack(name.encode(), kind.encode(), self._start, size, crc32(sums)))
        self._file.write(sums)
        self._pad(len(sums))
        self._name = None

    def _pad(self, written: int) -> None:
        self._at += written
        self._file.write(bytes(aligned(self._at) - self._at))
        self._at = aligned(self._at)

    def section(self, name: str, kind: str, content: Any) -> None:
        """A whole section at once: anything with the buffer protocol."""
        self.begin(name, kind)
        self.write(content)
        self.end()

    def strings(self, name: str, items: Sequence[bytes]) -> None:
        """Byte strings as two sections: `name`, and where each ends as `name.ends`."""
        self.section(name, "B", b"".join(items))
        self.section(f"{name}.ends", "I", array("I", accumulate(map(len, items), initial=0)))

    def _finish(self) -> None:
        self.end()
        table = b"".join(self._rows)
        where = self._at
        self._file.write(table)
        size = where + len(table)
        head = HEADER.pack(MAGIC, FORMAT, len(self._rows), where, size, crc32(table), 0)[:-4]
        self._file.seek(0)
        self._file.write(head + crc32(head).to_bytes(4, "little"))
        self._file.flush()
        os.fsync(self._file.fileno())
