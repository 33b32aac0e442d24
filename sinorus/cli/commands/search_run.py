"""What `sinorus search` does once its options are read."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sinorus.cli import outcome, output
from sinorus.cli.app import App
from sinorus.cli.named import Named
from sinorus.errors import QueryError, SinorusError
from sinorus.library import Library
from sinorus.library.searching import Understood
from sinorus.model import Document, Explanation, Paragraph, SearchResult
from sinorus.model.wording import counted
from sinorus.render import Look, check_keys, renderer
from sinorus.render.visible import harmless, one_line

if TYPE_CHECKING:
    from sinorus.cli.commands.search import SearchOptions

_KEPT = 1_000
"""Queries of a file that are kept as they were understood; of more, each is read again."""


def read_queries(name: str) -> list[tuple[int, str]]:
    """The queries of a file with their lines; empty ones and comments are left out.

    Raises SinorusError.
    """
    if name == "-":
        from sinorus.cli.streams import piped_in

        text = piped_in("reads standard input").decode("utf-8-sig", "replace")
    else:
        try:
            with open(name, encoding="utf-8-sig") as file:  # noqa: PTH123
                text = file.read()
        except OSError as fault:
            raise SinorusError(f"{name} cannot be read: {fault.strerror}") from None
        except UnicodeDecodeError:
            raise SinorusError(f"{name} is not UTF-8 text", "save it as UTF-8") from None
    lines = ((number, _uncommented(line)) for number, line in enumerate(text.split("\n"), 1))
    return [(number, query) for number, query in lines if query]


def _uncommented(line: str) -> str:
    """A line without its comment: `#` where a line begins, or alone between blanks as in a shell.

    The `#` of an id (`energy#3`) and one within a phrase are part of the query.
    """
    line = line.strip()
    if line.startswith("#"):
        return ""
    for sign in re.finditer(r"\s#(?!\S)", line):
        if line.count('"', 0, sign.start()) % 2 == 0:
            return line[: sign.start()].rstrip()
    return line


class Run:
    """One run of the command: where it looks, how it answers."""

    def __init__(self, app: App, library: Library, given: SearchOptions) -> None:
        self.app, self.library = app, library
        with output.Working("looking for changes", app.quiet):
            self.state = library.refresh(given.update)
        check_keys("search", given.renderer, library.keys)
        if given.save is not None:
            library.marks.ready(given.save)
        filters = Named(app, library).filters(given.filters)
        if given.marked or given.not_marked:
            filters["paragraph" if given.marked else "not_paragraph"] = self.marked()
        self.given = replace(given, filters=filters)
        self.saving: list[tuple[Paragraph, str]] = []
        """What is to be put into a set, with the query that found it."""
        self.past = False
        """Whether nothing was listed since all of it was left out by the offset."""

    def marked(self) -> list[str]:
        """The paragraphs that are marked."""
        places = self.library.marks.places()
        if not places:
            self.app.notice("nothing is marked", "no marks")
        return places

    def understand(self, text: str | None) -> Understood:
        return self.library.understand(self.given.query(text, self.app.settings["limit"]))

    def one(self, text: str | None) -> int:
        """Answers one query; the exit code."""
        with self.working():
            asked = self.understand(text)
        explanation = self.explain(asked)
        if self.given.listing:
            return self.list_one(asked, "")
        with self.working():
            result = self.library.search(asked, state=self.state, explanation=explanation)
        self.remember(result)
        if self.given.save is not None:
            self.save([(hit.paragraph, self.asked_by(text)) for hit in result.hits])
        self.tell_of_groups(result)
        look = self.look()
        if self.app.holding:  # what is said beside the answer stands above it
            self.tell_outcome(asked, result)
            if result.hits:
                look = replace(look, notes=self.app.held())
            self.page(self.rendered(result, look), look)
        else:
            self.page(self.rendered(result, look), look)
            self.tell_outcome(asked, result)
            self.tell_left_out(result)
        return 0 if found_some(result) else 1

    def rendered(self, result: SearchResult, look: Look) -> Iterable[str]:
        """A result in its format, or what was found as quotations."""
        if not self.given.quote:
            return renderer("search", self.given.renderer)(self.lines_of(result), look)
        ids = [hit.paragraph.id for hit in result.hits]
        chosen = {name: self.app.settings[f"quote_{name}"] for name in ("style", "marks")}
        quoted = self.library.quote(*ids, **chosen, keyed=False, update=False)
        return renderer("quote", "plain")(quoted, look)

    def working(self) -> output.Working:
        """Says that a search is being made, where it takes long."""
        return output.Working("searching", self.app.quiet)

    def tell_outcome(self, asked: Understood, result: SearchResult) -> None:
        """Says what a reader of the answer must know."""
        if self.app.quiet:
            return
        told = outcome.of_answer(
            *(self.library, asked, result),
            on_page=self.app.holding,
            tells_hits=self.given.renderer == "rich",
            terminal=sys.stdout.isatty(),
        )
        for line in told:
            self.app.notice(line)

    def many(self, queries: list[tuple[int, str]]) -> int:
        """Answers queries (line, text) one after the other; 0 if any of them found something.

        All are read before the first is answered: a script gets everything or an error.
        """
        kept: dict[int, Understood] = {}
        for line, text in queries:
            asked = self.understand_line(line, text)
            if len(kept) < _KEPT:
                kept[line] = asked
        read = (
            (text, kept.get(line) or self.understand_line(line, text)) for line, text in queries
        )
        if self.given.listing:
            code = 1
            for text, asked in read:
                self.explain(asked)
                code = min(code, self.list_one(asked, f"{one_line(text)}\t"))
            return code
        found: list[bool] = []
        look = self.look()
        chunks = renderer("searches", self.given.renderer)(self.answers(read, found), look)
        self.page(chunks, look)
        if self.given.save is not None:
            self.save(self.saving)
        return 0 if any(found) else 1

    def remember(self, result: SearchResult) -> None:
        """Keeps which hits stand on the screen, so that their numbers name them."""
        if sys.stdout.isatty():
            from sinorus.cli.remembered import remember

            hits = ((hit.paragraph.id, hit.paragraph.hash) for hit in result.hits)
            remember(self.library.root, hits, result.offset + 1)

    def asked_by(self, text: str | None) -> str:
        """The query and the filters, as they may be written again."""
        flags = [
            f"--{name.replace('_', '-')} {shlex.quote(value)}"
            for name, values in self.given.filters.items()
            for value in values
            if not name.endswith("paragraph")
        ]
        flags += ["--marked"] if self.given.marked else []
        flags += ["--not-marked"] if self.given.not_marked else []
        return " ".join(filter(None, (text, *flags)))

    def save(self, found: Sequence[tuple[Paragraph, str]]) -> None:
        """Puts what was found into the set that was asked for, and says so."""
        name = self.given.save or ""
        if not found:
            self.app.notice("nothing was found, and nothing is saved")
            return
        saved = self.library.marks.put(name, found)
        told = f"saved in the set {saved.set!r}: {counted(saved.new, 'paragraph')}"
        self.app.notice(f"{told}; {saved.known:,} were there already" if saved.known else told)

    def understand_line(self, line: int, text: str) -> Understood:
        try:
            return self.understand(text)
        except QueryError as fault:
            fault.message = f"{self.given.queries}:{line}: {fault.message}"
            raise

    def answers(
        self, read: Iterable[tuple[str, Understood]], found: list[bool]
    ) -> Iterator[SearchResult]:
        for _, asked in read:
            explanation = self.explain(asked)
            result = self.library.search(asked, state=self.state, explanation=explanation)
            found.append(found_some(result))
            if self.given.save is not None:
                self.saving += [(hit.paragraph, result.query) for hit in result.hits]
            yield self.lines_of(result)
            self.tell_left_out(result)

    def lines_of(self, result: SearchResult) -> SearchResult:
        """What is printed of a result: all of it, or a hit a match in the order of its lines."""
        by = self.given.beside
        return self.library.concordance(result, by) if by else result

    def tell_of_groups(self, result: SearchResult) -> None:
        """Says what is counted where not all hits of all groups are there."""
        by = self.given.group_by
        if by is not None and result.more:
            self.app.notice(f"-n counts over all groups (-c --group-by {by} counts each)")

    def tell_left_out(self, result: SearchResult) -> None:
        """Says how many hits an editor's list has not, since it cannot open what they are in."""
        if self.given.renderer == "vimgrep":
            out = sum(not hit.paragraph.line for hit in result.hits)
            if out:
                self.app.notice(f"{counted(out, 'hit')} left out: an editor cannot open such files")

    def explain(self, asked: Understood) -> Explanation | None:
        """Says how a query was read: its names, or everything where that was asked for."""
        if not self.given.explain:
            room = output.room_for_notes() if self.app.holding else 0
            for line in outcome.of_names(asked.names, room):
                self.app.notice(line)
            for line in outcome.of_terms(asked.terms, room):
                self.app.notice(line)
            return None
        explanation = self.library.explain(asked)
        for line in explanation.lines:
            self.app.notice(line, wanted=True)
        return explanation

    def list_one(self, asked: Understood, start: str) -> int:
        """Prints which documents match, or how many paragraphs; each line after `start`."""
        found = self.counted(asked, start) if self.given.count else self.listed(asked, start)
        if not start and not self.app.quiet:
            if found or self.past:
                told = outcome.of_across(self.library.across(asked))
            else:
                told = outcome.of_nothing(self.library, asked)
            for line in told:
                self.app.notice(line)
        return 0 if found else 1

    def counted(self, asked: Understood, start: str) -> bool:
        with self.working():
            result = self.library.count(asked, state=self.state)
        by = self.given.group_by
        if by is None:
            output.write([f"{start}{result.total}\n"])
            return bool(result.total)
        groups = self.library.groups(result.tally, by)
        from sinorus.model.documents import IN_ORDER
        from sinorus.text.order import natural_key

        # Years are read in their order, other groups by how much they have.
        order = sorted(
            ((key or "unknown", count) for key, count in groups.items()),
            key=lambda item: (0 if by in IN_ORDER else -item[1], natural_key(item[0])),
        )
        output.write(f"{start}{one_line(key)}\t{count}\n" for key, count in order)
        return bool(result.total)

    def listed(self, asked: Understood, start: str) -> bool:
        without = self.given.files_without
        if self.given.silent:
            with self.working():
                return bool(self.library.count(asked, state=self.state).total)
        if self.given.limit is None:  # the limit of the settings is one of paragraphs
            asked = replace(asked, query=asked.query.having(limit=None))
        with self.working():
            found = self.library.listing(asked, without=without, state=self.state)
        output.write(self.paths(found, start))
        query = asked.query
        if found or not (query.offset or query.limit == 0):
            return bool(found)
        first = replace(asked, query=query.having(limit=None, offset=0))
        every = len(self.library.listing(first, without=without, state=self.state))
        if every and query.limit != 0 and not start:
            self.app.notice(outcome.past_the_last(query.offset, every, "document"))
        self.past = bool(every)
        return bool(every) and query.limit == 0

    def paths(self, documents: Sequence[Document], start: str) -> Iterator[str]:
        for document in documents:
            path = output.shown_path(self.library.root, document.path)
            if self.given.null:
                # A NUL ends what a program reads: it gets the very bytes of the name.
                sys.stdout.flush()
                sys.stdout.buffer.write(f"{start}{path}\0".encode("utf-8", "surrogateescape"))
                sys.stdout.buffer.flush()
            else:
                yield f"{start}{harmless(path)}\n"

    def look(self) -> Look:
        found = output.look(self.app, self.library.root, color=self.given.color)
        return replace(found, group_by=self.given.group_by, full=self.given.full)

    def page(self, chunks: Iterable[str], look: Look) -> None:
        wanted = not self.given.no_pager
        output.page(self.app, chunks, look, self.given.renderer, wanted=wanted)


def found_some(result: SearchResult) -> bool:
    """Whether there is something with all words on the page that was asked for."""
    if result.limit == 0:  # only the number is wanted
        return bool(result.total)
    return any(not hit.missing for hit in result.hits)
