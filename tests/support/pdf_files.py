"""PDF files made by hand, and typeset ones whose paragraphs are known."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import cycle, islice

Run = tuple[float, float, float, str]
"""Where text stands on a page, from the lower left corner in points, its size, and itself."""


def pdf(
    pages: Sequence[Iterable[Run]],
    *,
    info: str = "",
    xmp: str = "",
    catalog: str = "",
    more: Sequence[str] = (),
    turn: str = "1 0 0 1",
    trailer: str = "",
) -> bytes:
    """A file of these pages in Helvetica, of 400 by 600 points.

    `info` and `catalog` are entries of these dictionaries, `more` further objects, from number 100
    on, `turn` the matrix that all text is turned by, `trailer` entries of the trailer.
    """
    many = len(pages)
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(many))
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {'/Metadata 5 0 R' if xmp else ''} {catalog} >>",
        2: f"<< /Type /Pages /Count {many} /Kids [{kids}] >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: f"<< {info} >>",
    }
    if xmp:
        size = len(xmp.encode())
        objects[5] = f"<< /Type /Metadata /Subtype /XML /Length {size} >>\nstream\n{xmp}\nendstream"
    for at, runs in enumerate(pages):
        shown = " ".join(
            f"BT /F1 {size} Tf {turn} {x} {y} Tm ({_escaped(text)}) Tj ET"
            for x, y, size, text in runs
        )
        objects[10 + 2 * at] = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {11 + 2 * at} 0 R >>"
        )
        objects[11 + 2 * at] = f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream"
    for at, text in enumerate(more):
        objects[100 + at] = text
    return _file(objects, trailer)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _file(objects: dict[int, str], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, text in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + text.encode("utf-8") + b"\nendobj\n"
    start = len(out)
    last = max(objects)
    out += f"xref\n0 {last + 1}\n0000000000 65535 f \n".encode()
    for number in range(1, last + 1):
        place = places.get(number)
        out += f"{place:010} 00000 n \n".encode() if place else b"0000000000 00000 f \n"
    out += f"trailer\n<< /Size {last + 1} /Root 1 0 R /Info 4 0 R {trailer} >>\n".encode()
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def lines(texts: Iterable[str], *, x: float = 50, y: float = 520, step: float = 14) -> list[Run]:
    """Lines of text of 11 points, one below the other."""
    return [(x, y - step * at, 11, text) for at, text in enumerate(texts)]


def bomb(size: int) -> bytes:
    """A file whose one page unpacks to so many bytes."""
    packed = zlib.compress(b"BT /F1 9 Tf (word ) Tj ET\n" * (size // 26), 9)
    head, _, tail = pdf([[]]).partition(b"<< /Length 0 >>\nstream\n\nendstream")
    entry = f"<< /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
    return head + entry + packed + b"\nendstream" + tail


WORDS = {
    "en": "when the rivers froze early that winter merchants who had waited for boats "
    "walked across with their sledges and nobody counted how many came back in spring",
    "ru": "когда реки рано замёрзли купцы которые ждали лодок пошли через лёд со своими "
    "санями и никто не считал сколько их вернулось весной",
}


@cache
def paragraphs(lang: str, many: int) -> tuple[str, ...]:
    """Invented paragraphs of one to six sentences, all different."""
    found = []
    for number in range(many):
        words = islice(cycle(WORDS[lang].split()), number % 7, None)
        said = []
        for at in range(1 + number % 6):
            some = " ".join(islice(words, 9 + (number + at) % 8))
            said.append(f"{some.capitalize()} {number}.{at + 1}.")
        found.append(" ".join(said))
    return tuple(found)


def typeset(body: str, settings: str, *, tags: bool = False) -> bytes:
    """The PDF of a document in the language of typst."""
    import typst

    source = f"#set document(title: [untitled])\n{settings}\n{body}"
    made: bytes = typst.compile(source.encode(), format="pdf", pdf_tags=tags)
    return made
