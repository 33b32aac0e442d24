"""How building and searching grow with the collection: ever more copies of the same files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from statistics import median
from typing import NamedTuple

from common import folder_bytes, table, tell
from engine_builds import command as building
from engine_collection import Home, Piece, copy_of, read_ready, write_piece
from engine_queries import CLASSES, WARM, Query, rare_words
from engine_searches import command as searching
from watched_process import Child, ChildFailedError

SIZES = (50_000, 100_000, 200_000, 500_000, 1_000_000)


class Step(NamedTuple):
    """One size: paragraphs, seconds of building, memory at its peak, index; and two queries.

    Each query has its number of matches and its median in milliseconds.
    """

    paragraphs: int
    wall: float
    peak: int
    index: int
    rare: tuple[int, float]
    common: tuple[int, float]


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


def measure(
    home: Home, folder: Path, sizes: Sequence[int], runs: int, seconds: float
) -> list[Step]:
    """A build of the files and two warm queries at each size."""
    numbers, rare = paragraphs_of(folder)
    queries = [{"kind": "words", "words": [rare]}, CLASSES["common word"][0]]
    pieces = _copies(folder, numbers)
    steps: list[Step] = []
    written = 0
    for size in sorted(sizes):
        while written < size:
            piece, number = next(pieces)
            write_piece(home.library, piece)
            written += number
        tell(f"slope: {written:,} paragraphs …")
        try:
            steps.append(_step(home, written, queries, runs, seconds))
        except ChildFailedError as error:
            tell(f"the slope ends here: {error}")
            break
    return steps


def _step(home: Home, written: int, queries: list[Query], runs: int, seconds: float) -> Step:
    home.index("sinorus").mkdir(parents=True, exist_ok=True)
    with Child(building("sinorus", home, 1), seconds) as child:
        child.answer()
        os.sync()
        found = child.ask({}, watched=True)
        peak = child.peak
    times: list[tuple[int, float]] = []
    with Child(searching("sinorus", home), seconds) as child:
        child.answer()
        for query in queries:
            task = {"query": query, "warm": WARM, "runs": runs, "seconds": seconds / 4}
            answer = child.ask(task)
            times.append((answer["matches"], median(answer["samples"])))
    size = folder_bytes(home.index("sinorus"))
    return Step(written, found["wall"], peak, size, times[0], times[1])


def report(steps: Sequence[Step]) -> str:
    """A row for each size."""
    rows = [
        [
            *(f"{step.paragraphs:,}", f"{step.wall:.1f}"),
            f"{step.wall / step.paragraphs * 1000:.3f}",
            *(f"{step.peak / 1e6:.0f}", f"{step.index / 1e6:.0f}"),
            *(f"{step.rare[0]:,}", f"{step.rare[1]:.2f}"),
            *(f"{step.common[0]:,}", f"{step.common[1]:.2f}"),
        ]
        for step in steps
    ]
    head = ("paragraphs", "s", "s per 1,000", "peak MB", "index MB")
    words = ("rare word in", "median ms", "common word in", "median ms")
    return table((*head, *words), rows)
