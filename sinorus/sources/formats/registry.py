"""Which reader reads which kind of file: one module and one line a kind.

A reader gives blocks and what the file says of itself; it knows nothing of numbers of paragraphs,
ids or engines. Every search imports this, so it imports no reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
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


class Part(NamedTuple):
    """A document that a file has in it: an attachment, a message of a mailbox.

    It is either `content`, read already, or bytes to be read by the reader of its `name`, which is
    a name with a suffix and no path. `fields` are what the file around it says of it. `kept` is
    under which name it is kept once the file was converted; no reader gives it.
    """

    name: str
    raw: bytes = b""
    content: Content | None = None
    fields: Mapping[str, object] = {}
    kept: str = ""


class Content(NamedTuple):
    """What a reader makes of a source.

    `fields` are what the file says of itself, as front matter would, `lines` the line of each.
    `faults` are lines with what is wrong there, for the user to mend; line 0 is of no line. `lost`
    names what the reader cannot read out of such a file (`footnotes`). `parts` are the documents of
    their own that stand in the file, in their order.
    """

    blocks: list[Block]
    fields: Mapping[str, object] = {}
    lines: Mapping[str, int] = {}
    faults: tuple[tuple[int, str], ...] = ()
    lost: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


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
    `needs` are the modules of these, and of sinorus none. `binary`: whether the module has a
    `BinaryReader`; `version` rises when it gives something else of the same file. `magic` are
    beginnings of its files, by which one is known whatever its suffix; of several kinds that begin
    alike, `inside` is what only this one has somewhere in it.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    front_matter: bool = False
    extra: str = ""
    binary: bool = False
    magic: tuple[bytes, ...] = ()
    inside: bytes = b""
    needs: tuple[str, ...] = ()
    version: int = 1


TEXT = Format("plain text", "plain", ("", ".txt", ".text"), front_matter=True)
MARKDOWN = Format(
    *("Markdown", "markdown", (".md", ".markdown", ".mkd", ".mdown", ".qmd", ".rmd", ".mdx")),
    front_matter=True,
)
_ZIP = b"PK\x03\x04"
FORMATS = (
    TEXT,
    MARKDOWN,
    Format("Org", "org", (".org",)),
    Format("reStructuredText", "rst", (".rst", ".rest")),
    Format("subtitles", "subtitles", (".srt", ".vtt")),
    Format(
        "PDF",
        "pdf",
        (".pdf",),
        extra="documents",
        binary=True,
        magic=(b"%PDF-",),
        needs=("pypdfium2",),
    ),
    Format(
        "HTML",
        "html",
        (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".webarchive"),
        extra="documents",
        binary=True,
        needs=("lxml", "trafilatura", "htmldate"),
        version=2,
    ),
    Format(
        "Word",
        "docx",
        (".docx", ".docm", ".dotx", ".dotm"),
        extra="documents",
        binary=True,
        magic=(_ZIP,),
        inside=b"word/document.xml",
        needs=("lxml",),
        version=2,
    ),
    Format(
        "OpenDocument",
        "odt",
        (".odt", ".ott", ".fodt"),
        extra="documents",
        binary=True,
        magic=(_ZIP,),
        inside=b"application/vnd.oasis.opendocument.text",
        needs=("lxml",),
        version=2,
    ),
    Format(
        "EPUB",
        "epub",
        (".epub",),
        extra="documents",
        binary=True,
        magic=(_ZIP,),
        inside=b"application/epub+zip",
        needs=("lxml", "trafilatura"),
        version=2,
    ),
    Format("RTF", "rtf", (".rtf",), binary=True, magic=(b"{\\rtf",), version=2),
    Format(
        "mail",
        "mail",
        (".eml", ".mbox"),
        extra="documents",
        binary=True,
        needs=("lxml", "trafilatura"),
        version=2,
    ),
)
BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}


_HEAD = 200
_PAGE = (b"<!doctype html", b"<html")
_PAGES = frozenset(("html", "mail"))


class NotInstalled(SinorusError):  # noqa: N818 - says what the reader is
    """A reader needs what is not installed; `message` is the reason, for a `Fault`."""


def binary_format(suffix: str, raw: bytes) -> Format | None:
    """The kind of a file that is no text, by its bytes before its suffix; None of a text."""
    for one in FORMATS:
        if one.magic and raw.startswith(one.magic) and one.inside in raw:
            return one
    named = BY_SUFFIX.get(suffix)
    if named is None or not named.binary:
        return None
    # What a site gives in place of a file that it does not have. A text may begin so and be one.
    is_page = raw[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n\t ").lower().startswith(_PAGE)
    return BY_SUFFIX[".html"] if is_page and named.module not in _PAGES else named


def install(kind: Format) -> str:
    """The sentence for a file of a kind whose libraries are not there."""
    return f"{kind.name} needs what is not installed: pip install 'sinorus[{kind.extra}]'"


@cache
def is_installed(suffix: str) -> bool:
    """Whether what reads files of this suffix is there; nothing is imported for that."""
    kind = BY_SUFFIX.get(suffix)
    if kind is None:
        return False
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in kind.needs)


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
        raise NotInstalled(install(format_)) from None
    read: Reader = module.read
    return read
