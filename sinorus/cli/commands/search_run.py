"""What `sinorus search` does once its options are read, and what it says beside its answer."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sinorus.cli import output
from sinorus.cli.app import App
from sinorus.errors import QueryError, SinorusError
from sinorus.library import Library
from sinorus.library.searching import Understood
from sinorus.model import Document, Explanation, NameUse, Query, SearchResult, TermUse
from sinorus.model.wording import counted, not_read, to_install
from sinorus.query.bounds import NAMED, shortened
from sinorus.render import Look, renderer
from sinorus.render.phrases import CROSSING
from sinorus.render.visible import harmless, one_line

if TYPE_CHECKING:
    from sinorus.cli.commands.search import SearchOptions

_QUOTED = 200
"""Characters of a part of a query that a notice quotes."""
_FORMS = 5
"""Forms of a name that a notice lists; --explain has them all."""
_KEPT = 1_000
"""Queries of a file that are kept as they were understood; of more, each is read again."""


def read_queries(name: str) -> list[tuple[int, str]]:
    """The queries of a file with their lines; empty ones are left out. Raises SinorusError."""
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
    lines = enumerate(text.split("\n"), 1)
    return [(number, line.strip()) for number, line in lines if line.strip()]


class Run:
    """One run of the command: where it looks, how it answers."""

    def __init__(self, app: App, library: Library, given: SearchOptions) -> None:
        self.app, self.library, self.given = app, library, given
        self.state = library.refresh(given.update)

    def understand(self, text: str | None) -> Understood:
        return self.library.understand(self.given.query(text, self.app.settings["limit"]))

    def one(self, text: str | None) -> int:
        """Answers one query; the exit code."""
        asked = self.understand(text)
        explanation = self.explain(asked)
        if self.given.listing:
            return self.list_one(asked, "")
        result = self.library.search(asked, state=self.state, explanation=explanation)
        look = self.look()
        if self.given.quote:
            ids = [hit.paragraph.id for hit in result.hits]
            chosen = {name: self.app.settings[f"quote_{name}"] for name in ("style", "marks")}
            quoted = self.library.quote(*ids, **chosen, keyed=False, update=False)
            chunks = renderer("quote", "plain")(quoted, look)
        else:
            chunks = renderer("search", self.given.renderer)(result, look)
        self.page(chunks, look)
        shows = self.given.renderer == "rich"
        tell_outcome(self.app, self.library, asked, result, shows_crossing=shows)
        self.tell_left_out(result)
        return 0 if result.total else 1

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
        totals: list[int] = []
        look = self.look()
        chunks = renderer("searches", self.given.renderer)(self.answers(read, totals), look)
        self.page(chunks, look)
        return 0 if any(totals) else 1

    def understand_line(self, line: int, text: str) -> Understood:
        try:
            return self.understand(text)
        except QueryError as fault:
            fault.message = f"{self.given.queries}:{line}: {fault.message}"
            raise

    def answers(
        self, read: Iterable[tuple[str, Understood]], totals: list[int]
    ) -> Iterator[SearchResult]:
        for _, asked in read:
            explanation = self.explain(asked)
            result = self.library.search(asked, state=self.state, explanation=explanation)
            totals.append(result.total)
            yield result
            self.tell_left_out(result)

    def tell_left_out(self, result: SearchResult) -> None:
        """Says how many hits an editor's list has not, since it cannot open what they are in."""
        if self.given.renderer == "vimgrep":
            out = sum(not hit.paragraph.line for hit in result.hits)
            if out:
                self.app.notice(f"{counted(out, 'hit')} left out: an editor cannot open such files")

    def explain(self, asked: Understood) -> Explanation | None:
        """Says how a query was read: its names, or everything where that was asked for."""
        if not self.given.explain:
            tell_names(self.app, asked.names)
            tell_terms(self.app, asked.terms)
            return None
        explanation = self.library.explain(asked)
        for line in explanation.lines:
            self.app.notice(line)
        return explanation

    def list_one(self, asked: Understood, start: str) -> int:
        """Prints which documents match, or how many paragraphs; each line after `start`."""
        found = self.counted(asked, start) if self.given.count else self.listed(asked, start)
        if not found and not start:
            tell_nothing(self.app, self.library, asked)
        elif not start and not self.app.quiet:
            tell_across(self.app, self.library.across(asked))
        return 0 if found else 1

    def counted(self, asked: Understood, start: str) -> bool:
        result = self.library.count(asked, state=self.state)
        by = self.given.group_by
        if by is None:
            output.write([f"{start}{result.total}\n"])
            return bool(result.total)
        groups = self.library.groups(result.tally, by)
        # Years are read in their order, other groups by how much they have.
        order = sorted(
            ((key or "unknown", count) for key, count in groups.items()),
            key=lambda item: (0 if by == "year" else -item[1], item[0]),
        )
        output.write(f"{start}{one_line(key)}\t{count}\n" for key, count in order)
        return bool(result.total)

    def listed(self, asked: Understood, start: str) -> bool:
        without = self.given.files_without
        if self.given.silent:
            return bool(self.library.count(asked, state=self.state).total)
        if self.given.limit is None:  # the limit of the settings is one of paragraphs
            asked = replace(asked, query=asked.query.having(limit=None))
        found = self.library.listing(asked, without=without, state=self.state)
        output.write(self.paths(found, start))
        if found or not (asked.query.offset or asked.query.limit == 0):
            return bool(found)
        first = replace(asked, query=asked.query.having(limit=1, offset=0))
        return bool(self.library.listing(first, without=without, state=self.state))

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
        return replace(found, group_by=self.given.group_by)

    def page(self, chunks: Iterable[str], look: Look) -> None:
        wanted = not self.given.no_pager
        output.page(self.app, chunks, look, self.given.renderer, wanted=wanted)


def names_notice(use: NameUse) -> str:
    """The line that says which other forms of a name were searched, or that it has several
    meanings and none was.
    """
    if use.may_be:
        names = [f'"{name}"' for name in use.may_be[:_FORMS]]
        several = " or ".join(names if len(names) > 1 else [*names, "something else"])
        return f"{use.form}: only as written, since it may be {several} (write which)"
    shown = list(use.others[:_FORMS])
    more = len(use.others) - len(shown)
    if more:
        shown.append(f"{more} more")
    return f"{use.form}: also {', '.join(shown)} (--no-names: only as written)"


def tell_names(app: App, names: Sequence[NameUse]) -> None:
    """Says which names were searched in all their forms."""
    for use in names[:NAMED]:
        app.notice(names_notice(use))
    if len(names) > NAMED:
        app.notice(f"{len(names) - NAMED} more names also in other forms (--explain lists them)")


def terms_notice(use: TermUse) -> str:
    """The line that says in which other forms a word was asked, and in which senses."""
    shown = list(use.others[:_FORMS])
    if more := len(use.others) - len(shown):
        shown.append(f"{more} more")
    senses = f" in {len(use.senses)} senses: {'; '.join(use.senses)}" if len(use.senses) > 1 else ""
    source = " by the dictionary" if use.source == "dictionary" else ""
    return f"{use.form}: also {', '.join(shown)}{senses}{source} (--across)"


def tell_terms(app: App, terms: Sequence[TermUse]) -> None:
    """Says which words were asked in all languages."""
    for use in terms[:NAMED]:
        app.notice(terms_notice(use))
    if len(terms) > NAMED:
        app.notice(f"{len(terms) - NAMED} more words also in other forms (--explain lists them)")


def not_asked(across: Mapping[str, int]) -> str:
    """`not asked in ru, zh: --across would find 15 and 8`; empty for nothing."""
    if not across:
        return ""
    counts = [f"{count:,}" for count in across.values()]
    told = " and ".join([", ".join(counts[:-1]), counts[-1]] if len(counts) > 1 else counts)
    return f"not asked in {', '.join(across)}: --across would find {told}"


def tell_across(app: App, across: Mapping[str, int]) -> None:
    """Says what the words would find in the languages in which they were not asked."""
    if told := not_asked(across):
        app.notice(told)


def tell_outcome(
    app: App, library: Library, asked: Understood, result: SearchResult, *, shows_crossing: bool
) -> None:
    """Says what a reader of the answer must know: it is partial, cut off, or empty, and why.

    `shows_crossing`: the format itself says which paragraphs have words only across others.
    """
    if app.quiet:
        return
    if result.partial:
        parts = (result.explanation or library.explain(asked)).parts
        nowhere = [
            shortened(part.shown, _QUOTED)
            for part in parts
            if not part.paragraphs and not part.across
        ]
        if len(nowhere) > NAMED:
            nowhere[NAMED:] = [f"{len(nowhere) - NAMED} more"]
        why = f" ({', '.join(nowhere)}: nowhere in the library)" if nowhere else ""
        app.notice(f"no paragraph has all of the words{why}; these have some of them")
        for part in parts:
            if part.across:
                app.notice(f"{shortened(part.shown, _QUOTED)}: {not_asked(part.across)}")
    elif not result.total:
        tell_nothing(app, library, asked)
        return
    tell_across(app, result.across)
    crossing = sum(hit.crossing for hit in result.hits)
    if crossing and not shows_crossing:
        app.notice(f"{crossing:,} of these {len(result.hits):,}: {CROSSING}")
    folded = sum(len(hit.same) for hit in result.hits)
    if folded and not shows_crossing:
        they = "paragraph has" if folded == 1 else "paragraphs have"
        app.notice(f"{folded:,} more {they} the same words as these (--no-fold lists each)")
    every = result.total + result.lacking
    if not result.hits and result.offset and result.limit != 0:
        app.notice(f"the offset {result.offset:,} is past the last of {every:,} paragraphs")
    elif len(result.hits) < every or result.lacking or sys.stdout.isatty():
        app.notice(_total(result))


def _total(result: SearchResult) -> str:
    rest = "; -n all shows the rest" if result.more else ""
    if result.partial:
        return f"{_part(len(result.hits), result.lacking)}{rest}"
    shown = sum(1 for hit in result.hits if not hit.missing)
    found = f"{_part(shown, result.total)} in {counted(len(result.tally), 'document')}"
    if result.lacking:
        lacking = _part(len(result.hits) - shown, result.lacking)
        return f"{found}; then {lacking} without one of the words{rest}"
    return f"{found}{rest}"


def _part(shown: int, total: int) -> str:
    paragraphs = counted(total, "paragraph")
    return paragraphs if shown == total else f"{shown:,} of {paragraphs}"


def tell_nothing(app: App, library: Library, asked: Query | Understood) -> None:
    """Says which part of a query finds nothing by itself, and how it may have been meant."""
    if app.quiet:
        return
    if library.is_empty():
        folder = library.settings["sources"][0]
        app.notice(f"the library is empty: put documents into {folder}/ or run sinorus add FILE…")
        _tell_kinds(app, library)
        return
    said = ["nothing found"]
    explanation = library.explain(asked, most=NAMED, suggest=True)
    for part in explanation.parts:
        line = f"{shortened(part.shown, _QUOTED)}: {counted(part.paragraphs, 'paragraph')}"
        if part.across:
            line += f", {not_asked(part.across)}"
        said.append(f"{line} (did you mean {part.suggestion}?)" if part.suggestion else line)
    if explanation.more:
        said.append("and more words")
    app.notice("; ".join(said))
    text, titles = library.titles(asked)
    if titles:
        app.notice(f"in {counted(titles, 'title')}: {shortened(text, _QUOTED)}")
    if len(explanation.parts) > 1:
        tell_across(app, library.across(asked))
    _tell_kinds(app, library)


def _tell_kinds(app: App, library: Library) -> None:
    """Says of what kinds the files are in which nothing can be found."""
    kinds, extras = library.other_kinds()
    if kinds:
        app.notice(not_read(kinds))
    for line in to_install(kinds, extras):
        app.notice(line)
