"""The tools: each asks the library what a command asks, and gives the JSON of that command."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sinorus.errors import SinorusError
from sinorus.mcp import arguments, texts
from sinorus.mcp.answers import Answer, Entry, Record
from sinorus.mcp.cursor import Place
from sinorus.model import Query, SourcePage
from sinorus.model.wording import counted
from sinorus.render import Look, Renderer, renderer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sinorus.library import Library
    from sinorus.mcp.session import Voice
    from sinorus.model import IndexState, Shown

LOOK = Look()
_DETAILED = 40
"""Groups of a comparison of which everything is found out: more have no room in an answer."""


class Asked(NamedTuple):
    """A call of a tool: the library as it is now, and from where the answer is wanted."""

    library: Library
    state: IndexState
    notes: list[str]
    place: Place
    voice: Voice


def search(asked: Asked, given: arguments.Search) -> Answer:
    """The paragraphs that match."""
    first = asked.place.position.entries
    understood = asked.library.understand(
        Query(
            given.query or None,
            given.filters,
            exact=given.exact,
            across=given.across or None,
            limit=given.limit,
            offset=first,
            sort=given.sort,
            max_per_doc=given.max_per_document or None,
            before=given.context,
            after=given.context,
            elsewhere=True,
        )
    )
    result = asked.library.search(understood, state=asked.state)
    record = _document("search", result)
    notes = [*asked.notes, *asked.voice.answer(asked.library, understood, result)]
    head = f"{counted(result.total, 'paragraph')} in {counted(len(result.tally), 'document')}."
    if result.partial:
        head = f"No paragraph has all of the words; {counted(result.lacking, 'paragraph')} some."
    entries = _taken(record, "results", texts.paragraph)
    return Answer(record, iter(entries), head, notes, first, result.more)


def show(asked: Asked, given: arguments.Show) -> Answer:
    """Paragraphs and documents by id."""
    found = asked.library.select(
        given.ids,
        before=given.context,
        after=given.context,
        query=given.query or None,
        update=False,
        lenient=True,
    )
    notes = list(asked.notes)
    for fault in found.missing:
        message, hint = asked.voice.fault(fault) or (fault.message, fault.hint)
        notes.append("; ".join(filter(None, (message, hint))))
    record = _document("show", ())
    position, first = asked.place.position, asked.place.position.entries
    if asked.place.changed:
        first = _again(found, first, position.last, whole=not position.characters)
    lines = renderer("show", "jsonl")(cast("Sequence[Shown]", islice(found, first, None)), LOOK)
    records = (json.loads(line) for line in lines)
    entries = (Entry("results", one, texts.paragraph) for one in records)
    return Answer(record, entries, f"{counted(len(given.ids), 'id')}.", notes, first)


def _again(shown: Iterable[Shown], first: int, last: str, *, whole: bool) -> int:
    """Where to go on in what is now another text: behind the paragraph that was the last, or at it
    if it was not `whole`; as it was, where that is gone.
    """
    same = [at for at, one in enumerate(shown) if one.paragraph.hash == last]
    if not same:
        return first
    nearest = min(same, key=lambda at: abs(at - first + 1))
    return nearest + 1 if whole else nearest


def compare(asked: Asked, given: arguments.Compare) -> Answer:
    """What groups of sources say of a query, or two texts side by side."""
    first = asked.place.position.entries
    if given.ids:
        return _texts(asked, given, first)
    if not given.query and not given.filters:
        raise SinorusError("there is nothing to compare", "give a query, or ids of two texts")
    query = Query(
        given.query or None, given.filters, exact=given.exact, across=given.across or None
    )
    understood = asked.library.understand(query)
    found = asked.library.compare(
        understood,
        by=given.by,
        best=given.best,
        detailed=first + _DETAILED,
        state=asked.state,
    )
    record = _document("compare", found)
    notes = list(asked.notes)
    if not found.groups:
        notes += asked.voice.nothing(asked.library, understood)
    lists = {"groups": texts.group, "unasked": texts.muted, "silent": texts.muted}
    entries = [_taken(record, key, read) for key, read in (lists | {"small": texts.muted}).items()]
    head = f"{counted(len(found.groups), 'group')} by {found.by}, {len(found.silent)} silent."
    return Answer(record, islice(chain(*entries), first, None), head, notes, first)


def _texts(asked: Asked, given: arguments.Compare, first: int) -> Answer:
    if len(given.ids) != 2 or given.query or given.filters:
        raise SinorusError("two texts are compared by two ids", "give two ids and no query")
    only = given.only or None
    record = _document(
        "compare-texts", asked.library.compare_texts(*given.ids, only=only, update=False)
    )
    entries = [_taken(record, "rows", texts.row), _taken(record, "passages", texts.passage)]
    alike = f"{round(100 * (record['similarity'] or 0))} % of the words in common."
    return Answer(record, islice(chain(*entries), first, None), alike, asked.notes, first)


def quote(asked: Asked, given: arguments.Quote) -> Answer:
    """Paragraphs as quotations for a draft."""
    chosen = [name for name in ("sentence", "around", "words") if getattr(given, name)]
    if len(chosen) > 1:
        raise SinorusError(f"{chosen[0]} and {chosen[1]} exclude each other", "give one of them")
    found = asked.library.quote(
        *given.ids,
        style=given.style,
        marks=given.marks,
        sentence=given.sentence,
        around=given.around,
        words=given.words,
        update=False,
    )
    record = _document("quote", found)
    first = asked.place.position.entries
    entries = _taken(record, "results", texts.quotation, whole=True)
    head = f"{counted(len(found), 'quotation')}."
    return Answer(record, islice(entries, first, None), head, asked.notes, first)


def check(asked: Asked, given: arguments.Check) -> Answer:
    """What became of the quotations of a draft."""
    report = asked.library.check(
        given.text, kind=given.format, least_words=given.least_words, update=False
    )
    record = _document("check", [report])
    first = asked.place.position.entries
    found = counted(len(report.findings), "finding")
    head = f"{found}: {'all is as in the sources' if report.sound else 'not all is sound'}."
    if report.short:
        head += f" {report.short} too short to be looked up."
    entries = _taken(record, "results", texts.finding)
    return Answer(record, islice(entries, first, None), head, asked.notes, first)


def sources(asked: Asked, given: arguments.Sources) -> Answer:
    """The documents of the library."""
    first = asked.place.position.entries
    found = asked.library.sources(
        *given.words.split(), sort=given.sort, update=False, **given.filters
    )
    page = SourcePage.of(found, first, given.limit)
    record = _document("sources", page)
    entries = _taken(record, "results", texts.document)
    more = first + len(page) < page.total
    return Answer(
        record, iter(entries), f"{counted(page.total, 'document')}.", asked.notes, first, more
    )


Tool = Callable[[Asked, Any], Answer]
TOOLS: dict[str, tuple[type[arguments.Arguments], Tool]] = {
    "search": (arguments.Search, search),
    "show": (arguments.Show, show),
    "quote": (arguments.Quote, quote),
    "check": (arguments.Check, check),
    "compare": (arguments.Compare, compare),
    "sources": (arguments.Sources, sources),
}
"""What each takes and does, in the order in which they are listed."""


def _document(command: str, value: object) -> Record:
    """The JSON of a command, by the renderer that the command has."""
    rendered: Renderer[object] = cast("Any", renderer)(command, "json")
    found: Record = json.loads("".join(rendered(value, LOOK)))
    return found


def _taken(
    record: Record,
    key: str,
    read: Callable[[Record], Iterator[str]],
    *,
    whole: bool = False,
) -> list[Entry]:
    """The entries of a list of the JSON, which is empty afterwards."""
    entries = [Entry(key, one, read, whole) for one in record[key]]
    record[key] = []
    return entries
