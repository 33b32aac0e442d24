"""Reads every file of a folder with whichever sinorus is imported, as often as it is told.

`python reading_child.py FOLDER ROUNDS` prints the number of files, of their bytes and of their
paragraphs, and the least CPU time of a round in seconds. The bytes are in memory before the clock
starts. It imports nothing of `bench`, so that it runs with the sinorus of another checkout.
"""

from __future__ import annotations

import gc
import sys
from time import process_time

from sinorus.files import Tree
from sinorus.sources.read import read_content, read_source
from sinorus.sources.walk import walk

THRESHOLD = 100_000
"""Objects between two collections, as while an index is built."""


def main() -> None:
    """Reads and prints."""
    folder, rounds = sys.argv[1], int(sys.argv[2])
    tree = Tree(folder)
    files = [(entry, read_content(tree, entry.path)) for entry in walk(tree, ["."]).entries]
    gc.set_threshold(THRESHOLD)
    read_source(*files[0])  # imports what it needs
    least, paragraphs = float("inf"), 0
    for _ in range(rounds):
        gc.collect()
        started = process_time()
        readings = [read_source(*file) for file in files]
        least = min(least, process_time() - started)
        paragraphs = sum(len(reading.paragraphs) for reading in readings)
        del readings
    size = sum(len(content.raw) for _, content in files)
    print(len(files), size, paragraphs, least)


if __name__ == "__main__":
    main()
