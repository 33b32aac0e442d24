"""The order of hits and of what they are sorted by, how many of a group, the same words once.

Where an engine sorts in its own way, it picks with `picked` all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeVar

from sinorus.engines.port import SearchRequest
from sinorus.model import Document
from sinorus.model.request import Sort

_TITLES = 1_000
"""Titles whose keys are kept: many paragraphs have the title of one document."""
Words = tuple[object, int]
"""The hash of the words of a paragraph, and how many there are: the hash alone has 32 bits."""
H = TypeVar("H")


class Candidate(NamedTuple):
    """Where a paragraph stands in every order: its document, its number in it, its score.

    `covered` is how many nodes of the coverage it matches, `number` the engine's own of it,
    `crossing` as hits have it, `words` what is equal for paragraphs with the same words.
    """

    document: Document
    n: int
    score: float
    covered: int
    number: int
    crossing: bool = False
    words: Words = ("", 0)


def ordered(candidates: Iterable[Candidate], request: SearchRequest) -> list[Candidate]:
    """The page of `candidates` that the request asks for, and one more if there is one: in order,
    capped and folded.
    """
    ranked = sorted(candidates, key=_by_score)
    _sort(ranked, request.sort)
    chosen = picked(ranked, request, lambda one: one.words, lambda one: one.document)
    return list(islice(chosen, request.offset, past(request)))


def past(request: SearchRequest) -> int | None:
    """Where the hits end that have to be known: one after the page tells whether more follow."""
    return None if request.limit is None else request.offset + request.limit + 1


def _by_score(one: Candidate) -> tuple[int, bool, float, str, int]:
    return (-one.covered, one.crossing, -one.score, one.document.id, one.n)


def _sort(candidates: list[Candidate], sort: Sort) -> None:
    """Sorts in place; what has no date or title comes last in any direction."""
    if sort in ("date", "-date"):
        candidates.sort(key=lambda one: (one.document.id, one.n))
        candidates.sort(
            key=lambda one: one.document.date.first if one.document.date else "",
            reverse=sort == "-date",
        )
        candidates.sort(key=lambda one: one.document.date is None)
    elif sort == "title":
        candidates.sort(key=lambda one: (one.document.id, one.n))
        candidates.sort(key=lambda one: title_key(one.document.title))
    elif sort == "source":
        candidates.sort(key=lambda one: (id_key(one.document.id), one.n))


@lru_cache(_TITLES)
def title_key(title: str | None) -> tuple[bool, str]:
    """What titles are sorted by: as people look for them; what has no title comes last."""
    from sinorus.text.order import natural_key  # few searches need it

    return (title is None, natural_key(title or ""))


@lru_cache(_TITLES)
def id_key(name: str) -> str:
    """What ids are sorted by as people look for them: `d2` before `d10`."""
    from sinorus.text.order import natural_key

    return natural_key(name)


def picked(
    ranked: Iterable[H],
    request: SearchRequest,
    words: Callable[[H], Words],
    document: Callable[[H], Document],
) -> Iterator[H]:
    """Those of `ranked` that are hits by themselves: folded into none before, and under the cap.

    What the cap keeps out folds nothing: its words may still stand in another document.
    """
    admit = None if request.cap is None else capped_groups(request.cap[0])
    seen: set[Words] = set()
    for one in ranked:
        its = words(one) if request.fold else None
        if its in seen:
            continue
        if admit and request.cap and not admit(document(one).groups(request.cap[1])):
            continue
        if its is not None:
            seen.add(its)
        yield one


def capped_groups(most: int) -> Callable[[Sequence[str | None]], bool]:
    """A test that lets `most` hits of each group pass, asked in their order with their groups."""
    taken: dict[str | None, int] = {}

    def admit(groups: Sequence[str | None]) -> bool:
        if all(taken.get(group, 0) >= most for group in groups):
            return False
        for group in groups:
            taken[group] = taken.get(group, 0) + 1
        return True

    return admit
