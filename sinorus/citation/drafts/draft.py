"""What is read of a draft: blocks of prose, and what is cited where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple

from sinorus.citation.drafts.traced import CLOSE, OPEN, Traced
from sinorus.citation.reference import Reference, references_in


class Block(NamedTuple):
    """A paragraph of prose; `quoted`: the draft sets it off as a quotation.

    Paragraphs of one quotation have the same number there, which is not 0.
    """

    prose: Traced
    quoted: int = 0


class Cited(NamedTuple):
    """What is cited at an offset of the draft: a paragraph that is named, or a citation key.

    `written` is how the draft writes it.
    """

    start: int
    end: int
    written: str
    reference: Reference | None = None
    key: str = ""


class Prose(NamedTuple):
    """What a reader of a kind of draft gives."""

    blocks: Sequence[Block]
    keys: Sequence[Cited] = ()


FORMATS = {
    "markdown": (".md", ".markdown", ".mkd", ".mdown", ".qmd", ".rmd", ".mdx"),
    "latex": (".tex", ".ltx", ".latex"),
    "org": (".org",),
    "typst": (".typ",),
    "html": (".html", ".htm", ".xhtml"),
    "plain": (".txt", ".text", ""),
}
"""The kinds of drafts and the suffixes of their files."""
_PLACE = re.compile(r"#\d{1,9}(?:-\d{1,9})?@[0-9a-f]{8}\b")
"""What stands behind the id of a document where a paragraph is named with its hash."""
_DOCUMENT = re.compile(r"[^\s@#()\[\]{}<>«»“”\"'`,;]{1,300}")
_GOES_ON = re.compile(r"[\w/@=:.#-]")
"""What stands before no beginning of an id."""


class Draft:
    """A manuscript: its text, its prose in blocks, and what it cites, in order."""

    def __init__(self, text: str, kind: str) -> None:
        self.text, self.kind = text, kind
        reader: Callable[[str], Prose] = import_module(f"sinorus.citation.drafts.{kind}").read
        prose = reader(text)
        self.blocks = prose.blocks
        self.cited = sorted([*_references(text), *prose.keys])
        self._measured = -1, 0
        """The offset whose column was asked for last, and the bytes of its line before it."""

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def byte_column(self, offset: int) -> int:
        """The column of an offset in bytes of UTF-8, from 1."""
        start, size = self._lines[self.place(offset)[0] - 1], 0
        if start <= self._measured[0] <= offset:  # a line may be a whole draft
            start, size = self._measured
        size += len(self.text[start:offset].encode("utf-8", "replace"))
        self._measured = offset, size
        return size + 1


def kind_of(name: str) -> str:
    """The kind of a draft by the suffix of its name.

    What is not known is read as Markdown, and so is what has no name but `-`.
    """
    suffix = PurePath(name).suffix.lower() if name != "-" else ".md"
    return next((kind for kind, known in FORMATS.items() if suffix in known), "markdown")


def _references(text: str) -> list[Cited]:
    """The paragraphs that are named with their hash, where a reader sees it and where not."""
    found = [
        Cited(one.start, one.end, one.reference.id, one.reference) for one in references_in(text)
    ]
    unseen = {one.start for one in found}
    for place in _PLACE.finditer(text):
        start, end = _begin(text, place.start()), place.end()
        if start < place.start() and start not in unseen:
            reference = _read(text[start:end])
            if reference is not None:
                found.append(Cited(start, end, reference.id, reference))
    return found


def _begin(text: str, end: int) -> int:
    """Where the id of a document begins that ends there; the end itself if there is none."""
    behind = _DOCUMENT.match(text[max(0, end - 300) : end][::-1])
    start = end - (behind.end() if behind else 0)
    while start < end and start and _GOES_ON.match(text[start - 1]):
        start += 1
    return start


def _read(written: str) -> Reference | None:
    name, _, rest = written.rpartition("#")
    numbers, _, hash_ = rest.partition("@")
    first, _, last = numbers.partition("-")
    if not 1 <= int(first) <= int(last or first):
        return None
    return Reference(name, int(first), int(last or first), hash_)


def in_blocks(prose: Traced) -> list[Block]:
    """A text cut at its empty lines, and at the signs in which block quotations stand."""
    found: list[Block] = []
    depth = start = number = 0
    for match in re.finditer(rf"\n[ \t]*\n|[{OPEN}{CLOSE}]", prose.text):
        _add(found, prose[start : match.start()], number)
        start = match.end()
        depth = max(depth + {OPEN: 1, CLOSE: -1}.get(match[0], 0), 0)
        if match[0] == OPEN or not depth:
            number = match.end() if depth else 0
    _add(found, prose[start:], number)
    return found


def _add(found: list[Block], prose: Traced, quoted: int) -> None:
    text = prose.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if start < end:
        found.append(Block(prose[start:end], quoted))


def keys_in(text: str, pattern: re.Pattern[str]) -> list[Cited]:
    """The citation keys that a pattern finds: its group `keys` has them, divided by commas."""
    found = []
    for match in pattern.finditer(text):
        at = match.start("keys")
        for one in re.finditer(r"[^\s,;]+", match["keys"]):
            found.append(Cited(at + one.start(), at + one.end(), one[0], key=one[0]))
    return found
