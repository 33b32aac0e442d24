"""A PDF file from its bytes to its blocks."""

from __future__ import annotations

import ctypes
import gc
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.pdf import metadata
from sinorus.sources.formats.pdf.columns import columns
from sinorus.sources.formats.pdf.flow import Piece, marks_of, pieces
from sinorus.sources.formats.pdf.fonts import Fonts
from sinorus.sources.formats.pdf.furniture import Furniture, furniture
from sinorus.sources.formats.pdf.glyphs import Glyphs
from sinorus.sources.formats.pdf.headings import Entry, find_headings
from sinorus.sources.formats.pdf.lines import Line, fragments
from sinorus.sources.formats.pdf.measures import frames, measures
from sinorus.sources.formats.pdf.notes import Labels
from sinorus.sources.formats.pdf.passages import Splitter, bullet_length
from sinorus.sources.formats.pdf.runs import Page, Run
from sinorus.sources.formats.pdf.structure import Element
from sinorus.sources.formats.pdf.tagged import tagged_pieces
from sinorus.sources.formats.pdf.wording import Vocabulary, Wording, Writer
from sinorus.sources.formats.registry import Binary, Content, Unreadable

_MOST_PAGES = 20_000
_AT_ONCE = 32
"""Pages that are read before a document is closed and opened anew, since PDFium keeps all fonts and
streams that it met until then; and how often that is done at most, about."""
_OUTLINE = 20_000
"""Lines of an outline that are read."""
_DEEPEST = 6
_ASIDE = 80
"""Characters that run up or down a page, beyond which they are more than a stamp at its margin."""
_ENOUGH, _CLEAR = 200, 0.6
"""Characters of a page by which its font is judged, and the share of those that are no spaces
that stand in words, below which it is no text."""
_LEADERS = re.compile(r"[.·…_]+")
_STOPS = ".,;:?!)"
_WORD = re.compile(r"\w\w+|[\u2e80-\u9fff]")


def read(source: Binary, /) -> Content:
    """The paragraphs of a PDF file. Raises Unreadable where it has none to give."""
    collects = gc.isenabled()
    gc.disable()  # which looks in vain, again and again, at the lines of all pages
    try:
        return _content(source.raw)
    finally:
        if collects:
            gc.enable()


def _open(data: bytes) -> pdfium.PdfDocument:
    if not data:
        raise Unreadable("it is empty")
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        error = raw.FPDF_GetLastError()
        if error == raw.FPDF_ERR_PASSWORD:
            raise Unreadable("it is encrypted: save a copy without password") from None
        if error == raw.FPDF_ERR_SECURITY:
            raise Unreadable("it is encrypted in a way that is not known: save a copy") from None
        raise Unreadable("it is no PDF, or a broken one: open it and save it anew") from None


class _Pages:
    """What was read off the pages of a document, each from 0.

    `broken` are those that cannot be read, `silent` those without text, `unclear` those with text
    and hardly a letter.
    """

    def __init__(self, data: bytes) -> None:
        fonts = Fonts()
        self.styles = fonts.styles
        self.many = 0
        self.fragments: list[list[Line]] = []
        self.heights: list[float] = []
        self.trees: list[Mapping[int, Element]] = []
        self.turned: list[str] = []
        self.broken: list[int] = []
        self.silent: list[int] = []
        self.unclear: list[int] = []
        while True:
            document = _open(data)
            try:
                self.many = min(len(document), _MOST_PAGES)
                first = len(self.fragments)
                last = min(first + max(_AT_ONCE, self.many // _AT_ONCE), self.many)
                glyphs = Glyphs(document, fonts, tagged=bool(raw.FPDFCatalog_IsTagged(document)))
                for index in range(first, last):
                    self._read(glyphs, index)
            finally:
                document.close()
            if last == self.many:
                break

    def _read(self, glyphs: Glyphs, index: int) -> None:
        try:
            page = glyphs.page(index)
        except pdfium.PdfiumError:
            self.broken.append(index)
            page = Page(index, 1.0, 1.0, [], [])
        if not page.runs and index not in self.broken[-1:]:
            self.silent.append(index)
        if _is_unclear(page.runs):
            self.unclear.append(index)
        self.fragments.append(fragments(index, page.runs))
        self.heights.append(page.height)
        self.trees.append(page.elements)
        self.turned.append(" ".join(page.turned))


def _content(data: bytes) -> Content:
    pages = _Pages(data)
    document = _open(data)
    try:
        return _made(document, pages, data)
    finally:
        document.close()


def _made(document: pdfium.PdfDocument, pages: _Pages, data: bytes) -> Content:
    if not any(pages.fragments):
        if len(pages.broken) == pages.many:
            raise Unreadable("none of its pages can be read: open it and save it anew")
        many = "1 page" if pages.many == 1 else f"{pages.many} pages"
        raise Unreadable(f"{many}, no text: run an OCR program such as ocrmypdf")
    usual = measures(pages.fragments)
    repeated = furniture(pages.fragments, pages.heights, usual.leading)
    kept = [
        [line for line in found if id(line) not in repeated.dropped] for found in pages.fragments
    ]
    runs = _runs(kept) if any(pages.trees) else []
    flow = columns(kept)
    kept.clear()  # of many, other lines were made, and memory is short
    pages.fragments.clear()
    framed = frames(flow, usual)
    splitter = Splitter(usual, pages.styles, flow, framed)
    marks = marks_of(flow)
    parts = _pieces(pages, runs, pieces(flow, framed, usual, splitter, marks))
    if not any(piece.kind == "heading" for piece in parts):
        find_headings(parts, _outline(document), usual, splitter)
    labels = Labels([piece.note for piece in parts if piece.note], marks)
    words = Vocabulary(line for column in flow for line in column.lines)
    writer = Writer(pages.styles, usual.style, words, labels.label)
    names = _page_names(document, pages.many, repeated)
    info = document.get_metadata_dict()
    return Content(
        _blocks(parts, writer, names),
        metadata.fields(info, _language(document), data),
        faults=tuple(_faults(document, pages)),
    )


def _runs(kept: Sequence[Sequence[Line]]) -> list[list[Run]]:
    return [[run for line in found for run in line.runs] for found in kept]


def _pieces(pages: _Pages, runs: Sequence[Sequence[Run]], looked: list[Piece]) -> list[Piece]:
    """The pieces of a document: by its tags where these are to be believed, else by its looks."""
    return (tagged_pieces(runs, pages.trees, len(looked)) if runs else None) or looked


def _blocks(parts: Iterable[Piece], writer: Writer, names: Sequence[str]) -> list[Block]:
    found: list[Block] = []
    path: list[tuple[int, str]] = []
    for piece in parts:
        block = _block(piece, writer, names)
        if block is None:
            continue
        if block.kind == "heading":
            while path and path[-1][0] >= block.level:
                path.pop()
            block = block.below(tuple(text for _, text in path))
            path.append((block.level, block.text))
        else:
            block = block.below(tuple(text for _, text in path))
        found.append(block)
    return found


def _block(piece: Piece, writer: Writer, names: Sequence[str]) -> Block | None:
    lines = piece.lines
    wording = _wording(piece, writer)
    if not any(sign.isprintable() and not sign.isspace() for sign in wording.text):
        return None
    first, last = lines[0].page, max(line.page for line in lines)
    return Block(
        *(wording.text, 0, 0, piece.kind),
        spans=wording.spans,
        notes=wording.notes,
        label=piece.note.label if piece.note else "",
        level=piece.level,
        page=first + 1,
        end_page=last + 1,
        page_label=names[first] or None,
    )


def _wording(piece: Piece, writer: Writer) -> Wording:
    lines = piece.lines
    if piece.table is not None:
        rows = [[writer.write(cell) for cell in row] for row in piece.table.rows]
        text = "\n".join("\t".join(cell.text for cell in row) for row in rows)
        return Wording(text, (), tuple(sorted({x for row in rows for c in row for x in c.notes})))
    if piece.kind == "code":
        return writer.write(lines, separator="\n", styled=False)
    skip = 0
    if piece.note:
        skip = max(piece.note.skip or len(lines[0].runs[0].text), 0)
    elif piece.kind == "list":
        skip = bullet_length(lines[0])
    return writer.write(lines, skip, styled=piece.kind != "heading")


def _outline(document: pdfium.PdfDocument) -> list[Entry]:
    found = []
    try:
        for mark in document.get_toc(max_depth=12):
            target = mark.get_dest()
            index = target.get_index() if target else None
            found.append(
                Entry(
                    mark.get_title(),
                    min(mark.level + 1, _DEEPEST),
                    -1 if index is None else index,
                )
            )
            if len(found) >= _OUTLINE:
                break
    except (pdfium.PdfiumError, ValueError):
        pass
    return found


def _page_names(document: pdfium.PdfDocument, many: int, repeated: Furniture) -> list[str]:
    """What each page is called: by the labels of the file, else by the numbers printed on them."""
    names = [_tidy(document.get_page_label(index)) for index in range(many)]
    if any(names) and len(set(names)) > many // 2:
        return names
    return [repeated.numbers.get(index, "") for index in range(many)]


def _tidy(text: str) -> str:
    return "".join(sign for sign in text[:40] if sign.isprintable()).strip()


def _language(document: pdfium.PdfDocument) -> str:
    size = raw.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < size < 200:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFCatalog_GetLanguage(document, buffer, size)
    return bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0")


def _faults(document: pdfium.PdfDocument, pages: _Pages) -> Iterable[tuple[int, str]]:
    broken, many = pages.broken, pages.many
    if broken:
        verb = "is" if len(broken) == 1 else "are"
        yield 0, f"{_listed(broken)} cannot be read and {verb} missing"
    if len(document) > many:
        yield 0, f"only its first {many} pages are read, of {len(document)}"
    if unclear := pages.unclear:
        have = "has a font" if len(unclear) == 1 else "have a font"
        what = "that does not say which letters its signs are"
        yield 0, f"{_listed(unclear)} {have} {what}: run an OCR program such as ocrmypdf"
    seen = Counter(pages.turned)
    turned = [at for at, text in enumerate(pages.turned) if len(text) > _ASIDE and seen[text] == 1]
    if turned:
        yield 0, f"text that runs up or down {_listed(turned)} is left out"
    silent = [index for index in pages.silent if _has_picture(document, index)]
    if silent:
        are = "is a picture" if len(silent) == 1 else "are pictures"
        advice = "run an OCR program such as ocrmypdf"
        yield 0, f"{_listed(silent)} {are} without text: {advice}"


def _is_unclear(runs: Sequence[Run]) -> bool:
    """Whether a page has text and hardly a letter, as with fonts that have no table of letters."""
    text = " ".join([run.text for run in runs])
    if len(text) < _ENOUGH:
        return False
    parts = text.split()
    words = sum([len(one.rstrip(_STOPS)) for one in parts if len(one) > 2 and one[:-1].isalpha()])
    if words >= _CLEAR * sum(map(len, parts)):
        return False  # as nearly always, which is found without a pattern
    signs = sum(map(len, _LEADERS.sub(" ", text).split()))
    return sum(map(len, _WORD.findall(text))) < _CLEAR * signs


def _listed(indexes: Sequence[int]) -> str:
    """Pages as ranges: `pages 3, 5-7`."""
    runs: list[list[int]] = []
    for index in indexes:
        if runs and index == runs[-1][1] + 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    shown = ", ".join(str(a + 1) if a == b else f"{a + 1}-{b + 1}" for a, b in runs[:20])
    more = " …" if len(runs) > 20 else ""
    return f"page {shown}" if len(indexes) == 1 else f"pages {shown}{more}"


def _has_picture(document: pdfium.PdfDocument, index: int) -> bool:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return False
    try:
        return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    finally:
        page.close()
