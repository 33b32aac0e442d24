"""Files, folders and texts into a library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sinorus.errors import SinorusError
from sinorus.model import Added
from sinorus.sources.add import Incoming, add_source, incoming, named_by_its_text
from sinorus.sources.conversion.limits import Conversions


def adding(
    place: Conversions,
    folder: str,
    given: str | Path | bytes,
    *,
    name: str | None = None,
    as_markdown: bool = False,
) -> Iterator[Added | SinorusError]:
    """What becomes of a file, of each source in a folder, or of a text of bytes, one at a time.

    `name` is what to call it; a text without one is called by its first heading or line.
    """
    found: Iterator[Incoming | SinorusError]
    if isinstance(given, bytes):
        try:
            found = iter([Incoming(_bare(name or named_by_its_text(given)), given)])
        except SinorusError as fault:
            found = iter([fault])
    else:
        found = incoming(str(given))
    for one in found:
        if isinstance(one, SinorusError):
            yield one
            continue
        renamed = one._replace(path=_bare(name)) if name and "/" not in one.path else one
        try:
            yield add_source(place, folder, renamed, as_markdown=as_markdown)
        except SinorusError as fault:
            yield fault


def _bare(name: str) -> str:
    """The name of a file without folders."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    if not bare or bare.startswith("."):
        raise SinorusError(f"{name!r} is no name for a file", "write --name report.pdf")
    return bare
