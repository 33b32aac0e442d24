"""Writing a segment file, a section after the other, without going back but for the header."""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import Any
from zlib import crc32

from sinorus.engines.whoosh.segment.layout import FORMAT, HEADER, MAGIC, PAGE, ROW, aligned


class SegmentFileWriter:
    """A segment file in the making, by its path or descriptor.

    Left by an error, it stays without a header and is litter.
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
