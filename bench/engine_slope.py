"""How building and searching grow with the collection: ever more copies of the same files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from bench.child import ChildFailedError
from bench.collection import Home, Piece, copy_of, read_ready, write_piece
from bench.common import medians, table, tell
from bench.engine_builds import build, child
from bench.engine_queries import asked
from bench.queries import CLASSES, Query, rare_words

SIZES = (50_000, 100_000, 200_000, 500_000, 1_000_000)
HEAD = (
    *("paragraphs", "s", "CPU s", "s per 1,000", "peak MB", "index MB"),
    *("rare word in", "median ms", "CPU ms", "common word in", "median ms", "CPU ms"),
)


def paragraphs_of(folder: Path) -> tuple[dict[Path, int], str]:
    """How many paragraphs each file of a folder has, and a word that is rare in it."""
    numbers: dict[Path, int] = {}
    texts: list[str] = []
    for document, paragraphs, _ in read_ready(folder.parent, folder.name):
        numbers[folder.parent / document.path] = len(paragraphs)
        texts += [paragraph.text for paragraph in paragraphs]
    if not numbers:
        raise SystemExit(f"{folder} holds no text")
    return numbers, rare_words(texts, many=1)[0]


def _copies(folder: Path, numbers: dict[Path, int]) -> Iterator[tuple[Piece, int]]:
    for copy in count(1):
        for piece in copy_of(folder, copy):
            if piece.source in numbers:
                yield piece, numbers[piece.source]


def measure(home: Home, folder: Path, sizes: Sequence[int], runs: int, seconds: float) -> str:
    """The table: a build of the files and two warm queries at each size."""
    numbers, rare = paragraphs_of(folder)
    queries = [{"kind": "words", "words": [rare]}, CLASSES["common word"][0]]
    pieces = _copies(folder, numbers)
    rows: list[list[str]] = []
    written = 0
    for size in sorted(sizes):
        while written < size:
            piece, number = next(pieces)
            write_piece(home.library, piece)
            written += number
        tell(f"slope: {written:,} paragraphs …")
        try:
            rows.append(_row(home, written, queries, runs, seconds))
        except ChildFailedError as error:
            tell(f"the slope ends here: {error}")
            break
    return table(HEAD, rows)


def _row(home: Home, written: int, queries: list[Query], runs: int, seconds: float) -> list[str]:
    made = build("sinorus", home, seconds)
    cells = [f"{written:,}", f"{made.wall:.1f}", f"{made.cpu:.1f}"]
    cells.append(f"{made.wall / written * 1000:.3f}")
    cells += [f"{size / 1e6:.0f}" for size in (made.peak, made.size)]
    with child("search", "sinorus", home, seconds) as searching:
        searching.answer()
        for query in queries:
            answer = asked(searching, query, runs, seconds / 4)
            cells += [f"{answer['matches']:,}", *(f"{ms:.2f}" for ms in medians(answer["samples"]))]
    return cells
