"""Whether a segment is as it was written, and agrees with itself."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from sinorus.engines.whoosh.codec.opened import OpenSegment
from sinorus.engines.whoosh.codec.postings import Postings
from sinorus.engines.whoosh.contents import Contents, SegmentState
from sinorus.errors import IndexDamagedError

_FAULTS = (
    *(ValueError, LookupError, TypeError, ArithmeticError, AttributeError, struct.error),
    *(MemoryError, RecursionError),
)
"""What reading comes upon in a file whose checksums are right and whose content is not."""


def check_contents(contents: Contents) -> list[str]:
    """What is wrong with a table of contents."""
    try:
        contents.skipped_files()
        contents.totals()
    except _FAULTS as fault:
        return [f"_MAIN_{contents.generation}.toc: {type(fault).__name__}: {fault}"]
    return []


def check_segment(state: SegmentState, segment: OpenSegment) -> list[str]:
    """What is wrong with a segment, a sentence each: every page is read, then every part."""
    found = segment.file.check()
    if found:
        return found
    name = segment.file.path.name
    try:
        for part in (_counts(state, segment), _order(segment), _tables(segment), _lists(segment)):
            found += [f"{name}: {reason}" for reason in part]
            if found:
                break  # what comes after builds on it
        _read_all(segment)
    except IndexDamagedError as fault:
        found.append(fault.message.removeprefix("the index is damaged: "))
    except _FAULTS as fault:
        found.append(f"{name}: {type(fault).__name__}: {fault}")
    return found


def _counts(state: SegmentState, segment: OpenSegment) -> Iterator[str]:
    documents = segment.documents
    if documents.deleted and len(documents.deleted) != -(-len(documents) // 8):
        yield "what is deleted from it is known of another number of documents"
        return
    if any(not 0 <= ordinal < len(documents) for ordinal, _, _ in json.loads(state.marks or "[]")):
        yield "a file is known of a document that it does not have"
    alive = list(documents.alive())
    first, words = documents.first, segment.file["doc.words"]
    paragraphs = sum(first[at + 1] - first[at] for at in alive)
    starts = segment.text.starts
    tokens = starts[len(starts) - 1]
    there = (len(alive), paragraphs, sum(words[at] for at in alive), segment.paragraphs, tokens)
    if there != state[1:6]:
        yield (
            f"it holds {there[0]} documents and {there[1]} paragraphs, not {state.documents} and "
            f"{state.paragraphs}"
        )


def _order(segment: OpenSegment) -> Iterator[str]:
    """Dictionaries and orders are sorted, so that what is there is found."""
    documents = segment.documents
    for field in (segment.text, segment.head, segment.value):
        if any(left >= right for left, right in pairwise(field.stems.all())):
            yield "its dictionary is not sorted"
    for terms in (segment.keys.all(), segment.forms.terms.all()):
        if any(left > right for left, right in pairwise(terms)):
            yield "its dictionary is not sorted"
    for name, texts in (("doc.byid", documents.ids()), ("doc.bypath", documents.paths())):
        order = segment.file[name].items().tolist()
        if sorted(order) != list(range(len(texts))) or any(
            texts[left] > texts[right] for left, right in pairwise(order)
        ):
            yield f"its section {name} is not sorted"


def _tables(segment: OpenSegment) -> Iterator[str]:
    """Where things begin ascends, from nothing to all there is; each number names something."""
    file, documents = segment.file, len(segment.documents)
    heads = len(file["head.names.ends"]) - 1
    values = len(segment.keys)
    for name, count, end in (
        ("text.starts", segment.paragraphs, None),
        ("head.starts", heads, None),
        ("value.starts", values, None),
        ("doc.first", documents, segment.paragraphs),
        ("head.first", heads, segment.paragraphs),
        ("value.first", values, len(file["value.docs"])),
        ("para.records.first", segment.records.blocks(), segment.paragraphs),
        *(
            (other, len(file[other]) - 1, file[other.removesuffix(".ends")].size)
            for other in file
            if other.endswith(".ends")
        ),
    ):
        numbers = file[name].numbers().astype(np.int64)
        last = numbers[-1] if end is None else end
        if len(numbers) != count + 1 or (numbers[0], numbers[-1]) != (0, last):
            yield f"its section {name} does not fit the others"
        elif np.any(np.diff(numbers) < 0):
            yield f"its section {name} does not ascend"
    for name in ("words", "sizes", "mtimes", "since", "until", "rank", "bytitle"):
        if len(file[f"doc.{name}"]) != documents:
            yield f"its section doc.{name} does not fit the others"
    for name in ("doc.rank", "doc.bytitle", "value.docs", "doc.faulty"):
        if np.any(file[name].numbers() >= documents):
            yield f"its section {name} names a document that it does not have"


def _lists(segment: OpenSegment) -> Iterator[str]:
    """Each list ascends and stays within its field, and its slots are those of known forms."""
    for field in (segment.text, segment.head, segment.value):
        end = field.starts[len(field.starts) - 1]
        for stem in range(len(field.stems)):
            if _disorder(field, stem, end):
                yield f"the list of {field.stems[stem].decode(errors='replace')!r} is in disorder"
                return
    rows = segment.file["text.form.rows"].numbers().reshape(-1, 3)
    forms = segment.file["text.rows"].numbers().reshape(-1, 5)[:, 4]
    if (
        len(rows) != len(segment.forms.terms)
        or np.any(rows[:, 0] >= len(forms))
        or np.any(rows[:, 1] >= forms[rows[:, 0]])
    ):
        yield "its forms are not those of its dictionary"


def _disorder(field: Postings, stem: int, end: int) -> bool:
    entry = field.entry(stem)
    tokens = field.token_numbers(entry)
    if len(tokens) != entry.tokens or not entry.tokens or not 0 < entry.having <= entry.tokens:
        return True
    if entry.forms > 1:
        slots = np.asarray(field.slots(entry))
        if len(slots) != entry.tokens or np.any(slots >= entry.forms):
            return True
    return bool(tokens[-1] >= end or np.any(tokens[1:] <= tokens[:-1]))


def _read_all(segment: OpenSegment) -> None:
    for key in range(segment.paragraphs):
        segment.paragraph(key)
    segment.documents.fingerprints()
    segment.documents.faults()
    for ordinal in segment.documents.alive():
        segment.documents[ordinal]
