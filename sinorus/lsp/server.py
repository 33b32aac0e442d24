"""The server: what an editor tells and asks, and who answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from sinorus import __version__
from sinorus.errors import SinorusError
from sinorus.lsp import actions, completion, hover, places
from sinorus.lsp.desk import Desk
from sinorus.lsp.diagnostics import location
from sinorus.lsp.drafts import Buffer, Checked
from sinorus.lsp.protocol import UNREADABLE, Answering

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.lsp.reader import Libraries

Answer = TypeVar("Answer")
_TOLD = 200
"""Characters of an address that are told."""
_LAST = (1 << 31) - 1
"""The largest number that the protocol has."""
QUOTE = "sinorus.quote"
"""The command that puts a quotation at a place: a draft's address, a line, a unit of it, an id."""


def made(libraries: Libraries, update: bool | None) -> tuple[LanguageServer, Desk]:
    """A server that answers by the libraries that drafts belong to, and its desk."""
    # Whole texts: what pygls takes for the end of a line in a part of one is more than is one.
    server = LanguageServer(
        "sinorus",
        __version__,
        text_document_sync_kind=types.TextDocumentSyncKind.Full,
        protocol_cls=Answering,
    )
    desk = Desk(server, libraries, update)
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
    async def quoted(*arguments: Any) -> None:
        match arguments:
            case (str(uri), int(line), int(character), str(name)) if min(line, character) >= 0:
                buffer = desk.buffer(uri)
            case _:
                raise JsonRpcInvalidParams(
                    f"{QUOTE} takes a draft's address, a line and a character from 0, and an id"
                )
        if buffer is None:
            raise JsonRpcInvalidParams(f"no draft is open at {uri[:_TOLD]}")
        try:
            text = await desk.demand(uri, lambda library: actions.quoted(library, buffer, name))
        except SinorusError as fault:
            told = f"{fault.message}: {fault.hint}" if fault.hint else fault.message
            raise JsonRpcException(told, types.LSPErrorCodes.RequestFailed.value) from None
        offset = buffer.lines.offset(types.Position(min(line, _LAST), min(character, _LAST)))
        edit = types.TextEdit(buffer.lines.range(offset, offset), text)
        changed = types.WorkspaceEdit(changes={uri: [edit]})
        await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(changed))

    @server.feature(UNREADABLE)
    def unreadable(method: str) -> None:
        raise JsonRpcInvalidParams(f"the parameters of {method} are not those of the protocol")


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
