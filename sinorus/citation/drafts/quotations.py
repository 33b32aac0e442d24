"""Which words of a draft are quotations: between marks of all kinds, and set off in blocks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile
from operator import attrgetter
from typing import NamedTuple

from sinorus.citation.drafts.draft import Block, Cited, Draft
from sinorus.citation.drafts.pairs import PAIRS, TITLES, Marks, marks
from sinorus.citation.drafts.traced import Traced
from sinorus.citation.sentences import sentences
from sinorus.citation.wording import words_of

_EACH = frozenset("“«")
"""Marks that may stand before each paragraph of a long quotation, and behind the last alone."""
_SAYS = re.compile(rf"[曰云][：:](?![\s{re.escape(''.join(PAIRS))}])")
"""What stands before words without marks, in old Chinese books and those that cite them."""
_SENTENCE = 2_000
"""Characters in which a sentence ends."""
_NEAR = 250
"""Characters from a quotation within which a citation belongs to it."""
_TRANSLATED = re.compile(
    r"\b(?:tr|transl|trans)\.|\b(?:my|our|author['’]s|own) translation|"
    r"translation(?: is)? (?:mine|ours)|\btranslated by (?:me|us|the author)|[{.\s]translated\b|"
    r"пер(?:\.|евод)\s*(?:авт|мо[йе]|наш|с\s)|"
    r"перев[её]л[аи]? (?:мы|автор)|[作筆笔]者(?:自)?[译譯]|本[文人](?:作者)?[自]?[译譯]",
    re.I,
)
_OWN_LINE = re.compile(r"\n[ \t]*(?:—|–|―|--|~)[ \t]*[^\n]{1,200}\Z")
_SAID_BY = re.compile(r"(?:—|–|―|--)[ \t][^\n]{1,600}\Z")
_BEGINS = re.compile(
    r"(?:[^\w\\#<]|\\(?:begin\{\w+\*?\}|[A-Za-z]+(?=[\s{]))|#\+begin_\w+|#\w+(?=\[)|[#<\\]|(?<=<)\w+)*",
    re.I,
)
"""What may stand between a reference and the block quotation that it is of."""
_SOURCE = re.compile(
    r"\s*[(（](?=[^()（）]*(?:\d{3}|p\.|с\.|§|页|頁))[^()（）]{3,120}[)）][.。]?\Z"
)

_REFERENCE = re.compile(r"\s*<!--\s*sinorus:")
"""What stands behind the brackets in which a citation is spelled out."""
_SPELLED = 1_500
"""Characters of such a citation, its address included."""


class Quotation(NamedTuple):
    """What a draft says somebody wrote: the words, and for each character its offset.

    `cited` is what stands beside it. `translated`: the draft says that the words are the author's
    translation. `said` are the words of the draft before it. Not `closed`: nothing says where the
    words end, and they are those up to the end of the sentence.
    """

    words: Traced
    block: bool
    cited: tuple[Cited, ...] = ()
    translated: bool = False
    said: str = ""
    closed: bool = True

    @property
    def start(self) -> int:
        """The offset of the first character in the draft."""
        return self.words.at[0]

    @property
    def end(self) -> int:
        """The offset behind the last one."""
        return self.words.at[-1] + 1


class Quoted(NamedTuple):
    """The quotations of a draft in their order, how many others are too short, what is left."""

    quotations: Sequence[Quotation]
    short: int
    alone: Sequence[Cited]


class _Marked(NamedTuple):
    """Words from `start` to `end` of a block, behind a `mark`; `open`: none closes it, and they are
    those up to the end of the sentence or the next mark.
    """

    start: int
    end: int
    mark: int
    open: bool = False


def quotations(draft: Draft, least_words: int = 3) -> Quoted:
    """The quotations of a draft; those of up to so many words are counted as too short."""
    found = [one for one in _all(draft.blocks) if len(one[0].words)]
    every = _with_citations(draft, _without_titles(draft, found))
    long = [
        one
        for one in every
        if _size(one.words.text) > least_words and one.words.text[:1] not in TITLES
    ]
    taken = {cited for one in long for cited in one.cited}
    alone = [cited for cited in draft.cited if cited not in taken]
    return Quoted(long, len(every) - len(long), alone)


def _without_titles(
    draft: Draft, found: Sequence[tuple[Quotation, int]]
) -> list[tuple[Quotation, int]]:
    """What is no part of a title within the citation that is spelled out behind a quotation."""
    kept: list[tuple[Quotation, int]] = []
    for one in found:
        if kept and kept[-1][1] == one[1] and _is_spelled(draft.text, kept[-1][0].end, one[0]):
            continue
        kept.append(one)
    return kept


def _is_spelled(text: str, after: int, one: Quotation) -> bool:
    """Whether words stand in brackets that open behind an offset and close at a reference."""
    if one.start - after > _SPELLED:
        return False
    depth = 0
    for at in range(after, min(one.end + _SPELLED, len(text))):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if at < one.start and depth <= 0 and text[at] == ")":
            return False
        if at == one.start and depth <= 0:
            return False
        if at >= one.end and depth == 0:
            return _REFERENCE.match(text, at + 1) is not None
    return False


def _size(text: str) -> int:
    """The words of a short text, Han two characters a word; of a long one many."""
    words = words_of(text[:400])
    han = sum(len(word.form) == 1 and word.form >= "\u2e80" for word in words)
    return len(words) - han + (han + 1) // 2


def _all(blocks: Sequence[Block]) -> Iterator[tuple[Quotation, int]]:
    waiting: list[Traced] = []
    mark = ""
    for number, block in enumerate(blocks):
        text = block.prose.text
        if block.quoted:
            if not number or blocks[number - 1].quoted != block.quoted:
                yield Quotation(_of_block(blocks, number), block=True), number
            continue
        first, known = 0, marks(text)
        if waiting and text.startswith(mark):  # each paragraph of a long quotation begins so
            first = len(mark)
            end = known.closed.get(0)
            waiting.append(block.prose[first:end])
            if end is None and _goes_on(blocks, number, mark):
                continue
            yield Quotation(_joined(waiting), block=False, closed=end is not None), number
            first = len(text) if end is None else end + 1
        waiting = []
        for one in _marked(text, first, known):
            mark = text[one.mark]
            if one.open and mark in _EACH and _goes_on(blocks, number, mark):
                waiting = [block.prose[one.start :]]
                break
            start = one.mark if mark in TITLES else one.start
            said = text[max(0, one.start - 60) : one.start - 1]
            words = _trimmed(block.prose[start : one.end])
            yield Quotation(words, block=False, said=said, closed=not one.open), number


def _goes_on(blocks: Sequence[Block], number: int, mark: str) -> bool:
    """Whether the paragraph behind one begins as those of a long quotation do."""
    following = blocks[number + 1] if number + 1 < len(blocks) else None
    return following is not None and not following.quoted and following.prose.text[:1] == mark


def _of_block(blocks: Sequence[Block], first: int) -> Traced:
    """The words of a quotation that is set off, without the line that says whose they are."""
    parts = [
        block.prose
        for block in takewhile(
            lambda one: one.quoted == blocks[first].quoted, islice(blocks, first, None)
        )
    ]
    if len(parts) > 1 and _SAID_BY.match(parts[-1].text):
        parts.pop()
    return _bare(_joined(parts))


def _joined(parts: Sequence[Traced]) -> Traced:
    text = ""
    at: list[int] = []
    for part in parts:
        if text:
            text += "\n\n"
            at += [part.at[0] if len(part) else at[-1]] * 2
        text += part.text
        at += part.at
    return Traced(text, at)


def _trimmed(words: Traced) -> Traced:
    text = words.text
    return words[len(text) - len(text.lstrip()) : len(text.rstrip())]


def _bare(prose: Traced) -> Traced:
    """The words of a block without the line that says whose they are, and without its marks."""
    for pattern in (_OWN_LINE, _SOURCE):
        if (match := pattern.search(prose.text)) and match.start() > 20:
            prose = _trimmed(prose[: match.start()])
    text = prose.text
    if text[:1] in PAIRS and text[:1] not in TITLES:
        end = marks(text).closed.get(0)
        if end == len(text.rstrip(".。")) - 1:
            return _trimmed(prose[1:end])
    return prose


def _marked(text: str, at: int, known: Marks) -> Iterator[_Marked]:
    """The outermost quotations of a block."""
    says = {match.end() - 1 for match in _SAYS.finditer(text)}
    every = sorted([*known.closed, *known.open, *says])
    places = [place for place in every if place >= at]
    for place, following in pairwise([*places, len(text)]):
        if place < at:
            continue
        end = known.closed.get(place)
        if place in says:
            at = _end_of_sentence(text, place + 1, len(text))
            yield _Marked(place + 1, at, place)
        elif end is None:
            yield _Marked(place + 1, _end_of_sentence(text, place + 1, following), place, True)
        else:
            yield _Marked(place + 1, end, place)
            at = end + 1


def _end_of_sentence(text: str, start: int, most: int) -> int:
    """Where the sentence ends that begins at an offset; no further than `most`."""
    found = sentences(text[start : min(most, start + _SENTENCE)])
    return start + found[0][1] if found else start


def _with_citations(draft: Draft, found: list[tuple[Quotation, int]]) -> list[Quotation]:
    """The quotations with what is cited behind each, else before it in its block."""
    starts = [block.prose.at[0] for block in draft.blocks] + [len(draft.text) + 1]
    taken: set[Cited] = set()
    done: list[Quotation] = []
    for number, (one, block) in enumerate(found):
        following = found[number + 1][0].start if number + 1 < len(found) else len(draft.text) + 1
        bound = min(following, starts[_next(draft.blocks, block)])
        behind = _behind(draft, one, bound)
        last = done[-1].end if done else 0
        free = [
            cited
            for cited in _between(draft, last, one.start)
            if cited.end <= one.start and cited not in taken
        ]
        if free and one.block and _BEGINS.fullmatch(draft.text[free[-1].end : one.start]):
            # Where it stands before this one, what is behind it may be that of the next one.
            behind = [free[-1], *(cited for cited in behind if cited.key)]
        if not behind:
            near = [one.start - cited.end <= _NEAR for cited in free]
            behind = free[-1:] if near and near[-1] and free[-1].start >= starts[block] else []
        taken.update(behind)
        beside = draft.text[one.end : min(one.end + 120, bound)]
        translated = _TRANSLATED.search(beside) is not None
        done.append(one._replace(cited=tuple(behind), translated=translated))
    return done


def _next(blocks: Sequence[Block], number: int) -> int:
    """The number of the block behind a quotation that begins in one."""
    quoted = blocks[number].quoted
    number += 1
    while quoted and number < len(blocks) and blocks[number].quoted == quoted:
        number += 1
    return number


def _behind(draft: Draft, one: Quotation, bound: int) -> list[Cited]:
    """What is cited in and behind a quotation; unseen references however far they are."""
    start = one.start if one.block else one.end
    return [
        cited
        for cited in _between(draft, start, bound)
        if one.block or cited.reference or cited.start - one.end <= _NEAR
    ]


def _between(draft: Draft, start: int, end: int) -> Sequence[Cited]:
    """What is cited from one offset to another."""
    first = bisect_left(draft.cited, start, key=_start)
    return draft.cited[first : bisect_left(draft.cited, end, first, key=_start)]


_start = attrgetter("start")
