"""What an editor offers while somebody writes: citation keys, and hits for the sentence so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    CompletionList,
    InsertTextFormat,
    TextEdit,
)

from sinorus.errors import SinorusError
from sinorus.lsp.drafts import Buffer
from sinorus.lsp.hover import as_content, inert
from sinorus.model import Query
from sinorus.render.visible import harmless, one_line

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.model import Document, Hit

TRIGGERS = ("@", ":", "{", "<", " ")
"""Signs behind which an editor asks by itself."""
_KEYS = 200
_HITS = 20
_UNSEEN = re.compile(
    r"(?P<open>(?:<!--|/\*|//|%|(?<!\S)\#|@@comment:|\[)\s*)?(?<![\w/])sinorus(?P<set>[:=]\s*\"?)"
    r"(?P<typed>[^<>\"%]*)\Z",
    re.I,
)
_AT = r"(?<![\w\\/.@])@\{?(?P<typed>[^\s\[\]{}(),;@<>]*)\Z"
_CITED = {
    "markdown": re.compile(_AT),
    "plain": re.compile(_AT),
    "html": re.compile(_AT),
    "org": re.compile(_AT),
    "typst": re.compile(rf"{_AT}|#cite\(\s*<(?P<label>[^<>\s]*)\Z"),
    "latex": re.compile(
        r"\\[A-Za-z]*cite[A-Za-z]*\*?(?:\s?\[[^\[\]]*\]){0,2}\{(?:[^{}]*,)?\s*(?P<typed>[^{},\s]*)\Z"
    ),
}


class _Asked(NamedTuple):
    """What is completed: from an offset to the cursor, and what of it was typed."""

    start: int
    end: int
    typed: str


def completions(library: Library, buffer: Buffer, offset: int, *, plain: bool) -> CompletionList:
    """What fits at an offset of a draft: hits behind `sinorus:`, keys where one is cited."""
    start = buffer.text.rfind("\n", 0, offset) + 1
    line = buffer.text[start:offset]
    if match := _UNSEEN.search(line):
        items = list(_hits(library, buffer, start, match, plain=plain))
    elif match := _CITED[buffer.kind].search(line):
        typed = match["typed"] or match.groupdict().get("label") or ""
        items = list(_keys(library, buffer, _Asked(offset - len(typed), offset, typed)))
    else:
        items = []
    return CompletionList(is_incomplete=True, items=items)


def _keys(library: Library, buffer: Buffer, asked: _Asked) -> Iterator[CompletionItem]:
    typed = asked.typed.lower()
    keyed = library.keyed()
    first = [key for key in keyed if key.lower().startswith(typed)]
    others = (
        key
        for key, document in keyed.items()
        if typed and not key.lower().startswith(typed) and typed in _words(key, document)
    )
    found = [*sorted(first), *sorted(others)]
    for number, key in enumerate(found[:_KEYS]):
        yield CompletionItem(
            label=harmless(key),
            kind=CompletionItemKind.Reference,
            detail=_told(keyed[key]),
            filter_text=key if key in first else f"{asked.typed} {key}",
            sort_text=f"{number:04}",
            text_edit=TextEdit(buffer.lines.range(asked.start, asked.end), key),
            insert_text_format=InsertTextFormat.PlainText,
        )


def _words(key: str, document: Document) -> str:
    return " ".join([key, document.title or "", *document.authors, document.id]).lower()


def _told(document: Document) -> str:
    """Title, authors and year in one line."""
    told = [document.title or document.id, ", ".join(document.authors), document.year or ""]
    return ", ".join(one_line(part) for part in told if part)


def _hits(
    library: Library, buffer: Buffer, start: int, match: re.Match[str], *, plain: bool
) -> Iterator[CompletionItem]:
    before, after = library.unseen(buffer.kind)
    attribute = match["set"].startswith("=")
    first = match.start("typed") if attribute else match.start()
    end = start + match.end()
    if attribute:
        before = after = ""
    elif match["open"] is not None:
        after = _lacking(after, buffer.text[end : end + 10])
    asked = _Asked(start + first, end, match["typed"].strip())
    words = asked.typed or library.sentence_before(buffer.text, start + match.start(), buffer.kind)
    for hit in _found(library, words):
        reference = library.reference(hit.paragraph)
        yield CompletionItem(
            label=f"{hit.rank}. {_told(hit.document)}",
            kind=CompletionItemKind.Text,
            detail=harmless(f"{hit.paragraph.id}@{hit.paragraph.hash}"),
            documentation=as_content(inert(hit.paragraph.text), plain),
            filter_text=buffer.text[asked.start : end],
            sort_text=f"{hit.rank:04}",
            text_edit=TextEdit(
                buffer.lines.range(asked.start, end),
                buffer.written(f"{before}{reference}{after}"),
            ),
            insert_text_format=InsertTextFormat.PlainText,
        )


def _lacking(after: str, rest: str) -> str:
    """Of what closes a comment that was begun, what does not stand there."""
    sign = after.strip()
    if sign and rest.lstrip(" ").startswith(sign):
        return after.removesuffix(sign) if rest.startswith(sign) else ""
    return "" if not sign and rest.startswith("\n") else after


def _found(library: Library, words: str) -> tuple[Hit, ...]:
    """The paragraphs that have most of some words; none for what cannot be asked."""
    if not any(character.isalnum() for character in words):
        return ()
    query = Query(words, any_word=True, literal=True, limit=_HITS)
    try:
        return library.search(query, update=False).hits
    except SinorusError:
        return ()
