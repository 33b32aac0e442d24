"""A draft as it lies in a file: its text, and what that is written in."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from sinorus.citation.drafts.draft import FORMATS, kind_of
from sinorus.citation.drafts.paragraphs import QUOTED
from sinorus.errors import SinorusError
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.formats.registry import Format, binary_format, install

if TYPE_CHECKING:
    from sinorus.sources.formats.blocks import Block

_OFFICE = frozenset({"docx", "odt", "rtf"})


def draft_text(place: Conversions, raw: bytes, name: str) -> tuple[str, str]:
    """The text of a draft and its kind, by the suffix of its name.

    What an office program wrote has a paragraph a line. Raises SinorusError for what cannot be
    read.
    """
    suffix = PurePath(name).suffix.lower()
    kind = binary_format(suffix, raw)
    if kind is not None and kind.module in _OFFICE:
        return "\n".join(map(_line, _blocks(place, kind, name, raw))), "paragraphs"
    if kind is not None and kind.module != "html":
        raise SinorusError(f"{name}: {kind.name} is nothing that drafts are written in")
    text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return text, kind_of(name)


def known_kind(name: str) -> str | None:
    """The kind of a draft by the suffix of its name; None for one that no kind has."""
    suffix = PurePath(name).suffix.lower()
    return kind_of(name) if any(suffix and suffix in known for known in FORMATS.values()) else None


def _line(block: Block) -> str:
    words = " ".join(block.text.split())
    return f"{QUOTED}{words}" if block.kind == "quote" else words


def _blocks(place: Conversions, kind: Format, name: str, raw: bytes) -> list[Block]:
    from sinorus.sources.conversion.converting import converter
    from sinorus.sources.conversion.limits import Request
    from sinorus.sources.conversion.stored import Unsound, loaded

    module = f"sinorus.sources.formats.{kind.module}"
    request = Request(module, PurePath(name).name, len(raw), place.limits, kind.needs)
    answer = converter().convert(request, raw)
    if answer.outcome == "content":
        try:
            return loaded(answer.payload).blocks
        except Unsound:
            pass
    if answer.outcome == "not installed":
        raise SinorusError(f"{name}: {install(kind)}")
    raise SinorusError(f"{name} cannot be read: it is broken or no {kind.name} file")
