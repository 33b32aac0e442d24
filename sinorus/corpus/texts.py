"""Two texts side by side: the rows of their paragraphs and the passages they share."""

from __future__ import annotations

from collections.abc import Sequence

from sinorus.corpus.align import align, similarity
from sinorus.corpus.passages import find_passages
from sinorus.corpus.worddiff import word_difference
from sinorus.model import Document, Paragraph, Passage, Row, RowKind, Side, TextComparison
from sinorus.text.tokens import Tokens, tokenize


def compare_texts(
    left: Document,
    left_paragraphs: Sequence[Paragraph],
    right: Document,
    right_paragraphs: Sequence[Paragraph],
) -> TextComparison:
    """The rows in the order of both texts, the shared passages, and the overall similarity.

    Words are compared by folded form, so that case, accents, quotes and hyphens do not count. A
    moved row stands where its left paragraph does; between two rows with both sides, what only
    the left has comes before what only the right has. Similarity is 2·common / words of both,
    from 0 to 1, where common words stand in the same order in both paragraphs of a row; for the
    whole text it is that of the sums over all rows, so that what has moved counts as common and
    what is quoted inside other paragraphs does not (see `passages`). One paragraph against one
    is always one row.
    """
    ours = [tokenize(paragraph.text) for paragraph in left_paragraphs]
    theirs = [tokenize(paragraph.text) for paragraph in right_paragraphs]
    pairs = align(ours, theirs)
    rows: list[Row] = []
    common = 0
    partners = {pair.left: pair for pair in pairs}
    paired = {pair.right for pair in pairs}
    j = 0
    for i, paragraph in enumerate(left_paragraphs):
        pair = partners.get(i)
        if pair is None:
            rows.append(Row("left", Side(paragraph), None, 0.0))
            continue
        if not pair.moved:
            rows += _only_right(right_paragraphs, j, pair.right, paired)
            j = pair.right + 1
        other = right_paragraphs[pair.right]
        row, shared = _row(paragraph, ours[i], other, theirs[pair.right], pair.moved)
        rows.append(row)
        common += shared
    rows += _only_right(right_paragraphs, j, len(right_paragraphs), paired)
    words = sum(map(len, ours)), sum(map(len, theirs))
    found = find_passages(ours, theirs, {(pair.left, pair.right) for pair in pairs})
    passages = tuple(
        Passage(
            left=left_paragraphs[at.left].id,
            left_span=_span(ours[at.left], at.left_token, at.length),
            right=right_paragraphs[at.right].id,
            right_span=_span(theirs[at.right], at.right_token, at.length),
            words=at.length,
            moved=at.moved,
        )
        for at in found
    )
    return TextComparison(left, right, tuple(rows), passages, similarity(common, *words))


def _row(
    left: Paragraph, ours: Tokens, right: Paragraph, theirs: Tokens, moved: bool
) -> tuple[Row, int]:
    """A row with both sides, and how many words they have in common."""
    difference = word_difference(ours, theirs)
    equal = ours.forms == theirs.forms
    kind: RowKind = "moved" if moved else "same" if equal else "changed"
    alike = similarity(difference.common, len(ours), len(theirs))
    sides = Side(left, difference.left), Side(right, difference.right)
    return Row(kind, *sides, alike), difference.common


def _only_right(
    paragraphs: Sequence[Paragraph], start: int, end: int, paired: set[int]
) -> list[Row]:
    """Rows for what only the right has; its moved paragraphs stand in rows of their own."""
    alone = (paragraphs[j] for j in range(start, end) if j not in paired)
    return [Row("right", None, Side(paragraph), 0.0) for paragraph in alone]


def _span(tokens: Tokens, first: int, length: int) -> tuple[int, int]:
    return tokens.starts[first], tokens.ends[first + length - 1]
