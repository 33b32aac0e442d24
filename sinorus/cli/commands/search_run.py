"""What `sinorus search` does once its flags are read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import click

from sinorus.cli import output
from sinorus.cli.app import App
from sinorus.cli.commands.search_notices import tell_nothing, tell_outcome, tell_reading
from sinorus.errors import QueryError, SinorusError
from sinorus.library import Library, searching
from sinorus.library.searching import Page, Query, Understood
from sinorus.model import Document, IndexState, SearchResult
from sinorus.query.bounds import CHARACTERS, shortened
from sinorus.render import Look, renderer
from sinorus.render.visible import one_line

_PIPED = 10 * CHARACTERS
"""Bytes of a query on standard input."""
_KEPT = 1_000
"""Queries of a file that are kept as they were understood; of more, each is read again."""
_QUOTED = 300
"""Characters of a message that quotes what was asked for."""
_TELLS_PARTIAL = ("rich", "plain", "json", "jsonl", "csv", "tsv", "markdown")
_SHAPES = {
    "files": "-l",
    "files_without": "-L",
    "count": "-c",
    "silent": "-q",
    "only_matching": "-o",
    "kwic": "--kwic",
}


def check(flags: dict[str, Any]) -> None:
    """Raises UsageError for flags that exclude each other, SinorusError for a bad format."""
    shapes = [flag for name, flag in _SHAPES.items() if flags[name]]
    if len(shapes) > 1:
        raise click.UsageError(f"{shapes[0]} and {shapes[1]} cannot be used together: choose one.")
    if shapes and flags["form"]:
        what = f"{shapes[0]} prints in its own way and takes no other format ({flags['form']})."
        raise click.UsageError(what)
    try:
        renderer("search", output.format_name(flags["form"]))
    except SinorusError as fault:
        fault.message = shortened(fault.message, _QUOTED)
        raise


def query_text(words: tuple[str, ...], flags: dict[str, Any]) -> str | None:
    """The query of the command line or of standard input; None where only filters are given."""
    if flags["queries"]:
        if words:
            raise click.UsageError("A query and --queries cannot be used together.")
        return None
    if words == ("-",):
        raw = _standard_input(_PIPED)
        if len(raw) > _PIPED:
            raise SinorusError(
                f"a query has at most {CHARACTERS:,} characters, standard input has many more",
                "ask with the words that matter; for one query a line write --queries -",
            )
        return " ".join(raw.decode("utf-8-sig", "replace").split())
    if words:
        return " ".join(words)
    if not flags["filters"]:
        raise click.UsageError("There is nothing to search for: write a word or a filter.")
    return None


def read_queries(name: str) -> list[tuple[int, str]]:
    """The queries of a file with their lines; empty ones are left out. Raises SinorusError."""
    if name == "-":
        text = _standard_input().decode("utf-8-sig", "replace")
    else:
        try:
            with open(name, encoding="utf-8-sig") as file:  # noqa: PTH123
                text = file.read()
        except OSError as fault:
            raise SinorusError(f"{name} cannot be read: {fault.strerror}") from None
        except UnicodeDecodeError:
            raise SinorusError(f"{name} is not UTF-8 text", "save it as UTF-8") from None
    lines = enumerate(text.split("\n"), 1)
    return [(number, line.strip()) for number, line in lines if line.strip()]


def _standard_input(most: int = -1) -> bytes:
    """All of it, or the first bytes and one more."""
    if sys.stdin.isatty():
        raise click.UsageError("Nothing is piped in: - reads standard input.")
    return sys.stdin.buffer.read(most + 1 if most >= 0 else -1)


class Run:
    """One run of the command: where it looks, how it answers."""

    def __init__(self, app: App, library: Library, flags: dict[str, Any]) -> None:
        self.app, self.library, self.flags = app, library, flags
        limit = flags["limit"] if flags["limit"] is not None else app.settings["limit"]
        around = flags["around"] or 0
        self.page = Page(
            limit=None if limit == "all" else limit,
            offset=flags["offset"],
            sort=flags["sort"],
            max_per_doc=flags["max_per_doc"],
            before=around if flags["before"] is None else flags["before"],
            after=around if flags["after"] is None else flags["after"],
            group_by=flags["group_by"],
            explain=flags["explain"],
        )
        self._documents: dict[str, Document] | None = None
        self.index: IndexState = library.refresh(False if flags["no_update"] else None)

    def query(self, text: str | None) -> Query:
        flags = self.flags
        return Query(
            text,
            flags["filters"],
            exact=flags["exact"],
            any_word=flags["any_word"],
            literal=flags["literal"],
            names=not flags["no_names"],
        )

    @property
    def listing(self) -> bool:
        """Whether documents or counts are asked for, and not paragraphs."""
        return any(self.flags[name] for name in ("files", "files_without", "count", "silent"))

    @property
    def form(self) -> str:
        """The name of the renderer."""
        if self.flags["kwic"]:
            return "kwic"
        if self.flags["only_matching"]:
            return "only-matching"
        return output.format_name(self.flags["form"])

    def one(self, text: str | None) -> int:
        """Answers one query; the exit code."""
        asked = self.library.understand(self.query(text))
        tell_reading(self.app, self.library, asked, self.flags["explain"])
        if self.listing:
            return self.list_one(asked, "")
        result = self.answer(asked)
        look = self.look()
        chunks = renderer("search", self.form)(result, look)
        output.page(self.app, chunks, look, self.form, wanted=not self.flags["no_pager"])
        tell_outcome(self.app, self.library, asked, result)
        return 0 if result.total else 1

    def many(self, queries: list[tuple[int, str]]) -> int:
        """Answers queries (line, text) one after the other; 0 if any of them found something.

        All are read before the first is answered: a script gets everything or an error.
        """
        kept: dict[int, Understood] = {}
        for line, text in queries:
            asked = self.understood(line, text)
            if len(kept) < _KEPT:
                kept[line] = asked
        read = ((text, kept.get(line) or self.understood(line, text)) for line, text in queries)
        if self.listing:
            code = 1
            for text, asked in read:
                tell_reading(self.app, self.library, asked, self.flags["explain"])
                code = min(code, self.list_one(asked, f"{one_line(text)}\t"))
            return code
        totals: list[int] = []
        look = self.look()
        chunks = renderer("searches", self.form)(self.answers(read, totals), look)
        output.page(self.app, chunks, look, self.form, wanted=not self.flags["no_pager"])
        return 0 if any(totals) else 1

    def understood(self, line: int, text: str) -> Understood:
        try:
            return self.library.understand(self.query(text))
        except QueryError as fault:
            fault.message = f"{self.flags['queries']}:{line}: {fault.message}"
            raise

    def answers(
        self, read: Iterable[tuple[str, Understood]], totals: list[int]
    ) -> Iterator[SearchResult]:
        for _, asked in read:
            tell_reading(self.app, self.library, asked, self.flags["explain"])
            result = self.answer(asked)
            totals.append(result.total)
            yield result

    def answer(self, asked: Understood) -> SearchResult:
        # Formats that cannot say that a hit is partial show none.
        partial = self.form in _TELLS_PARTIAL
        page = replace(self.page, partial=partial)
        return searching.run(self.library.engine, asked, page, self.index)

    def list_one(self, asked: Understood, start: str) -> int:
        from sinorus.cli.commands.search_listing import listed

        found, lines = listed(self.library, asked, self.flags, start, self.documents)
        output.write(lines)
        if not found and not start:
            tell_nothing(self.app, self.library, asked)
        return 0 if found else 1

    def documents(self) -> Mapping[str, Document]:
        """The documents of the library by their ids, read once."""
        if self._documents is None:
            self._documents = {one.id: one for one in self.library.engine.documents()}
        return self._documents

    def look(self) -> Look:
        found = output.look(self.app, self.library.root, color=self.flags["color"])
        return replace(found, group_by=self.flags["group_by"])
