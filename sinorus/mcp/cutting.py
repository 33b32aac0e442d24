"""What is left out of an entry that is larger than the whole answer may be, and how it is said.

A paragraph ends with a sentence, and the next answer goes on behind it. Where not even one
sentence has room it ends between words, and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from sinorus.citation.sentences import sentences

Record = dict[str, Any]
_LISTS = (
    *("same", "extra", "spans", "notes", "noted_by", "derived", "tags"),
    *("keywords", "best", "others", "heading", "missing", "author"),
)
"""What is left out, the first first; a reader can ask for each by the id."""
_WORDS = (
    *("title", "publisher", "url", "speaker", "citekey", "found", "cited", "key", "asked"),
    *("path", "page_label", "time"),
)
_LONGEST = 160
"""Characters of a title and the like that are kept where there is no room."""
_OFFSETS = ("spans", "matches")


def shortened(record: Record, fits: Callable[[Record], bool]) -> Record | None:
    """What fits of a record: without neighbours, else with less text, else without what may be
    known from elsewhere; None if none of that helps.
    """
    alone = _without(record, [key for key in ("before", "after") if record.get(key)])
    for tried in (alone, lean(alone, fits)):
        if fits(tried):
            return tried
        if isinstance(tried.get("matches"), list) and (part := _until_full(tried, fits)):
            return part
    return None


def _without(record: Record, keys: list[str]) -> Record:
    if not keys:
        return record
    empty: Record = {key: {} if isinstance(record[key], dict) else [] for key in keys}
    return record | empty | {"shortened": [*record.get("shortened", ()), *keys]}


def lean(record: Record, fits: Callable[[Record], bool]) -> Record:
    """The record without what has no room; `shortened` names what was left out."""
    found = dict(record)

    def drop(key: str, value: object) -> None:
        found.update({key: value, "shortened": [*found.get("shortened", ()), key]})

    for key in _LISTS:
        if fits(found):
            return found
        if found.get(key):
            found = _without(found, [key])
    for key in _WORDS:
        if isinstance(found.get(key), str) and len(found[key]) > _LONGEST:
            drop(key, found[key][:_LONGEST] + "…")
    for key in ("left", "right"):  # of two texts
        if isinstance(found.get(key), dict) and not fits(found):
            side = lean(found[key], lambda _: False) | {"changed": []}
            drop(key, _ended(side, "text"))
    if not fits(found) and "line" in found and "grade" in found:
        drop("text", _ended(found, "text")["text"])
        drop("changed", [])
        drop("found_changed", [])
    return found


def _ended(record: Record, key: str) -> Record:
    text = record[key]
    return record if len(text) <= _LONGEST else record | {key: text[:_LONGEST] + "…"}


def from_on(record: Record, start: int) -> Record:
    """The record of a paragraph without the first `start` characters of its text."""
    return _part(record, start, len(record["text"])) if start else record


def _until_full(record: Record, fits: Callable[[Record], bool]) -> Record | None:
    """The beginning of a paragraph's text that fits; None if no word does."""
    text = cast("str", record["text"])
    ends = [end for _, end in sentences(text)]
    if (whole := _most(record, ends, fits)) is not None:
        return whole
    words = [at for at, sign in enumerate(text) if at and (sign.isspace() or sign > "\u2e80")]
    return _most(record, words, fits, whole=False)


def _most(
    record: Record, ends: list[int], fits: Callable[[Record], bool], *, whole: bool = True
) -> Record | None:
    """The record with the most text that fits of those that end so."""
    low, high = 0, len(ends)
    best: Record | None = None
    while low < high:
        middle = (low + high) // 2
        tried = _part(record, 0, ends[middle], whole=whole)
        if fits(tried):
            best, low = tried, middle + 1
        else:
            high = middle
    return best


def _part(record: Record, start: int, end: int, *, whole: bool = True) -> Record:
    """A record with a part of its text; `cut` says which, and whether it ends with a sentence."""
    before = record.get("cut") or {"start": 0, "of": len(record["text"])}
    found = record | {
        "text": record["text"][start:end],
        "cut": {
            "start": before["start"] + start,
            "end": before["start"] + end,
            "of": before["of"],
            "mid_sentence": not whole,
        },
    }
    for key in _OFFSETS:
        found[key] = [
            span
            | {"start": max(span["start"], start) - start, "end": min(span["end"], end) - start}
            for span in record[key]
            if span["start"] < end and span["end"] > start
        ]
    return found
