"""The frame of a segment file: sections of numbers and bytes, in pages that have checksums.

A file is a header, the sections, and a table that says where they are. All numbers are
little-endian, sections begin at multiples of 64 bytes. The header is written last, so that a file
whose writing was cut short has none.
"""

from __future__ import annotations

from struct import Struct

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
