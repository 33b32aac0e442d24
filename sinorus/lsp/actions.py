"""What an editor can do to a draft: mend a quotation, add what it is from, put one in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lsprotocol.types import CodeAction, CodeActionKind, Diagnostic, Range, TextEdit, WorkspaceEdit

from sinorus.errors import SinorusError
from sinorus.lsp.diagnostics import SOURCE
from sinorus.lsp.drafts import Buffer, Checked
from sinorus.render.visible import harmless, one_line

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.library.cursor import Standing
    from sinorus.model import Finding

_FOUND = frozenset({"EXACT", "NORMALISED", "ELLIPSIS"})
_CLOSING = re.compile(r"[\"'”’»“‘」』＂}\])*_.,;]{0,4}|</\w+>")
_OPENED = re.compile(r"(?:<!--|/\*|//|%|\#|@@comment:|\[)?[ \t]*sinorus:[ \t]*\Z", re.I)


def actions(
    library: Library,
    buffer: Buffer,
    checked: Checked | None,
    where: Range,
    diagnostics: Sequence[Diagnostic],
) -> Iterator[CodeAction]:
    """What can be done where the cursor is; `checked` counts if it is of this very text."""
    if checked is not None and checked.buffer.version == buffer.version:
        for number in checked.at(where.start, where.end):
            finding, changes = (
                checked.mendings.report.findings[number],
                checked.mendings.changes[number],
            )
            mine = [one for one in diagnostics if _is_of(one, finding, checked)]
            if changes:
                edits = [
                    TextEdit(
                        buffer.lines.range(change.start, change.end), buffer.written(change.text)
                    )
                    for change in changes
                ]
                title = f"Mend: {one_line(changes[0].text)[:60]}"
                yield _action(buffer, title, edits, mine, preferred=True)
            if finding.kind == "quotation" and finding.cited is None and finding.grade in _FOUND:
                yield from _citing(library, buffer, checked, finding)
    offset = buffer.lines.offset(where.start)
    standing = library.standing_at(buffer.text, offset, buffer.kind)
    if standing is not None and standing.id and "#" in standing.id:
        yield from _of_id(library, buffer, standing)


def quoted(library: Library, buffer: Buffer, name: str) -> str:
    """A paragraph as a quotation for a draft. Raises SinorusError for what is not there."""
    style = buffer.style(library.settings["quote_style"])
    marks = library.settings["quote_marks"]
    (made,) = library.quote(name, style=style, marks=marks, keyed=False, update=False)
    return buffer.written(made.text)


def _is_of(diagnostic: Diagnostic, finding: Finding, checked: Checked) -> bool:
    return (
        diagnostic.source == SOURCE
        and diagnostic.code == finding.grade
        and diagnostic.range == checked.buffer.lines.range(*checked.span(finding))
    )


def _citing(
    library: Library, buffer: Buffer, checked: Checked, finding: Finding
) -> Iterator[CodeAction]:
    """To say behind a quotation what it is from."""
    if finding.id is None:
        return
    style = buffer.style(library.settings["quote_style"])
    try:
        (made,) = library.quote(finding.id, style=style, update=False)
    except SinorusError:
        return
    start, end = checked.span(finding)
    match = _CLOSING.match(buffer.text, end)
    end = match.end() if match else end
    line = buffer.text.find("\n", end)
    is_block = buffer.text[buffer.text.rfind("\n", 0, start) + 1 : start].strip() == ">"
    if is_block:
        end = line if line >= 0 else len(buffer.text)
    text = buffer.written(library.citation(made))
    edit = TextEdit(buffer.lines.range(end, end), text)
    yield _action(buffer, f"Cite {harmless(finding.id)}", [edit])


def _of_id(library: Library, buffer: Buffer, standing: Standing) -> Iterator[CodeAction]:
    """To add the hash to an id, and to put the quotation in its place."""
    try:
        (made,) = library.quote(str(standing.id), update=False)
    except (SinorusError, ValueError):
        return
    if not standing.key and "@" not in standing.written:
        named = f"{made.paragraphs[0].document}{made.reference[made.reference.rindex('#') :]}"
        span = buffer.lines.range(standing.start, standing.end)
        yield _action(buffer, f"Add the hash: {harmless(named)}", [TextEdit(span, named)])
    if not standing.key:
        start, end = _marked(library, buffer, standing)
        edit = TextEdit(buffer.lines.range(start, end), quoted(library, buffer, str(standing.id)))
        kind = CodeActionKind.RefactorRewrite
        yield _action(buffer, f"Quote {harmless(str(standing.id))}", [edit], kind=kind)


def _marked(library: Library, buffer: Buffer, standing: Standing) -> tuple[int, int]:
    """From where to where an id stands, with the marks that have it unseen."""
    start, end = standing.start, standing.end
    line = buffer.text.rfind("\n", 0, start) + 1
    opened = _OPENED.search(buffer.text, line, start)
    if opened is None:
        return start, end
    behind = library.unseen(buffer.kind)[1].strip()
    closed = re.compile(rf"[ \t]*{re.escape(behind)}").match(buffer.text, end) if behind else None
    return opened.start(), closed.end() if closed else end


def _action(
    buffer: Buffer,
    title: str,
    edits: Sequence[TextEdit],
    diagnostics: Sequence[Diagnostic] = (),
    *,
    kind: CodeActionKind = CodeActionKind.QuickFix,
    preferred: bool = False,
) -> CodeAction:
    return CodeAction(
        title=title,
        kind=kind,
        edit=WorkspaceEdit(changes={buffer.uri: list(edits)}),
        diagnostics=list(diagnostics) or None,
        is_preferred=preferred or None,
    )
