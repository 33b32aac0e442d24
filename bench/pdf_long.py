"""What a long PDF costs: CPU time and memory of processes that convert one, and nothing else.

The files are made now: pages of given ones, one after the other and again from the first, until
there are enough. `python -m bench.pdf_long FILE HOW` is such a process; it prints its CPU seconds,
the characters that came out, and the most memory that it had, in bytes.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time

import pypdfium2 as pdfium

from bench.common import REPOSITORY, SHARED, table

BOOKS = {
    "en, one column": "typeset/en_1col_untagged.pdf",
    "en, two columns": "typeset/en_2col_untagged.pdf",
    "ru, two columns": "typeset/ru_2col_untagged.pdf",
    "zh, two columns": "typeset/zh_2col_untagged.pdf",
    "en, two columns, formulas": "pdf/en_apssamp_2col.pdf",
    "en, two columns, figures": "pdf/en_tracemonkey_2col.pdf",
    "en, three columns": "pdf/en_fedreg_3col.pdf",
    "ru, one column": "pdf/ru_gost705.pdf",
    "zh, thesis": "pdf/zh_fduthesis.pdf",
}
"""Files below `documents` of which long ones are made."""
APART = "en, two columns, formulas"
"""The one that is also made so that each of its copies has fonts of its own."""


def make(source: Path, target: Path, pages: int, *, apart: bool = False) -> None:
    """Writes a file with so many pages, in which all copies have the same fonts, or each `apart`
    has its own.
    """
    given, made = pdfium.PdfDocument(source), pdfium.PdfDocument.new()
    many = len(given)
    if apart:
        for first in range(0, pages, many):
            made.import_pages(given, list(range(min(many, pages - first))))
    else:
        made.import_pages(given, [at % many for at in range(pages)])
    made.save(target)


def long_files(pages: int, runs: int) -> str:
    """The table: of each file the least CPU time of so many runs, and the most memory."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        for name, source in BOOKS.items():
            for apart in (False, True) if name == APART else (False,):
                make(SHARED / "documents" / source, path, pages, apart=apart)
                ours = [_run(path, "ours") for _ in range(runs)]
                alone = [_run(path, "alone") for _ in range(runs)]
                took, least = (min(one[0] for one in some) for some in (ours, alone))
                rows.append(
                    [
                        name + (", many fonts" if apart else ""),
                        *(f"{alone[0][1] / pages:,.0f}", f"{took:.1f}", f"{least:.1f}"),
                        *(f"{took / least:.1f}", f"{max(one[2] for one in ours) / 1e6:.0f}"),
                        f"{path.stat().st_size / 1e6:.1f}",
                    ]
                )
    head = ("file", "characters a page", "CPU s", "PDFium alone", "÷", "peak MB", "file MB")
    return table(head, rows)


def _run(path: Path, how: str) -> tuple[float, int, int]:
    line = [sys.executable, "-m", "bench.pdf_long", str(path), how]
    done = subprocess.run(line, check=True, capture_output=True, text=True, cwd=REPOSITORY)
    seconds, characters, peak = done.stdout.split()
    return float(seconds), int(characters), int(peak)


def main() -> None:
    """Converts one file, from bytes that are in memory."""
    path, how = Path(sys.argv[1]), sys.argv[2]
    data = path.read_bytes()
    if how == "ours":
        from sinorus.sources.conversion.stored import dumped
        from sinorus.sources.formats.pdf import read
        from sinorus.sources.formats.registry import Binary

        started = process_time()
        characters = len(dumped(read(Binary(data, path.name))))
    else:
        started = process_time()
        characters = _text_alone(data)
    took = process_time() - started
    print(took, characters, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def _text_alone(data: bytes) -> int:
    """How many characters the text has that PDFium gives page by page."""
    document = pdfium.PdfDocument(data)
    characters = 0
    for page in document:
        text_page = page.get_textpage()
        characters += len(text_page.get_text_range())
        text_page.close()
        page.close()
    return characters


if __name__ == "__main__":
    main()
