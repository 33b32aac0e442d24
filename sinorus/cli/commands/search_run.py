"""What `sinorus search` does once its flags are read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import click

from sinorus.cli import output
from sinorus.cli.app import App
from sinorus.errors import SinorusError
from sinorus.library import Library, searching
from sinorus.library.searching import Page, Query
from sinorus.model import Document, IndexState, NameUse, SearchResult
from sinorus.render import Look, renderer

_FORMS = 5
"""Forms of a name that a notice lists; --explain has them all."""
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
        raise click.UsageError(f"{shapes[0]} and --format cannot be used together: choose one.")
    renderer("search", output.format_name(flags["form"]))


def query_text(words: tuple[str, ...], flags: dict[str, Any]) -> str | None:
    """The query of the command line or of standard input; None where only filters are given."""
    if flags["queries"]:
        if words:
            raise click.UsageError("A query and --queries cannot be used together.")
        return None
    if words == ("-",):
        return " ".join(_standard_input().split())
    if words:
        return " ".join(words)
    if not flags["filters"]:
        raise click.UsageError("There is nothing to search for: write a word or a filter.")
    return None


def read_queries(name: str) -> list[str]:
    """The queries of a file, one a line; empty lines are left out. Raises SinorusError."""
    if name == "-":
        text = _standard_input()
    else:
        try:
            with open(name, encoding="utf-8-sig") as file:  # noqa: PTH123
                text = file.read()
        except OSError as fault:
            raise SinorusError(f"{name} cannot be read: {fault.strerror}") from None
        except UnicodeDecodeError:
            raise SinorusError(f"{name} is not UTF-8 text", "save it as UTF-8") from None
    return [line.strip() for line in text.splitlines() if line.strip()]


def _standard_input() -> str:
    if sys.stdin.isatty():
        raise click.UsageError("Nothing is piped in: - reads standard input.")
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace")


def names_notice(use: NameUse) -> str:
    """The line that says which other forms of a name were searched."""
    shown = list(use.others[:_FORMS])
    more = len(use.others) - len(shown)
    if more:
        shown.append(f"{more} more")
    return f"{use.form}: also {', '.join(shown)} (--no-names: only as written)"


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

    def one(self, text: str | None) -> int:
        """Answers one query; the exit code."""
        flags = self.flags
        if any(flags[name] for name in ("files", "files_without", "count", "silent")):
            found, lines = self.listed(text, "")
            if not flags["silent"]:
                output.write(lines)
            return 0 if found else 1
        result = self.answer(text)
        name = "kwic" if flags["kwic"] else "only-matching" if flags["only_matching"] else None
        form = name or output.format_name(flags["form"])
        look = self.look()
        chunks = renderer("search", form)(result, look)
        output.page(self.app, chunks, look, form, wanted=not flags["no_pager"])
        self.tell_total(result)
        return 0 if result.hits else 1

    def many(self, queries: list[str]) -> int:
        """Answers one query after the other; 0 if any of them found something.

        All are read before the first is answered: a script gets everything or an error.
        """
        for text in queries:
            self.library.understand(self.query(text))
        flags = self.flags
        if any(flags[name] for name in ("files", "files_without", "count", "silent")):
            any_found = False
            for text in queries:
                found, lines = self.listed(text, f"{text}\t")
                any_found = any_found or found
                if not flags["silent"]:
                    output.write(lines)
            return 0 if any_found else 1
        found_in: list[str] = []
        name = "kwic" if flags["kwic"] else "only-matching" if flags["only_matching"] else None
        form = name or output.format_name(flags["form"])
        look = self.look()
        chunks = renderer("searches", form)(self.answers(queries, found_in), look)
        output.page(self.app, chunks, look, form, wanted=not flags["no_pager"])
        return 0 if found_in else 1

    def answers(self, queries: list[str], found_in: list[str]) -> Iterator[SearchResult]:
        for text in queries:
            result = self.answer(text)
            if result.hits:
                found_in.append(text)
            yield result

    def answer(self, text: str | None) -> SearchResult:
        result = self.library.answer(self.query(text), self.page, self.index)
        for line in result.explanation:
            self.app.notice(line)
        for use in () if self.page.explain else result.names:
            self.app.notice(names_notice(use))
        if result.partial:
            missing = dict.fromkeys(word for hit in result.hits for word in hit.missing)
            self.app.notice(
                "no paragraph has all of the words; these have most of them "
                f"(missing here or there: {', '.join(missing)})"
            )
        elif not result.total:
            self.tell_nothing(text)
        return result

    def tell_nothing(self, text: str | None) -> None:
        """Says which part of a query finds nothing by itself, and where it stands in titles."""
        if text is None or self.app.quiet:
            return
        asked = self.library.understand(self.query(text))
        lines = searching.explain(self.library.engine, asked)[1 + len(asked.names) :]
        self.app.notice(f"nothing found; {'; '.join(lines)}" if lines else "nothing found")

    def listed(self, text: str | None, start: str) -> tuple[bool, Iterator[str]]:
        """Whether anything was found, and the lines of -l, -L or -c, each after `start`."""
        asked = self.library.understand(self.query(text))
        for line in searching.explain(self.library.engine, asked) if self.page.explain else ():
            self.app.notice(line)
        page = searching.count(self.library.engine, asked)
        documents = {document.id: document for document in self.library.engine.documents()}
        flags = self.flags
        if flags["count"]:
            return bool(page.total), self.counts(page.total, page.tally, documents, start)
        if flags["files_without"]:
            scope = searching.scope(self.library.engine, flags["filters"])
            chosen = [document for document in scope if document.id not in page.tally]
        else:
            chosen = [documents[name] for name in sorted(page.tally)]
        return bool(chosen), self.paths(chosen, start)

    def paths(self, documents: list[Document], start: str) -> Iterator[str]:
        from sinorus.render.visible import harmless

        for document in documents:
            path = output.shown_path(self.library.root, document.path)
            if self.flags["null"]:
                # A NUL ends what a program reads: it gets the very bytes of the name.
                sys.stdout.flush()
                sys.stdout.buffer.write(f"{start}{path}\0".encode("utf-8", "surrogateescape"))
                sys.stdout.buffer.flush()
            else:
                yield f"{start}{harmless(path)}\n"

    def counts(
        self, total: int, tally: Any, documents: dict[str, Document], start: str
    ) -> Iterator[str]:
        from sinorus.render.visible import one_line

        if self.flags["group_by"] is None:
            yield f"{start}{total}\n"
            return
        groups: dict[str, int] = {}
        for name, count in tally.items():
            for key in documents[name].groups(self.flags["group_by"]):
                groups[key or "unknown"] = groups.get(key or "unknown", 0) + count
        for key, count in sorted(groups.items(), key=lambda item: (-item[1], item[0])):
            yield f"{start}{one_line(key)}\t{count}\n"

    def look(self) -> Look:
        found = output.look(self.app, self.library.root, color=self.flags["color"])
        return replace(found, group_by=self.flags["group_by"])

    def tell_total(self, result: SearchResult) -> None:
        """Says how much there is beside what is shown."""
        shown = len(result.hits)
        if not shown or (shown == result.total and not sys.stdout.isatty()):
            return
        paragraphs = "1 paragraph" if result.total == 1 else f"{result.total:,} paragraphs"
        documents = "1 document" if len(result.tally) == 1 else f"{len(result.tally):,} documents"
        part = "" if shown == result.total else f"{shown:,} of "
        more = "" if result.offset + shown >= result.total else "; -n all shows the rest"
        self.app.notice(f"{part}{paragraphs} in {documents}{more}")
