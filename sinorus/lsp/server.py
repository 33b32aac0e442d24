"""The server: what an editor tells and asks, and who answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from sinorus import __version__
from sinorus.errors import SinorusError
from sinorus.lsp import actions, completion, hover, places
from sinorus.lsp.diagnostics import diagnostics, location
from sinorus.lsp.drafts import Buffer, Checked, buffer_of
from sinorus.lsp.reader import Reader

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.library.writing import Mendings

Answer = TypeVar("Answer")
OpenLibrary = Callable[[list[Path]], "Library"]
"""Opens the library of drafts in some folders, the first that has one."""
QUOTE = "sinorus.quote"
"""The command that puts a quotation at a place: a draft's address, a line, a unit of it, an id."""
_PAUSE = 0.6
"""Seconds without a change after which a draft is checked again while somebody types."""
_CHEAP = 0.5
"""Seconds a check may have taken for that; what takes longer waits until the draft is saved."""


class Desk:
    """The drafts that are open and the library beside them.

    There are two readers of it: what is asked at the cursor does not wait for a check.
    """

    def __init__(
        self, server: LanguageServer, open_library: OpenLibrary, update: bool | None
    ) -> None:
        self.server, self._open_library, self._update = server, open_library, update
        self._beside, self._checking = (Reader(name, self._open) for name in ("asking", "checking"))
        self._folders: list[Path] = []
        self._checked: dict[str, Checked] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._took: dict[str, float] = {}
        self._told: set[str] = set()
        self._warming: asyncio.Future[None] | None = None

    # -- drafts

    def buffer(self, uri: str) -> Buffer | None:
        """A draft as it stands in the editor; None for what is none."""
        workspace = self.server.workspace
        if uri not in workspace.text_documents:
            return None
        encoding = workspace.position_encoding or types.PositionEncodingKind.Utf16
        return buffer_of(workspace.text_documents[uri], encoding)

    def checked(self, uri: str) -> Checked | None:
        """What the last check said of a draft, perhaps of an older text of it."""
        return self._checked.get(uri)

    def check(self, uri: str, *, typing: bool = False) -> None:
        """Has a draft checked, in place of any check of it that was asked for before.

        While somebody is `typing` that waits for a pause, and is left if it takes long.
        """
        if typing and self._took.get(uri, 0.0) > _CHEAP:
            return
        if (task := self._tasks.get(uri)) is not None:
            task.cancel()
        self._tasks[uri] = asyncio.ensure_future(self._check(uri, _PAUSE if typing else 0))

    def forget(self, uri: str) -> None:
        """Has nothing said of a draft any more."""
        if (task := self._tasks.pop(uri, None)) is not None:
            task.cancel()
        if self._checked.pop(uri, None) is not None:
            self._publish(uri, None, [])

    async def _check(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        buffer = self.buffer(uri)
        if buffer is None:
            return

        def question(library: Library) -> tuple[Mendings, Path, float]:
            since = monotonic()
            name = Path(to_fs_path(uri) or uri).name
            library.look_again(self._update)
            found = library.mendings(buffer.text, kind=buffer.kind, name=name, update=False)
            return found, library.root, monotonic() - since

        if (answer := await self._answer(self._checking, uri, question)) is None:
            return
        found, root, self._took[uri] = answer
        checked = self._checked[uri] = Checked(buffer, found)
        self._publish(uri, buffer.version, list(diagnostics(checked, root)))
        if not pause:
            self._beside.look(self._update, now=True)
        if self._warming is None:  # not before: two would make a first index
            self._warming = asyncio.ensure_future(self.ask(uri, _warm))

    def _publish(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        told = types.PublishDiagnosticsParams(uri, found, version)
        self.server.text_document_publish_diagnostics(told)

    # -- the library

    async def ask(self, uri: str, question: Callable[[Library], Answer]) -> Answer | None:
        """What the library answers about a draft; None where there is none to ask, which is told.

        What changed in its files is indexed behind the answer, for the next one.
        """
        found = await self._answer(self._beside, uri, question)
        self._beside.look(self._update)
        return found

    async def _answer(
        self, reader: Reader, uri: str, question: Callable[[Library], Answer]
    ) -> Answer | None:
        self._folders = self._places(uri)
        try:
            return await reader.ask(question)
        except SinorusError as fault:
            self.tell(fault)
            return None

    def _open(self) -> Library:
        return self._open_library(self._folders)

    def _places(self, uri: str) -> list[Path]:
        """Where a library is looked for: the draft's folder, those that the editor has open."""
        workspace = self.server.workspace
        path = to_fs_path(uri)
        named = [path and str(Path(path).parent), workspace.root_path]
        named += [to_fs_path(folder) for folder in workspace.folders]
        return [Path(one) for one in named if one]

    def tell(self, fault: SinorusError) -> None:
        """Shows what is wrong, once."""
        text = f"sinorus: {fault.message}" + (f": {fault.hint}" if fault.hint else "")
        if text not in self._told:
            self._told.add(text)
            shown = types.ShowMessageParams(types.MessageType.Warning, text)
            self.server.window_show_message(shown)

    def close(self) -> None:
        """Ends what is going on."""
        for task in self._tasks.values():
            task.cancel()
        self._beside.close()
        self._checking.close()


def _warm(library: Library) -> None:
    """Has loaded what searching needs, before somebody asks."""
    library.refresh(update=False)
    library.keyed()
    library.search("China Россия 中国", any_word=True, limit=1, update=False)


def made(open_library: OpenLibrary, update: bool | None) -> tuple[LanguageServer, Desk]:
    """A server that answers by libraries that `open_library` opens, and its desk."""
    # Whole texts: what pygls takes for the end of a line in a part of one is more than is one.
    server = LanguageServer(
        "sinorus", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
    )
    desk = Desk(server, open_library, update)
    _follow(server, desk)
    _answer(server, desk)
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
