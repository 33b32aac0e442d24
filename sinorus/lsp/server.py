"""The server: what an editor tells and asks, and who answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from sinorus import __version__
from sinorus.lsp import actions, completion, hover, places
from sinorus.lsp.desk import Desk, OpenLibrary
from sinorus.lsp.diagnostics import location
from sinorus.lsp.drafts import Buffer, Checked

if TYPE_CHECKING:
    from sinorus.library import Library

Answer = TypeVar("Answer")
QUOTE = "sinorus.quote"
"""The command that puts a quotation at a place: a draft's address, a line, a unit of it, an id."""


def made(open_library: OpenLibrary, update: bool | None) -> tuple[LanguageServer, Desk]:
    """A server that answers by libraries that `open_library` opens, and its desk."""
    # Whole texts: what pygls takes for the end of a line in a part of one is more than is one.
    server = LanguageServer(
        "sinorus", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
    )
    desk = Desk(server, open_library, update)
    _follow(server, desk)
    _answer(server, desk)
    _act(server, desk)
    return server, desk


def _follow(server: LanguageServer, desk: Desk) -> None:
    """Has drafts checked as they are opened, changed and saved."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        if desk.buffer(params.text_document.uri) is not None:
            desk.check(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        desk.check(params.text_document.uri, typing=True)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        desk.check(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        desk.forget(params.text_document.uri)


def _answer(server: LanguageServer, desk: Desk) -> None:
    """Answers what is asked about the place of the cursor."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(params: types.HoverParams) -> types.Hover | None:
        uri, place = params.text_document.uri, params.position
        found = await _at(desk, uri, place, places.paragraph_at)
        if found is None:
            return None
        text, span = found.text, found.range
        seen = server.client_capabilities.text_document
        plain = _is_plain(seen.hover.content_format if seen and seen.hover else None)
        return types.Hover(hover.as_content(text, plain), span)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def defined(params: types.DefinitionParams) -> types.Location | None:
        uri, place = params.text_document.uri, params.position
        found = await _at(desk, uri, place, places.opening_at)
        if found is None:
            return None
        paragraph = found.paragraph
        if paragraph is None or found.inside or not paragraph.line:
            return location(Path(found.file), 0)
        return location(Path(found.file), paragraph.line)

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=list(completion.TRIGGERS)),
    )
    async def completed(params: types.CompletionParams) -> types.CompletionList | None:
        buffer = desk.buffer(params.text_document.uri)
        if buffer is None:
            return None
        offset = buffer.lines.offset(params.position)
        seen = server.client_capabilities.text_document
        item = seen and seen.completion and seen.completion.completion_item
        plain = _is_plain(item.documentation_format if item else None)
        return await desk.ask(
            buffer.uri,
            lambda library: completion.completions(library, buffer, offset, plain=plain),
        )


def _act(server: LanguageServer, desk: Desk) -> None:
    """Says what can be done at a place, and does what is asked for by its name."""

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
    async def acted(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        buffer = desk.buffer(params.text_document.uri)
        if buffer is None:
            return None
        checked, told = desk.checked(buffer.uri), params.context.diagnostics
        return await desk.ask(
            buffer.uri,
            lambda library: list(actions.actions(library, buffer, checked, params.range, told)),
        )

    @server.command(QUOTE)
    async def quoted(uri: str, line: int, character: int, name: str) -> None:
        buffer = desk.buffer(uri)
        if buffer is None:
            return
        text = await desk.ask(uri, lambda library: actions.quoted(library, buffer, name))
        if text is not None:
            place = types.Position(line, character)
            edit = types.TextEdit(types.Range(place, place), text)
            changed = types.WorkspaceEdit(changes={uri: [edit]})
            await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(changed))


def _is_plain(known: Sequence[types.MarkupKind] | None) -> bool:
    """Whether an editor reads no Markdown; one that does not say so does."""
    return bool(known) and types.MarkupKind.Markdown not in (known or ())


async def _at(
    desk: Desk,
    uri: str,
    place: types.Position,
    question: Callable[[Library, Buffer, int, Checked | None], Answer | None],
) -> Answer | None:
    """What the library answers about a place of a draft."""
    buffer = desk.buffer(uri)
    if buffer is None:
        return None
    offset, checked = buffer.lines.offset(place), desk.checked(uri)
    return await desk.ask(buffer.uri, lambda library: question(library, buffer, offset, checked))
