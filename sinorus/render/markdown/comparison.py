"""Comparisons to paste: tables of measures and of rows, quotations below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinorus.model import Comparison, Group, Row, Side, TextComparison
from sinorus.model.wording import counted
from sinorus.render import phrases
from sinorus.render.look import Look
from sinorus.render.markdown.hits import escaped, quotation
from sinorus.render.spans import reflowed_pieces


def compare(comparison: Comparison, look: Look) -> Iterator[str]:
    """A table of the groups, then the best paragraphs of each, then who is silent."""
    names = (
        escaped(comparison.by),
        "matches",
        "paragraphs",
        "documents",
        "words",
        "per 1,000",
        "dates",
    )
    yield _line(names) + _line([":--", *["--:"] * 5, ":--"])
    groups = comparison.groups[: phrases.MOST_GROUPS]
    for group in groups:
        yield _line(_measures(group))
    yield "\n"
    if more := phrases.more_groups(comparison):
        yield f"{escaped(more)}\n\n"
    for group in groups:
        yield f"## {escaped(phrases.group_name(group.key))}\n\n"
        if group.keywords:
            yield f"Keywords: {escaped(phrases.keywords(group))}\n\n"
        for hit in group.best:
            yield quotation(hit.document, [*hit.before, hit.paragraph, *hit.after])
    if note := phrases.rates_note(comparison):
        yield f"{_sentence(note)}\n\n"
    if comparison.silent:
        yield f"Silent: {escaped(phrases.silent_groups(comparison))}\n"
    for note in phrases.unasked_groups(comparison):
        yield f"\n{_sentence(note)}\n"


def compare_texts(comparison: TextComparison, look: Look) -> Iterator[str]:
    """A table of two columns; removed words ~~struck~~, added words **bold**."""
    yield f"{escaped(phrases.common(comparison))}.\n\n"
    documents = (comparison.left, comparison.right)
    heads = zip(documents, comparison.names, strict=True)
    yield _line([escaped(phrases.named(document, name)) for document, name in heads])
    yield _line([":--", ":--"])
    for row in comparison.rows:
        yield _line([_side(row, row.left, "~~"), _side(row, row.right, "**")])
    for passage in comparison.passages:
        moved = ", moved" if passage.moved else ""
        ends = f"{escaped(passage.left)} = {escaped(passage.right)}"
        yield f"\n- {ends}: {counted(passage.words, 'word')}{moved}"
    if comparison.passages:
        yield "\n"


def _sentence(text: str) -> str:
    return f"{escaped(text[0].upper() + text[1:])}."


def _measures(group: Group) -> list[str]:
    numbers = (group.matches, group.paragraphs, group.documents, group.words)
    return [
        escaped(phrases.group_name(group.key)),
        *(f"{number:,}" for number in numbers),
        f"{group.rate:.3f}",
        phrases.period(group.first, group.last),
    ]


def _side(row: Row, side: Side | None, mark: str) -> str:
    if side is None:
        return ""
    number = f"#{side.paragraph.n}"
    if row.kind == "moved" and row.left and side is row.right:
        number += f" moved from #{row.left.paragraph.n}"
    text = "".join(
        f"{mark}{escaped(part)}{mark}" if changed else escaped(part)
        for part, changed in reflowed_pieces(side.paragraph.text, side.changed)
    )
    return f"{escaped(number)}: {text}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
