"""The drafts that are open, and the libraries beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from sinorus.errors import SinorusError
from sinorus.lsp.diagnostics import diagnostics
from sinorus.lsp.drafts import Buffer, Checked, buffer_of
from sinorus.lsp.reader import Libraries, Reader

if TYPE_CHECKING:
    from sinorus.library import Library
    from sinorus.library.cursor import Mendings

Answer = TypeVar("Answer")
_PAUSE = 0.6
"""Seconds without a change after which a draft is checked again while somebody types."""
_CHEAP = 0.5
"""Seconds a check may have taken for that; what takes longer waits until the draft is saved."""


class Desk:
    """The drafts that are open and the libraries beside them.

    There are two readers of these: what is asked at the cursor does not wait for a check.
    """

    def __init__(self, server: LanguageServer, libraries: Libraries, update: bool | None) -> None:
        self.server = server
        turn = Lock()
        self._beside, self._checking = (
            Reader(name, libraries, update, turn) for name in ("asking", "checking")
        )
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
            found = library.mendings(buffer.text, kind=buffer.kind, name=name, update=False)
            return found, library.root, monotonic() - since

        folders = self._folders(uri)
        try:
            found, root, took = await self._checking.ask(folders, question, fresh=True)
        except SinorusError as fault:
            self.tell(fault)
            return
        self._took[uri] = took
        checked = self._checked[uri] = Checked(buffer, found)
        self._publish(uri, buffer.version, list(diagnostics(checked, root)))
        if not pause:
            self._beside.look(folders, now=True)
        if self._warming is None:  # not before: two would make a first index
            self._warming = asyncio.ensure_future(self.ask(uri, _warm))

    def _publish(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        told = types.PublishDiagnosticsParams(uri, found, version)
        self.server.text_document_publish_diagnostics(told)

    # -- the library

    async def ask(self, uri: str, question: Callable[[Library], Answer]) -> Answer | None:
        """What the library answers about a draft; None where there is none to ask."""
        try:
            return await self.demand(uri, question)
        except SinorusError:
            return None  # what is wrong is told by the check of the draft

    async def demand(self, uri: str, question: Callable[[Library], Answer]) -> Answer:
        """What the library answers to what somebody asked for by its name. Raises SinorusError.

        What changed in its files is indexed behind the answer, for the next one.
        """
        folders = self._folders(uri)
        try:
            return await self._beside.ask(folders, question)
        finally:
            self._beside.look(folders)

    def _folders(self, uri: str) -> list[Path]:
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
