"""Quotations to paste: each paragraph as a block quote, and under it where it is from.

Matches are not made bold, as emphasis that is not the source's would falsify a quotation. The
text keeps its own Markdown, if it has any; only what would break out of the quote is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sinorus.model import Document, Paragraph, SearchResult, Shown
from sinorus.render.look import Look
from sinorus.render.phrases import grouped, same_in
from sinorus.render.spans import reflowed
from sinorus.render.visible import harmless, one_line
from sinorus.render.windows import windows

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_BLOCK = re.compile(r"^(\s*)(?:([#>|~`=+*-])|(\d+)([.)]))(?=\s|[#>|~`=+*-]|$)")
_ADDRESS = re.compile(r"(?:https?|ftp|doi):\S", re.IGNORECASE)


def search(result: SearchResult, look: Look) -> Iterator[str]:
    """Every hit as a quotation with its neighbours; those of one stretch of a document are one.
    Headings where groups are asked for.
    """
    if look.batch:
        yield f"# {escaped(result.query)}\n\n"
    for heading, hits in grouped(result.hits, look.group_by):
        if heading:
            yield f"## {escaped(heading)}\n\n"
        for window in windows(hits):
            around = [one for hit in window for one in (*hit.before, hit.paragraph, *hit.after)]
            yield quotation(window[0].document, around)
            yield from (f"({escaped(same_in(hit))})\n\n" for hit in window if hit.same)


def show(shown: Sequence[Shown], look: Look) -> Iterator[str]:
    """Quotations; paragraphs that follow each other in a document are one."""
    run: list[Shown] = []
    for one in shown:
        if run and not _follows(run[-1], one):
            yield _run(run)
            run = []
        run.append(one)
    if run:
        yield _run(run)


def sources(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """A list of references."""
    for document in documents:
        yield f"- {reference(document, document.id)}\n"


def quotation(document: Document, paragraphs: Sequence[Paragraph], cited: str = "") -> str:
    """A block quote of paragraphs that follow each other, the reference, and an empty line.

    What is quoted is cited, one paragraph or all of the range, unless `cited` says it better.
    """
    quoted = "\n>\n".join(f"> {block_safe(paragraph.text)}" for paragraph in paragraphs)
    return f"{quoted}\n\n— {reference(document, cited or _range(paragraphs))}\n\n"


def _range(paragraphs: Sequence[Paragraph]) -> str:
    first, last = paragraphs[0], paragraphs[-1]
    return first.id if first.n == last.n else f"{first.id}-{last.n}"


def reference(document: Document, label: str) -> str:
    """`Author, *Title*, Publisher, date, [id](url)`, without what is not known."""
    told = [*map(escaped, document.authors)]
    if document.title:
        told.append(f"*{escaped(document.title).strip()}*")
    told += [escaped(part) for part in (document.publisher,) if part]
    told += [escaped(document.date.text)] if document.date else []
    address = document.url or ""
    named = escaped(harmless(label))
    told.append(f"[{named}](<{_percent_encoded(address)}>)" if _ADDRESS.match(address) else named)
    return ", ".join(told)


def block_safe(text: str) -> str:
    """The text on one line, escaped where Markdown would make it a list, a heading or a tag."""
    return _BLOCK.sub(_literal, _TAG.sub(r"\\<", reflowed(text)))


def escaped(text: str) -> str:
    """Plain text (titles, names) with all that Markdown would read escaped."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def _literal(found: re.Match[str]) -> str:
    # A year or a dash that begins a paragraph must not become a list, nor a # a heading.
    mark = f"\\{found[2]}" if found[2] else f"{found[3]}\\{found[4]}"
    return found[1] + mark


def _percent_encoded(address: str) -> str:
    octets = address.encode("utf-8", "replace")
    kept = b"!#$%&'()*+,-./:;=?@[]_~"
    return "".join(
        chr(b) if (b < 128 and chr(b).isalnum()) or b in kept else f"%{b:02X}" for b in octets
    )


def _follows(one: Shown, other: Shown) -> bool:
    where = (one.document.id, one.paragraph.n + 1, one.whole)
    return where == (other.document.id, other.paragraph.n, other.whole)


def _run(run: Sequence[Shown]) -> str:
    document, paragraphs = run[0].document, [one.paragraph for one in run]
    return quotation(document, paragraphs, document.id if run[0].whole else "")
