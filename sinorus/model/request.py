"""What a user asks of a library: one value for every command and every Python caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any, Literal

from sinorus.model.documents import Grouping
from sinorus.model.value import value

Sort = Literal["relevance", "date", "-date", "title", "source"]
SORTS: tuple[Sort, ...] = ("relevance", "date", "-date", "title", "source")
"""What hits are sorted by; `source` is the order of ids, and in a document that of its text."""
Beside = Literal["left", "right"]
"""On which side of a match what lines of a concordance are sorted by stands."""
FILTER_NAMES = (
    *("author", "publisher", "source", "lang", "tag", "kind", "speaker", "path"),
    *("since", "until", "where"),
)
"""The filters there are; each also with `not_` before it. `source` takes ids of documents, `where`
`KEY=VALUE` for any key of the metadata: one of the values of each key must be there.

`kind` (one of KINDS) and `speaker` let paragraphs through, the others documents.
"""


@value(frozen=True)
class Query:
    """A query, how it is read, and which part of the answer is wanted.

    `text` None: all that the filters let through. `filters` maps FILTER_NAMES, also with `not_`
    before them, to their values, and `paragraph` to whole ids of paragraphs and ranges.

    How it is read: `exact` without stems and minding case where a capital is written,
    `case_sensitive` the same and always minding it, `any_word` for OR between words, `literal`
    without operators, `names` in all their forms, `across` all words in all languages, by the terms
    that say the same (None: as the settings say).

    `limit` None: all. `max_per_doc` counts hits in the order asked for. `before` and `after` are
    numbers of neighbouring paragraphs. `group_by` brings the hits of a group together, best group
    first. `fold` makes one hit of paragraphs with the same words; where there are filters alone it
    does not. `partial` allows hits that lack some of the words where no paragraph has them all.
    `explain` adds an Explanation to the answer, `elsewhere` what `across` would find besides.
    """

    text: str | None = None
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    exact: bool = False
    case_sensitive: bool = False
    any_word: bool = False
    literal: bool = False
    names: bool = True
    across: bool | None = None
    limit: int | None = 20
    offset: int = 0
    sort: Sort = "relevance"
    max_per_doc: int | None = None
    before: int = 0
    after: int = 0
    group_by: Grouping | None = None
    fold: bool = True
    partial: bool = True
    explain: bool = False
    elsewhere: bool = False

    def having(self, **options: Any) -> Query:
        """The query with some fields changed, and filters by their names added or replaced.

        Raises TypeError for a name that is neither.
        """
        if not options:
            return self
        filters = {name: options.pop(name) for name in _FILTERS & options.keys()}
        if unknown := options.keys() - set(self.__match_args__):
            raise TypeError(f"a query has no field and no filter {min(unknown)!r}")
        return replace(self, **{"filters": {**self.filters, **filters}, **options})


_FILTERS = {prefix + name for name in (*FILTER_NAMES, "paragraph") for prefix in ("", "not_")}
