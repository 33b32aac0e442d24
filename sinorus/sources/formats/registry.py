"""Which reader reads which kind of file: one module and one line a kind.

A reader gives blocks and what the file says of itself; it knows nothing of numbers of paragraphs,
ids or engines. Every search imports this, so it imports no reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sinorus.errors import SinorusError

if TYPE_CHECKING:
    from sinorus.sources.formats.blocks import Block


class Source(NamedTuple):
    """The text of a file, or what of it stands below its front matter.

    Every line ends with one line feed; `line` is the number in the file of the first, from 1.
    """

    text: str
    line: int = 1


class Binary(NamedTuple):
    """The bytes of a file that is no text, and its path, which tells only its name and suffix."""

    raw: bytes
    path: str = ""


class Content(NamedTuple):
    """What a reader makes of a source.

    `fields` are what the file says of itself, as front matter would, `lines` the line of each.
    `faults` are lines with what is wrong there, for the user to mend; line 0 is of no line. `lost`
    names what the reader cannot read out of such a file (`footnotes`).
    """

    blocks: list[Block]
    fields: Mapping[str, object] = {}
    lines: Mapping[str, int] = {}
    faults: tuple[tuple[int, str], ...] = ()
    lost: tuple[str, ...] = ()


class Reader(Protocol):
    """The function `read` of a module here: never raises, whatever the text."""

    def __call__(self, source: Source, /) -> Content: ...


class BinaryReader(Protocol):
    """The function `read` of a module for files that are no text.

    Raises Unreadable where nothing can be had of the file, for the reason that it says; what else
    it raises is a broken file as well, since it runs in a process of its own.
    """

    def __call__(self, source: Binary, /) -> Content: ...


class Unreadable(SinorusError):  # noqa: N818 - says what the file is
    """Nothing of a file can be read; `message` is the reason, for a `Fault`."""


class Format(NamedTuple):
    """A kind of file: its name for people, the module that reads it, the suffixes it has.

    `front_matter`: whether it may have one of YAML, TOML and the like, since it has none of its
    own. `extra` is what sinorus is installed with for the libraries that the module needs.
    `binary`: whether the module has a `BinaryReader`. `magic` are beginnings of its files, by
    which one is known whatever its suffix.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    front_matter: bool = False
    extra: str = ""
    binary: bool = False
    magic: tuple[bytes, ...] = ()


TEXT = Format("plain text", "plain", ("", ".txt", ".text"), front_matter=True)
MARKDOWN = Format(
    *("Markdown", "markdown", (".md", ".markdown", ".mkd", ".mdown", ".qmd", ".rmd", ".mdx")),
    front_matter=True,
)
FORMATS = (
    TEXT,
    MARKDOWN,
    Format("Org", "org", (".org",)),
    Format("reStructuredText", "rst", (".rst", ".rest")),
    Format("subtitles", "subtitles", (".srt", ".vtt")),
    Format("PDF", "pdf", (".pdf",), extra="documents", binary=True, magic=(b"%PDF-",)),
)
BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}


class NotInstalled(SinorusError):  # noqa: N818 - says what the reader is
    """A reader needs what is not installed; `message` is the reason, for a `Fault`."""


def format_of(suffix: str, text: str) -> Format:
    """The kind of a file by its suffix; what looks like Markdown is Markdown without it too."""
    found = BY_SUFFIX.get(suffix, TEXT)
    if found is TEXT:
        from sinorus.sources.formats.markdown_signs import looks_like_markdown

        return MARKDOWN if looks_like_markdown(text) else TEXT
    return found


def reader(format_: Format) -> Reader:
    """The reader of a kind, imported now. Raises NotInstalled where a library is missing."""
    try:
        module = import_module(f"sinorus.sources.formats.{format_.module}")
    except ModuleNotFoundError:
        if not format_.extra:
            raise
        raise NotInstalled(
            f"{format_.name} needs what is not installed: pip install 'sinorus[{format_.extra}]'"
        ) from None
    read: Reader = module.read
    return read
