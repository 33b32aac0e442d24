"""The first hits of each question, by whichever sinorus is imported.

`python judged_child.py FOLDER QUESTIONS DEPTH` indexes a copy of FOLDER and prints, as JSON, a list
for each question: id, hash and kind of every hit. It imports nothing of `bench`, so that it runs
with the sinorus of another checkout.
"""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sinorus import Library, Query


def main() -> None:
    """Indexes, asks and prints."""
    folder, questions, depth = sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8")), 0
    depth = int(sys.argv[3])
    found = {}
    with TemporaryDirectory(prefix="sinorus-judged-") as name:
        root = Path(name).resolve()
        shutil.copytree(folder, root / "seeds", copy_function=shutil.copyfile)
        with closing(Library.at(root)) as library:
            library.index(rebuild=True)
            for one in questions:
                asked = Query(one["query"], filters=one["filters"], limit=depth)
                hits = [hit.paragraph for hit in library.search(asked, update=False).hits]
                found[one["id"]] = [(hit.id, hit.hash, hit.kind) for hit in hits]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
