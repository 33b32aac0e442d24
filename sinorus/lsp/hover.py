"""What an editor shows of a source beside a draft: never alive, whatever stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lsprotocol.types import MarkupContent, MarkupKind

from sinorus.model import Document, Finding, Paragraph, Shown
from sinorus.model.status import Check
from sinorus.render.checking import said
from sinorus.render.visible import harmless, many_lines, one_line

_LONGEST = 4_000
"""Characters of a text that are shown."""
_SIGNS = re.compile(r"[\\`*_\[\]<>|~$&@]|:(?=//)|(?<=www)\.|^(?:[-+=#]|\d+[.)])", re.I)
_CHECKS: Mapping[Check, str] = {
    "moved": "the paragraph has moved: this is where it stands now",
    "changed": "the paragraph has changed since",
}


def inert(text: str) -> str:
    """A text in Markdown that shows it as it is: no link, picture, tag, heading or list is left.

    Addresses are not made links by those who make them of bare ones.
    """
    lines = (_SIGNS.sub(_escaped, line.lstrip(" \t")) for line in many_lines(text).split("\n"))
    return "\\\n".join(lines)


def _escaped(match: re.Match[str]) -> str:
    return f"{match[0][:-1]}\\{match[0][-1]}"


def of_paragraphs(shown: Sequence[Shown], finding: Finding | None = None) -> str:
    """The paragraphs as Markdown: what became of the quotation, title, author, date, id, text."""
    first = shown[0]
    parts = [f"**{finding.grade}**: {inert(said(finding))}"] if finding else []
    parts.append(_head(first.document, _name(shown)))
    if first.check and first.check in _CHECKS:
        parts.append(f"*{_CHECKS[first.check]}*")
    if not first.whole:
        parts += [_quoted(one.paragraph) for one in shown]
    return "\n\n".join(parts)


def of_document(document: Document, key: str, beginning: Sequence[Paragraph]) -> str:
    """A document that is cited by its key, and how it begins."""
    head = _head(document, document.id)
    return "\n\n".join([head, f"cited by {inert(key)}", *map(_quoted, beginning)])


def as_content(markdown: str, plain: bool) -> MarkupContent:
    """What an editor gets; those that read no Markdown get it without its signs."""
    if plain:
        text = re.sub(r"\\(?=[!-/:-@\[-`{-~])|\\$|(?<!\\)[*`]", "", markdown, flags=re.MULTILINE)
        return MarkupContent(MarkupKind.PlainText, text)
    return MarkupContent(MarkupKind.Markdown, markdown)


def _head(document: Document, name: str) -> str:
    told = [", ".join(document.authors), document.publisher or ""]
    told.append(document.date.text if document.date else "")
    beside = ", ".join(inert(one_line(part)) for part in told if part)
    title = f"**{inert(one_line(document.title or document.id)).strip()}**"
    named = harmless(name)
    named = inert(named) if "`" in named else f"`{named}`"
    return "\\\n".join(filter(None, (title, beside, named)))


def _name(shown: Sequence[Shown]) -> str:
    first, last = shown[0].paragraph, shown[-1].paragraph
    if shown[0].whole:
        return shown[0].document.id
    upto = f"-{last.n}" if last.n != first.n else ""
    return f"{first.id}{upto}@{first.hash}"


def _quoted(paragraph: Paragraph) -> str:
    text = paragraph.text
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return "\n".join(f"> {line}" for line in inert(text).split("\n"))
