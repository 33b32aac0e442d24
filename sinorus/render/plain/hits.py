"""One record a line, for grep, cut and editors: nothing wrapped, nothing cut short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinorus.model import Document, Hit, Paragraph, SearchResult, Shown, Span
from sinorus.render.edits import BRACKETS, Edit, interleaved
from sinorus.render.look import Look
from sinorus.render.spans import merged, pieces, place, standing
from sinorus.render.visible import harmless, one_line
from sinorus.render.windows import merged as merged_windows


def search(result: SearchResult, look: Look) -> Iterator[str]:
    """`path:line:id:text`; a neighbouring paragraph has `-` for `:`, as with grep.

    Where a file has pages and no lines, `p. 7` is its line.

    Groups have no headings: every line is a record. What stands around several hits is there once.
    """
    lead = query_lead(result.query, look)
    for hit in merged_windows(result.hits):
        for line in found_lines(hit, look):
            yield f"{lead}{line}\n"


def found_lines(hit: Hit, look: Look) -> Iterator[str]:
    """The lines of one hit and its neighbours, without line ends."""
    for paragraph in hit.before:
        yield _head(hit.document, paragraph, look, "-") + one_line(paragraph.text)
    yield _head(hit.document, hit.paragraph, look) + highlighted(
        hit.paragraph.text, hit.matches, look
    )
    for paragraph in hit.after:
        yield _head(hit.document, paragraph, look, "-") + one_line(paragraph.text)


def show(shown: Sequence[Shown], look: Look) -> Iterator[str]:
    """`path:line:id:text`, with `-` for `:` where a paragraph is only context.

    Before one that has changed stands such a line with the id that was asked for, and in which
    words the text differs from what it was.
    """
    for one in shown:
        if one.was:
            asked = _head(one.document, one.paragraph, look, "-", id_=one.asked)
            yield f"{asked}{bracketed(one.was.text, one.paragraph.text, one.edits, look)}\n"
        head = _head(one.document, one.paragraph, look, "-" if one.context else ":")
        yield f"{head}{highlighted(one.paragraph.text, one.matches, look)}\n"


def vimgrep(result: SearchResult, look: Look) -> Iterator[str]:
    """`path:line:col:text`, a line for every match; `col` counts UTF-8 bytes from 1.

    What stands on no line is left out, since no editor goes there.
    """
    lead = f"[{one_line(result.query)}] " if look.batch else ""
    for hit in result.hits:
        yield from _places(hit.document, hit.paragraph, hit.matches, look, lead)


def show_places(shown: Sequence[Shown], look: Look) -> Iterator[str]:
    """The same of what was asked for and what stands around it."""
    for one in shown:
        yield from _places(one.document, one.paragraph, one.matches, look)


def _places(
    document: Document, paragraph: Paragraph, matches: Sequence[Span], look: Look, lead: str = ""
) -> Iterator[str]:
    if not paragraph.line:
        return
    path = look.styled(harmless(look.paths(document.path)), "path")
    text = highlighted(paragraph.text, matches, look)
    for offset in [start for start, _ in matches] or [0]:
        line, column = place(paragraph, offset)
        yield f"{path}:{look.styled(str(line), 'path')}:{column}:{lead}{text}\n"


def only_matching(result: SearchResult, look: Look) -> Iterator[str]:
    """`path:line:id:match`, a line for every match; `line` is that of the match."""
    lead = query_lead(result.query, look)
    for hit in result.hits:
        text = hit.paragraph.text
        for start, end in merged(hit.matches, len(text)):
            line, _ = place(hit.paragraph, start)
            head = _head(hit.document, hit.paragraph, look, line=line)
            yield f"{lead}{head}{look.styled(one_line(text[start:end]), 'match')}\n"


def highlighted(text: str, matches: Sequence[Span], look: Look) -> str:
    """The text on one line; its matches in colour, if there is colour."""
    if not look.colour:
        return one_line(text)
    parts = pieces(text, matches)
    return "".join(look.styled(part, "match") if is_match else part for part, is_match in parts)


def query_lead(query: str, look: Look) -> str:
    """What a line begins with when many queries are answered at once: the query and a tab."""
    return f"{one_line(query)}\t" if look.batch else ""


def bracketed(was: str, now: str, edits: Sequence[Edit], look: Look) -> str:
    """Two texts in one line, where they differ both between the brackets of wdiff."""
    return "".join(
        look.styled("".join((BRACKETS[side][0], part, BRACKETS[side][1])), side) if side else part
        for part, side in interleaved(was, now, edits)
    )


def _head(
    document: Document,
    paragraph: Paragraph,
    look: Look,
    mark: str = ":",
    line: int | None = None,
    id_: str = "",
) -> str:
    path, number = harmless(look.paths(document.path)), standing(paragraph, line)
    id_ = harmless(id_ or paragraph.id)
    if look.colour:
        path, number = look.styled(path, "path"), look.styled(number, "path")
        id_ = look.styled(id_, "id")
    return f"{path}{mark}{number}{mark}{id_}{mark}"
