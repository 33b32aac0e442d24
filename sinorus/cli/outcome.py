"""What is said beside an answer: how it was read, what it lacks, and why it is empty.

Each function gives sentences; whoever called decides where they stand: above the answer on a page,
or on standard error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sinorus.model.wording import counted, not_read, to_install
from sinorus.query.bounds import NAMED, shortened
from sinorus.render.phrases import CROSSING
from sinorus.render.visible import cell_width

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.library.searching import Understood
    from sinorus.model import NameUse, Query, SearchResult, TermUse

_QUOTED = 200
"""Characters of a part of a query that a notice quotes."""
_FORMS = 5
"""Forms of a name that a notice lists; --explain has them all."""


def of_names(names: Sequence[NameUse], room: int = 0) -> Iterator[str]:
    """Which names were searched in all their forms; in `room` cells where there are so many."""
    for use in names[:NAMED]:
        yield _name(use, room)
    if len(names) > NAMED:
        yield f"{len(names) - NAMED} more names also in other forms (--explain lists them)"


def _name(use: NameUse, room: int) -> str:
    if use.may_be:
        names = [f'"{name}"' for name in use.may_be[:_FORMS]]
        several = " or ".join(names if len(names) > 1 else [*names, "something else"])
        return f"{use.form}: only as written, since it may be {several} (write which)"
    return _also(use.form, use.others, " (--no-names: only as written)", " (--no-names)", room)


def of_terms(terms: Sequence[TermUse], room: int = 0) -> Iterator[str]:
    """Which words were asked in all languages, and in which senses; in `room` cells if it can."""
    for use in terms[:NAMED]:
        yield _term(use, room)
    if len(terms) > NAMED:
        yield f"{len(terms) - NAMED} more words also in other forms (--explain lists them)"


def _term(use: TermUse, room: int) -> str:
    senses = f" in {len(use.senses)} senses: {'; '.join(use.senses)}" if len(use.senses) > 1 else ""
    source = " by the dictionary" if use.source == "dictionary" else ""
    behind = f"{senses}{source} (--across)"
    return _also(use.form, use.others, behind, behind, room)


def _also(form: str, others: Sequence[str], behind: str, shorter: str, room: int) -> str:
    """With which forms another was searched; in one line of a terminal with as many as fit there,
    first one of each script.
    """
    told = f"{form}: also {_listed(others, _FORMS)}{behind}"
    if not room or cell_width(told) <= room:
        return told
    firsts = {_script(other): other for other in reversed(others)}
    ordered = sorted(others, key=lambda other: firsts[_script(other)] != other)
    for most in range(_FORMS, 0, -1):
        short = f"{form}: also {_listed(ordered, most)}{shorter}"
        if cell_width(short) <= room:
            return short
    return told


def _script(text: str) -> int:
    """A number for the script of a text, by its first character."""
    return next(at for at, least in enumerate("\u2e80\u0400\0") if text[:1] >= least)


def _listed(forms: Sequence[str], most: int) -> str:
    shown = list(forms[:most])
    if more := len(forms) - len(shown):
        shown.append(f"{more} more")
    return ", ".join(shown)


def of_across(across: Mapping[str, int]) -> Iterator[str]:
    """What the words would find in the languages in which they were not asked."""
    if told := _not_asked(across):
        yield told


def _not_asked(across: Mapping[str, int]) -> str:
    """`not asked in ru, zh: --across would find 15 and 8`; empty for nothing."""
    if not across:
        return ""
    counts = [f"{count:,}" for count in across.values()]
    told = " and ".join([", ".join(counts[:-1]), counts[-1]] if len(counts) > 1 else counts)
    return f"not asked in {', '.join(across)}: --across would find {told}"


def of_answer(
    library: Library,
    asked: Understood,
    result: SearchResult,
    *,
    on_page: bool,
    tells_hits: bool,
    terminal: bool,
) -> Iterator[str]:
    """What a reader of an answer must know: it is partial, cut off, or empty, and why.

    `on_page`: what is said will stand above the answer, which says itself how much was found;
    `tells_hits`: the format says what is peculiar to a hit. On a `terminal` it is always said how
    much was found.
    """
    if result.partial:
        yield from _of_partial(library, asked, result)
    elif not result.total:
        yield from of_nothing(library, asked)
        return
    yield from of_across(result.across)
    if not tells_hits:
        yield from _of_hits(result)
    every = result.total + result.lacking
    if not result.hits and result.offset and result.limit != 0:
        yield past_the_last(result.offset, every, "paragraph")
    elif on_page and result.hits:
        return
    elif len(result.hits) < every or result.lacking or terminal:
        yield _total(result)


def past_the_last(offset: int, every: int, what: str) -> str:
    """Why a page is empty."""
    return f"--offset {offset:,} is past the last of {counted(every, what)}"


def _of_partial(library: Library, asked: Understood, result: SearchResult) -> Iterator[str]:
    """Which words no paragraph has together, and what each of them would find elsewhere."""
    parts = library.explain(asked, suggest=True).parts
    missing = [part for part in parts if not part.paragraphs and not part.across]
    nowhere = [shortened(part.shown, _QUOTED) for part in missing[:NAMED]]
    if more := len(missing) - len(nowhere):
        nowhere.append(f"{more} more")
    meant = " or ".join(part.suggestion for part in missing if part.suggestion)
    meant = f", did you mean {meant}?" if meant else ""
    why = f" ({', '.join(nowhere)}: nowhere in the library{meant})" if nowhere else ""
    yield f"no paragraph has all of the words{why}; these have some of them"
    yield from _of_meant(asked)
    for part in parts:
        if part.across:
            yield f"{shortened(part.shown, _QUOTED)}: {_not_asked(part.across)}"


def _of_hits(result: SearchResult) -> Iterator[str]:
    crossing = sum(hit.crossing for hit in result.hits)
    if crossing:
        yield f"{crossing:,} of these {len(result.hits):,}: {CROSSING}"
    folded = sum(len(hit.same) for hit in result.hits)
    if folded:
        they = "paragraph has" if folded == 1 else "paragraphs have"
        yield f"{folded:,} more {they} the same words as these (--no-fold lists each)"


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


def of_nothing(library: Library, asked: Query | Understood) -> Iterator[str]:
    """Which part of a query finds nothing by itself, and how it may have been meant."""
    if library.is_empty():
        yield from of_empty(library)
        return
    said = ["nothing found"]
    explanation = library.explain(asked, most=NAMED, suggest=True)
    for part in explanation.parts:
        line = f"{shortened(part.shown, _QUOTED)}: {counted(part.paragraphs, 'paragraph')}"
        if part.across:
            line += f", {_not_asked(part.across)}"
        said.append(f"{line} (did you mean {part.suggestion}?)" if part.suggestion else line)
    if explanation.more:
        said.append("and more words")
    yield "; ".join(said)
    yield from _of_meant(asked)
    text, titles = library.titles(asked)
    if titles:
        yield f"in {counted(titles, 'title')}: {shortened(text, _QUOTED)}"
    if len(explanation.parts) > 1:
        yield from of_across(library.across(asked))
    yield from _of_kinds(library)


def of_empty(library: Library) -> Iterator[str]:
    """That a library has no documents."""
    folder = library.settings["sources"][0]
    yield f"the library is empty: put documents into {folder}/ or run sinorus add FILE…"
    yield from _of_kinds(library)


def _of_meant(asked: Query | Understood) -> Iterator[str]:
    """How a query is written here that looks like one of another program."""
    from sinorus.cli.foreign import query_meant
    from sinorus.library.searching import Understood

    query = asked.query if isinstance(asked, Understood) else asked
    if query.text and not query.literal and (told := query_meant(query.text)):
        yield told


def _of_kinds(library: Library) -> Iterator[str]:
    """Of what kinds the files are in which nothing can be found."""
    kinds, extras = library.other_kinds()
    if kinds:
        yield not_read(kinds)
    yield from to_install(kinds, extras)
