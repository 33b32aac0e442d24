"""Keywords of a comparison by year, and how many are found if the years are dealt out anew.

What tells the years apart is lost when they are shuffled among the documents, so that each keyword
that is found then is found by chance. FOLDER is a collection; by default the library of the folder
`shared` beside this repository. Each deal has a fixed seed.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import numpy as np

from bench.common import SHARED, parser, table, temporary_library
from sinorus.corpus import keywords
from sinorus.corpus.keywords import Keyness
from sinorus.engines import open_engine
from sinorus.engines.port import Engine, GroupRequest
from sinorus.library import Library
from sinorus.model import Query
from sinorus.model.counts import WordCounts
from sinorus.query.tree import together

QUERIES = ("soviet", "China", "trade", "war", "Berlin", "government")
SEEDS = range(10)
LOOSE = 6.63
"""The log-likelihood of p < 0.01, beside the one that is used."""


def main() -> None:
    """Prints a row for each query."""
    asked = parser(__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=SHARED / "library")
    asked.add_argument("--query", action="append", help=f"instead of {', '.join(QUERIES)}")
    given = asked.parse_args()
    head = ("query", "documents", "keywords", "shuffled, mean", "most", f"at {LOOSE}", "shuffled")
    rows = []
    with temporary_library() as root:
        shutil.copytree(given.folder, root / "seeds", dirs_exist_ok=True)
        with Library.at(root) as library:
            library.index()
            engine = open_engine(library.settings, root, lambda _: None)
            for query in given.query or QUERIES:
                node = together(library.understand(Query(query)).node)
                counts = engine.words(GroupRequest(node, "document"))
                rows.append([query, *_measured(engine, counts)])
            engine.close()
    print(table(head, rows))


def _measured(engine: Engine, counts: WordCounts) -> list[str]:
    """The cells of one query."""
    there = set(counts.at.tolist())
    spoken = [home for at, (home,) in enumerate(counts.homes) if at in there]
    years = {one.id: one.year for one in engine.documents([name for name in spoken if name])}
    dated = [name for name in spoken if name and years[name]]
    dealt = [years[name] for name in dated]
    cells = [f"{len(dated):,}"]
    for threshold in (keywords.SIGNIFICANT, LOOSE):
        truth = _keywords(counts, dict(zip(dated, dealt, strict=True)), threshold)
        found = []
        for seed in SEEDS:
            shuffled = dealt.copy()
            random.Random(seed).shuffle(shuffled)
            found.append(_keywords(counts, dict(zip(dated, shuffled, strict=True)), threshold))
        cells += [str(truth), f"{mean(found):.1f}"]
        if threshold != LOOSE:
            cells.append(str(max(found)))
    return cells


def _keywords(counts: WordCounts, years: dict[str, str | None], threshold: float) -> int:
    """How many keywords all years have, at most 8 each, if documents are of these.

    Those of a year with one document are told by its paragraphs, whatever year it is dealt: they
    are not counted.
    """
    speaking = Counter(years.values())
    regrouped = by_year(counts, [years.get(str(name)) for (name,) in counts.homes])
    usual, keywords.SIGNIFICANT = keywords.SIGNIFICANT, threshold
    try:
        found = Keyness(regrouped, None, speaking).keywords(list(speaking))
    finally:
        keywords.SIGNIFICANT = usual
    return sum(word.unit == "document" for words in found.values() for word in words)


def by_year(counts: WordCounts, years: Sequence[str | None]) -> WordCounts:
    """The counts of documents, added up by years; those without one are left out."""
    names = sorted({year for year in years if year})
    home = np.asarray([names.index(year) if year else -1 for year in years], np.int64)
    kept = home[counts.at] >= 0
    codes = counts.words[kept] * len(names) + home[counts.at[kept]]
    distinct, where = np.unique(codes, return_inverse=True)
    documents, paragraphs = (
        np.bincount(where, column[kept]).astype(np.int64)
        for column in (counts.documents, counts.paragraphs)
    )
    sizes = np.zeros((len(names), *counts.sizes.shape[1:]), np.int64)
    np.add.at(sizes, home[home >= 0], counts.sizes[home >= 0])
    return counts._replace(
        homes=[(name,) for name in names],
        words=distinct // len(names),
        at=distinct % len(names),
        documents=documents,
        paragraphs=paragraphs,
        sizes=sizes,
    )


if __name__ == "__main__":
    main()
