"""`search -l`, `-L` and `-c`: which documents match, and how many paragraphs do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sinorus.cli import output
from sinorus.library import Library, searching
from sinorus.library.searching import Understood
from sinorus.model import Document
from sinorus.render.visible import harmless, one_line


def listed(
    library: Library,
    asked: Understood,
    flags: Mapping[str, Any],
    start: str,
    known: Callable[[], Mapping[str, Document]],
) -> tuple[bool, Iterator[str]]:
    """Whether anything was found, and the lines to print, each after `start`.

    `known` gives the documents of the library, which are the same for many queries.
    """
    page = searching.count(library.engine, asked)
    if flags["silent"]:
        return bool(page.total), iter(())
    if flags["count"]:
        return bool(page.total), _counts(page.total, page.tally, known, flags, start)
    if flags["files_without"]:
        scope = searching.scope(library.engine, flags["filters"])
        chosen = [document for document in scope if document.id not in page.tally]
    else:
        chosen = [known()[name] for name in sorted(page.tally)]
    limit = flags["limit"]
    cut = chosen[flags["offset"] :][: limit if isinstance(limit, int) else None]
    return bool(chosen), _paths(library, cut, flags["null"], start)


def _paths(library: Library, documents: list[Document], null: bool, start: str) -> Iterator[str]:
    for document in documents:
        path = output.shown_path(library.root, document.path)
        if null:
            # A NUL ends what a program reads: it gets the very bytes of the name.
            sys.stdout.flush()
            sys.stdout.buffer.write(f"{start}{path}\0".encode("utf-8", "surrogateescape"))
            sys.stdout.buffer.flush()
        else:
            yield f"{start}{harmless(path)}\n"


def _counts(
    total: int,
    tally: Mapping[str, int],
    known: Callable[[], Mapping[str, Document]],
    flags: Mapping[str, Any],
    start: str,
) -> Iterator[str]:
    by = flags["group_by"]
    if by is None:
        yield f"{start}{total}\n"
        return
    groups: dict[str, int] = {}
    documents = known()
    for name, count in tally.items():
        for key in documents[name].groups(by):
            groups[key or "unknown"] = groups.get(key or "unknown", 0) + count
    # Years are read in their order, other groups by how much they have.
    ordered = sorted(groups.items(), key=lambda item: (0 if by == "year" else -item[1], item[0]))
    for key, count in ordered:
        yield f"{start}{one_line(key)}\t{count}\n"
