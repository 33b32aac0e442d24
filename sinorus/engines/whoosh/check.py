"""Whether a segment is as it was written, and agrees with itself."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from sinorus.engines.whoosh.commit import Commit, SegmentState, toc_name
from sinorus.engines.whoosh.segment.file import all_strings
from sinorus.engines.whoosh.segment.postings import SLOT_BITS, Postings
from sinorus.engines.whoosh.segment.reader import OpenSegment
from sinorus.engines.whoosh.segment.signs import SIGNS
from sinorus.errors import IndexDamagedError
from sinorus.model.dates import day_number

_RAISED = (
    *(ValueError, LookupError, TypeError, ArithmeticError, AttributeError, struct.error),
    RecursionError,
)
"""What reading raises on a file whose checksums are right and whose content is not. Not so
MemoryError: what a file says of sizes is compared with the file before anything is made of it."""
_MOST_FORMS = 1 << 16
"""Forms that slots of two bytes can tell apart."""
_MOST_LINES = 1 << 31
"""No file has so many lines."""


def check_commit(commit: Commit) -> list[str]:
    """What is wrong with a table of contents."""
    name = toc_name(commit.generation)
    try:
        texts, numbers = [commit.analysis, commit.updated], commit.totals()
        commit.skipped_files()
    except _RAISED as fault:
        return [f"{name}: {type(fault).__name__}: {fault}"]
    if all(type(one) is str for one in texts) and all(type(one) is int for one in numbers):
        return []
    return [f"{name}: it says what cannot be"]


def check_files(segments: Sequence[OpenSegment]) -> list[str]:
    """Whether each id and each path is there once; segments are sound by themselves."""
    found = []
    for what in ("ids", "paths"):
        texts: Counter[str] = Counter()
        for segment in segments:
            documents = segment.documents
            known = documents.ids() if what == "ids" else documents.paths()
            texts.update(known[ordinal] for ordinal in documents.alive())
        for text, count in texts.items():
            if count > 1:
                found.append(
                    f"{count} documents have the {what[:-1]} {text}: the next run mends it"
                )
    return found


def check_segment(state: SegmentState, segment: OpenSegment) -> list[str]:
    """What is wrong with a segment, a sentence each: every page is read, then every part."""
    found = segment.file.check()
    if found:
        return found
    name = segment.file.path.name
    try:
        for part in (_counts(state, segment), *(look(segment) for look in _LOOKS)):
            found += [f"{name}: {reason}" for reason in part]
            if found:
                break  # what comes after builds on it
    except IndexDamagedError as fault:
        found.append(fault.message.removeprefix("the index is damaged: "))
    except _RAISED as fault:
        found.append(f"{name}: {type(fault).__name__}: {fault}")
    return found


def _counts(state: SegmentState, segment: OpenSegment) -> Iterator[str]:
    documents = segment.documents
    if documents.deleted and len(documents.deleted) != -(-len(documents) // 8):
        yield "what is deleted from it is known of another number of documents"
        return
    if any(not 0 <= ordinal < len(documents) for ordinal, *_ in documents.touched()):
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


def _fields(segment: OpenSegment) -> tuple[Postings, ...]:
    return segment.text, segment.heads.words, segment.speakers.words, segment.value


def _order(segment: OpenSegment) -> Iterator[str]:
    """Dictionaries and orders are sorted, so that what is there is found."""
    documents = segment.documents
    for field in _fields(segment):
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


def _hashes(segment: OpenSegment) -> Iterator[str]:
    """Every paragraph has its place in the order of hashes, equal ones by their number."""
    hashes = segment.file["para.hashes"].numbers()
    order = segment.file["para.byhash"].numbers()
    if not np.array_equal(order, np.argsort(hashes, kind="stable")):
        yield "its section para.byhash is not sorted"


def _tables(segment: OpenSegment) -> Iterator[str]:
    """Where things begin ascends, from nothing to all there is; each number names something."""
    file, documents = segment.file, len(segment.documents)
    heads, speakers = (len(file[f"{name}.names.ends"]) - 1 for name in ("head", "speaker"))
    values = len(segment.keys)
    for name, count, end in (
        ("text.starts", segment.paragraphs, None),
        ("head.starts", heads, None),
        ("speaker.starts", speakers, None),
        ("value.starts", values, None),
        ("doc.first", documents, segment.paragraphs),
        ("head.first", heads, segment.paragraphs),
        ("speaker.first", speakers, segment.paragraphs),
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
    tokens = file["text.starts"][segment.paragraphs]
    for name in SIGNS:
        if len(file[f"text.{name}"]) not in (0, -(-tokens // 8)):
            yield f"its section text.{name} does not fit the others"
    for name in ("para.kinds", "para.prose"):
        if len(file[name]) != segment.paragraphs:
            yield f"its section {name} does not fit the others"
    for name in ("doc.rank", "doc.bytitle", "value.docs", "doc.faulty"):
        if np.any(file[name].numbers() >= documents):
            yield f"its section {name} names a document that it does not have"


def _texts(segment: OpenSegment) -> Iterator[str]:
    """Every text is UTF-8 (with surrogates, which names of files may have), and of its kind."""
    file = segment.file
    for ends in file:
        name = ends.removesuffix(".ends")
        if name == ends:
            continue
        items = all_strings(file[name], file[ends])
        try:
            for item in items:
                item.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            yield f"its section {name} is not UTF-8"
        if name == "value.keys" and any(item.find(b"\0") < 1 for item in items):
            yield "a value of its metadata has no name"
        if name == "text.forms" and any(b"\n" in item for item in items):
            yield "a form of a word has two lines"


def _lists(segment: OpenSegment) -> Iterator[str]:
    """Each list ascends and stays within its field, and its slots are those of known forms."""
    for field in _fields(segment):
        end = field.starts[len(field.starts) - 1]
        for stem in range(len(field.stems)):
            if _disorder(field, stem, end):
                yield f"the list of {field.stems[stem].decode(errors='replace')!r} is in disorder"
                return
    if _other_forms(segment):
        yield "its forms are not those of its dictionary"


def _other_forms(segment: OpenSegment) -> bool:
    """Whether a form names a stem, a case or a slot that there is not."""
    rows = segment.file["text.form.rows"].numbers().reshape(-1, 3)
    cases = segment.file["text.form.cases"].numbers()
    forms = segment.file["text.rows"].numbers().reshape(-1, 5)[:, 4]
    if len(rows) != len(segment.forms.terms) or np.any(rows[:, 0] >= len(forms)):
        return True
    first = np.append(rows[:, 1], len(cases)).astype(np.int64)
    if first[0] or np.any(first[1:] < first[:-1] + (len(rows) > 0)):
        return True
    owners = np.repeat(rows[:, 0], np.diff(first))
    return bool(np.any((cases & ((1 << SLOT_BITS) - 1)) >= forms[owners]))


def _disorder(field: Postings, stem: int, end: int) -> bool:
    entry = field.entry(stem)
    tokens = field.token_numbers(entry)
    if (
        len(tokens) != entry.tokens
        or not entry.tokens
        or not 0 < entry.document_frequency <= entry.tokens
    ):
        return True
    if entry.forms > _MOST_FORMS:
        return True
    if entry.forms > 1:
        slots = np.asarray(field.slots(entry))
        if len(slots) != entry.tokens or np.any(slots >= entry.forms):
            return True
    return bool(tokens[-1] >= end or np.any(tokens[1:] <= tokens[:-1]))


def _records(segment: OpenSegment) -> Iterator[str]:
    """All that is stored can be read, and says what can be."""
    documents, file = segment.documents, segment.file
    for number in range(segment.paragraphs):
        ordinal = documents.of(number)
        one = segment.paragraph(number, ordinal)
        lines = (1, one.line, one.end_line, _MOST_LINES)
        none = (one.line, one.end_line) == (0, 0)
        if not none and any(left > right for left, right in pairwise(lines)):
            yield f"paragraph {one.n} of a document stands at lines that cannot be"
            break
        size = documents.first[ordinal + 1] - documents.first[ordinal]
        if max((*one.notes, *one.noted_by), default=0) > size:
            yield f"paragraph {one.n} of a document names a footnote that it does not have"
            break
    documents.fingerprints()
    documents.faults()
    for ordinal in documents.alive():
        date = documents[ordinal].date
        days = [day_number(day) for day in (date.first, date.last)] if date else [0, 0]
        if [file["doc.since"][ordinal], file["doc.until"][ordinal]] != days:
            yield "a document is found by another date than its own"
            break


_LOOKS = (_tables, _order, _hashes, _texts, _lists, _records)
"""In this order: that nothing is made of sizes before they are known to be true."""
