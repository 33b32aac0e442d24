"""The entries of an answer as text to read, from the very records that are the JSON of commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sinorus.mcp.quoted import MARK, joined, line, quoted
from sinorus.model.wording import counted

Record = dict[str, Any]


def paragraph(record: Record) -> Iterator[str]:
    """A paragraph, with what it is cited by above it."""
    asked = f" ({record['check']})" if record.get("check") not in (None, "exact") else ""
    lacks = f" lacks {', '.join(record['missing'])}" if record.get("missing") else ""
    yield f"{MARK}{line(record['id'])}@{record['hash']}{asked}{line(lacks)}"
    yield _source(record)
    yield joined([*record.get("heading", ()), _kind(record)])
    for side, sign in (("before", "-"), ("after", "+")):
        if side == "after":
            yield from _text(record)
        for beside in record.get(side, ()):
            yield f"{MARK}({sign}) {line(beside['id'])}@{beside['hash']}"
            yield from quoted(beside["text"])
    yield _left_out(record)


def _text(record: Record) -> Iterator[str]:
    cut = record.get("cut")
    text = record["text"]
    if cut and cut["start"]:
        text = f"[…] {text}"
    if cut and cut["end"] < cut["of"]:
        text += " […, cut within a sentence]" if cut["mid_sentence"] else " […]"
    yield from quoted(text)


def _kind(record: Record) -> str:
    return "" if record.get("kind") in (None, "text") else f"({record['kind']})"


def _source(record: Record) -> str:
    page = record.get("page_label") or record.get("page")
    return joined(
        [
            record.get("title"),
            "; ".join(record.get("author") or ()),
            record.get("publisher"),
            record.get("date"),
            record.get("lang"),
            f"p. {page}" if page else None,
            record.get("speaker"),
        ]
    )


def _left_out(record: Record) -> str:
    return f"left out for want of room: {', '.join(found)}" if (found := _short(record)) else ""


def _short(record: Record) -> list[str]:
    shortened: list[str] = record.get("shortened", [])
    return shortened


def group(record: Record) -> Iterator[str]:
    """A group of sources, with what sets it apart and what it says best."""
    yield joined(
        [
            record["key"] or "unknown",
            f"{counted(record['matches'], 'match')} in "
            f"{counted(record['paragraphs'], 'paragraph')} of "
            f"{counted(record['documents'], 'document')}",
            f"{record['rate']} per 1,000 words",
            "–".join(dict.fromkeys(filter(None, (record["first"], record["last"])))),
        ]
    )
    yield joined([", ".join(one["word"] for one in record["keywords"])])
    for one in record["best"]:
        yield from paragraph(one)
    yield _left_out(record)


def muted(record: Record) -> Iterator[str]:
    """A group without a match, or that is too small."""
    size = f"{counted(record['documents'], 'document')}, {counted(record['words'], 'word')}"
    across = f"not asked in its language: {record['across']:,}" if record.get("across") else None
    yield joined([record["key"] or "unknown", size, across])


def row(record: Record) -> Iterator[str]:
    """Two paragraphs side by side."""
    yield f"{record['kind']}, likeness {record['similarity']}"
    for side in ("left", "right"):
        if record[side]:
            yield joined([side, record[side]["id"]])
            yield from quoted(record[side]["text"])
    yield _left_out(record)


def passage(record: Record) -> Iterator[str]:
    """Words that two texts have in common."""
    where = "moved, " if record["moved"] else ""
    yield joined([record["left"], record["right"], f"{where}{record['words']} words in common"])


def quotation(record: Record) -> Iterator[str]:
    """A quotation as it goes into a draft."""
    changed = f" ({record['check']})" if record["check"] not in (None, "exact") else ""
    yield f"{MARK}{line(record['reference'] or record['id'])}{changed}"
    yield from quoted(record["quotation"])
    yield _left_out(record)


def finding(record: Record) -> Iterator[str]:
    """What became of a quotation or a reference of a draft."""
    cautions = f" ({', '.join(record['cautions'])})" if record["cautions"] else ""
    yield f"{record['grade']}{cautions} {record['kind']} at {record['line']}:{record['column']}"
    yield from quoted(f"draft: {record['text']}")
    if record["id"]:
        yield joined([record["id"], record["title"]])
    if record["found"] and record["found"] != record["text"]:
        yield from quoted(f"source: {record['found']}")
    yield _left_out(record)


def document(record: Record) -> Iterator[str]:
    """A document, with what is known of it."""
    yield joined([record["id"]])
    size = f"{counted(record['paragraphs'], 'paragraph')}, {counted(record['words'], 'word')}"
    yield f"{_source(record) or MARK.strip()} · {size}"
    yield _left_out(record)
