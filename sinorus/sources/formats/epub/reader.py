"""From the bytes of an EPUB to blocks."""

from __future__ import annotations

from sinorus.sources.formats.archive import Archive
from sinorus.sources.formats.epub.chapters import Chapters
from sinorus.sources.formats.epub.package import package_of
from sinorus.sources.formats.epub.page_breaks import PageBreaks
from sinorus.sources.formats.flow import below_headings
from sinorus.sources.formats.html import read_html
from sinorus.sources.formats.registry import Binary, Content


def read(source: Binary, /) -> Content:
    """The chapters of a book in reading order, with its metadata. Raises Unreadable."""
    archive = Archive(source.raw)
    package = package_of(archive)
    breaks = PageBreaks()
    breaks.learn(archive, package.contents)
    chapters = Chapters(archive, package.spine, breaks)
    blocks = read_html(chapters.page(package.covers), "utf-8", whole=True).blocks
    if not blocks and package.covers:  # the book is what its guide calls a cover
        breaks.labels.clear()
        blocks = read_html(chapters.page(frozenset()), "utf-8", whole=True).blocks
    found = below_headings(
        [one._replace(line=0, end_line=0, places=()) for one in breaks.placed(blocks)]
    )
    faults = [*archive.faults, *chapters.faults]
    for name in package.missing:
        faults.append((0, f"the part '{name.rpartition('/')[2][:80]}' is missing in the file"))
    if not found:
        faults.append((0, "it has no text, only pictures or empty pages"))
    return Content(found, package.fields, {}, tuple(dict.fromkeys(faults)))
