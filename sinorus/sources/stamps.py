"""What the index keeps beside the digest of a file: what others said of it when it was read.

In the digest of a fingerprint, behind its `DIGITS`, stand four parts with full stops between them,
without those at the end that are empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sinorus.model.folders import Defaults
    from sinorus.sources.bibliography.table import Table


class Stamp(NamedTuple):
    """Each part is empty where there is nothing of its kind.

    `folder` tells the defaults of the folder, `beside` the states of the files beside it that
    describe it, `entry` the entry of the bibliography; `identifiers` are those by which the
    document says that an entry is its own: of each `identity.SIZE` characters.
    """

    folder: str = ""
    beside: str = ""
    entry: str = ""
    identifiers: str = ""

    def written(self) -> str:
        """As it stands in a fingerprint."""
        return ".".join(self).rstrip(".")

    @classmethod
    def of(cls, text: str) -> Stamp:
        """The stamp that is written so; of what is no stamp one that is like none."""
        parts = text.split(".")
        return cls(*parts) if len(parts) <= 4 else cls("?")


def as_before(text: str, said: Defaults, path: str, table: Table | None) -> bool:
    """Whether others say of a file what they said when its stamp was `text`."""
    stamp = Stamp.of(text)
    if Stamp(stamp.folder, stamp.beside).written() != said.stamp:
        return False
    entry = table.belonging(said.claim, stamp.identifiers, path) if table is not None else ""
    return entry == stamp.entry
