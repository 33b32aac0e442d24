"""Which words of paragraphs are quoted: sentences by number or by words in them, words to words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sinorus.citation.quotations import Excerpt, whole
from sinorus.citation.sentences import sentences
from sinorus.errors import SinorusError
from sinorus.model import Paragraph, Span
from sinorus.text.tokens import tokenize

_NUMBERS = re.compile(r"(\d{1,9})(?:(?:\.\.|-)(\d{1,9}))?$")


class Cut(NamedTuple):
    """What is wanted of paragraphs; nothing: all of them.

    `sentence` has numbers and ranges, `2` and `4..6`, counted from 1 through all paragraphs.
    `around` are words, whose sentence is quoted with `sentences` more on each side. `words` is
    `FROM..TO`: from some words to others, or from the number of a word to that of another.
    """

    sentence: Sequence[str] = ()
    around: str = ""
    sentences: int = 0
    words: str = ""


def excerpts(asked: str, paragraphs: Sequence[Paragraph], cut: Cut) -> list[Excerpt]:
    """The pieces that are wanted of the paragraphs. Raises SinorusError where there are none."""
    if cut.sentence:
        return _by_number(asked, paragraphs, cut.sentence)
    if cut.around:
        return _around(asked, paragraphs, cut)
    if cut.words:
        return [_from_to(asked, paragraphs, cut.words)]
    return [whole(one) for one in paragraphs]


def _by_number(
    asked: str, paragraphs: Sequence[Paragraph], numbers: Sequence[str]
) -> list[Excerpt]:
    every = [(one, span) for one in paragraphs for span in sentences(one.text)]
    wanted: set[int] = set()
    for written in numbers:
        match = _NUMBERS.match(written.strip())
        if match is None:
            raise SinorusError(f"{written[:60]!r} is no sentence", "write 2, or 2..4 for several")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= len(every):
            there = "1 sentence" if len(every) == 1 else f"{len(every)} sentences"
            raise SinorusError(f"{asked} has {there}, there is no {written}", "they count from 1")
        wanted.update(range(first, last + 1))
    return _grouped([every[n - 1] for n in sorted(wanted)])


def _grouped(chosen: Sequence[tuple[Paragraph, Span]]) -> list[Excerpt]:
    """Sentences by their paragraph; those that follow each other are one piece."""
    found: list[Excerpt] = []
    for paragraph, (start, end) in chosen:
        last = found[-1] if found and found[-1].paragraph is paragraph else None
        if last is None:
            found.append(Excerpt(paragraph, ((start, end),)))
        elif paragraph.text[last.pieces[-1][1] : start].strip():
            found[-1] = Excerpt(paragraph, (*last.pieces, (start, end)))
        else:
            pieces = (*last.pieces[:-1], (last.pieces[-1][0], end))
            found[-1] = Excerpt(paragraph, pieces)
    return found


def _around(asked: str, paragraphs: Sequence[Paragraph], cut: Cut) -> list[Excerpt]:
    every = [(one, span) for one in paragraphs for span in sentences(one.text)]
    for one in paragraphs:
        if found := find_words(one.text, cut.around):
            first, last = found
            held = [
                at
                for at, (paragraph, (start, end)) in enumerate(every)
                if paragraph is one and start < last and first < end
            ]
            begin, stop = held[0] - cut.sentences, held[-1] + cut.sentences + 1
            return _grouped(every[max(begin, 0) : stop])
    raise SinorusError(
        f"{asked} has no {cut.around[:80]!r}",
        "write words as they stand there",
    )


def _from_to(asked: str, paragraphs: Sequence[Paragraph], written: str) -> Excerpt:
    before, dots, after = written.partition("..")
    if not dots or not (before.strip() and after.strip("…. ")):
        raise SinorusError(f"{written[:80]!r} does not say from where to where", "write FROM..TO")
    numbers = _NUMBERS.match(written.strip())
    for one in paragraphs:
        if numbers:
            tokens = tokenize(one.text)
            first, last = int(numbers[1]), int(numbers[2])
            if 1 <= first <= last <= len(tokens):
                return Excerpt(one, ((tokens.starts[first - 1], tokens.ends[last - 1]),))
        elif (begin := find_words(one.text, before)) and (
            end := find_words(one.text, after, begin[0])
        ):
            return Excerpt(one, ((begin[0], max(begin[1], end[1])),))
    raise SinorusError(
        f"{asked} has no words {written[:80]!r}", "write FROM..TO as they stand there"
    )


def find_words(text: str, words: str, start: int = 0) -> Span | None:
    """Where words stand in a text, one after the other: case, accents and marks do not count."""
    wanted = tokenize(words).forms
    tokens = tokenize(text)
    size = len(wanted)
    for at in range(len(tokens) - size + 1 if size else 0):
        if tokens.starts[at] >= start and tokens.forms[at : at + size] == wanted:
            return tokens.starts[at], tokens.ends[at + size - 1]
    return None
