"""What is made of a library's own files, kept beside its index so that it need not be made again.

It is only ever as good as its stamp, which says what it was made from, and costs no more than time
where it is not there or cannot be written.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from contextlib import closing

from sinorus.files import Tree, read_all


def read_compiled(
    tree: Tree, index: str, name: str, stamp: Sequence[object], most: int
) -> bytes | None:
    """What is kept under a name in the folder `index`, if it has that stamp and is whole."""
    try:
        content = read_all(tree.open_file(f"{index}/{name}"), name, most)
        head, _, body = content.partition(b"\n")
        if json.loads(head) == [*stamp, zlib.crc32(body)]:
            return body
    except (OSError, ValueError, RecursionError):
        pass
    return None


def keep_compiled(tree: Tree, index: str, name: str, stamp: Sequence[object], body: bytes) -> None:
    """Keeps it, if that folder is there and can be written."""
    head = json.dumps([*stamp, zlib.crc32(body)], separators=(",", ":"), ensure_ascii=False)
    try:
        with closing(tree.folder(index)) as folder:
            folder.write(name, head.encode() + b"\n" + body)
    except OSError:
        pass  # a folder that is not there or cannot be written costs only time
