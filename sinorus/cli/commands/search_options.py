"""What `sinorus search` is told, checked before anything is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from sinorus.cli import options, output
from sinorus.errors import SinorusError
from sinorus.model.value import value
from sinorus.query.bounds import CHARACTERS, shortened

if TYPE_CHECKING:
    from sinorus.model import Grouping, Query, Sort

_PIPED = 10 * CHARACTERS
"""Bytes of a query on standard input."""
_QUOTED = 300
"""Characters of a message that quotes what was asked for."""
_SHAPES = {
    "files": "-l",
    "files_without": "-L",
    "count": "-c",
    "silent": "-q",
    "only_matching": "-o",
    "kwic": "--kwic",
}
_TELLS_PARTIAL = ("rich", "plain", "json", "jsonl", "csv", "tsv", "markdown")
"""Formats that can say that a hit is partial; in others there are no partial hits."""


@value(frozen=True)
class SearchOptions(
    options.Filters,
    options.Reading,
    options.Neighbours,
    options.Output,
    options.Freshness,
    options.Quiet,
):
    """The options of `search`; `limit` None: that of the settings."""

    words: tuple[str, ...]
    limit: int | Literal["all"] | None
    offset: int
    max_per_doc: int | None
    sort: Sort
    group_by: Grouping | None
    files: bool
    files_without: bool
    count: bool
    null: bool
    silent: bool
    only_matching: bool
    kwic: bool
    explain: bool
    queries: str | None

    @property
    def listing(self) -> bool:
        """Whether documents or counts are asked for, and not paragraphs."""
        return self.files or self.files_without or self.count or self.silent

    @property
    def renderer(self) -> str:
        """The name of the renderer."""
        if self.kwic:
            return "kwic"
        return "only-matching" if self.only_matching else output.format_name(self.form)

    def check(self) -> None:
        """Raises UsageError for options that exclude each other, SinorusError for a bad format."""
        from sinorus.render import renderer

        shapes = [flag for name, flag in _SHAPES.items() if getattr(self, name)]
        if len(shapes) > 1:
            raise click.UsageError(
                f"{shapes[0]} and {shapes[1]} cannot be used together: choose one."
            )
        if shapes and self.form:
            what = f"{shapes[0]} prints in its own way and takes no other format ({self.form})."
            raise click.UsageError(what)
        try:
            renderer("search", output.format_name(self.form))
        except SinorusError as fault:
            fault.message = shortened(fault.message, _QUOTED)
            raise

    def text(self) -> str | None:
        """The query of the command line or of standard input; None where only filters are given."""
        if self.queries:
            if self.words:
                raise click.UsageError("A query and --queries cannot be used together.")
            return None
        if self.words == ("-",):
            return _piped_query()
        if self.words:
            return " ".join(self.words)
        if not self.filters:
            raise click.UsageError("There is nothing to search for: write a word or a filter.")
        return None

    def query(self, text: str | None, limit: int) -> Query:
        """What is asked of the library; `limit` is that of the settings."""
        before, after = self.counts
        chosen = limit if self.limit is None else self.limit
        return self.query_of(text, self.filters).having(
            limit=None if chosen == "all" else chosen,
            offset=self.offset,
            sort=self.sort,
            max_per_doc=self.max_per_doc,
            before=before,
            after=after,
            group_by=self.group_by,
            partial=self.renderer in _TELLS_PARTIAL,
            explain=self.explain,
        )


def _piped_query() -> str:
    from sinorus.cli.streams import piped_in

    raw = piped_in("reads a query from standard input", _PIPED)
    if len(raw) > _PIPED:
        raise SinorusError(
            f"a query has at most {CHARACTERS:,} characters, standard input has many more",
            "ask with the words that matter; for one query a line write --queries -",
        )
    return " ".join(raw.decode("utf-8-sig", "replace").split())
