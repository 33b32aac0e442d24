"""An editor that speaks with the language server: pytest-lsp's client, on a loop of its own."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Thread
from typing import Any, TypeVar

from lsprotocol import types
from pytest_lsp import LanguageClient
from pytest_lsp.client import make_test_lsp_client

Answer = TypeVar("Answer")
PATIENCE = 60
MARK = "¦"
"""Where the cursor is in a text of a test."""


class Editor:
    """A client of a server that is a process; its methods wait for what they ask."""

    def __init__(
        self,
        command: Sequence[str | bytes],
        environment: Mapping[str, str],
        root: Path | None,
        *,
        encodings: Sequence[str] = (),
        markdown: bool = True,
        process: int | None = None,
    ) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.root = root
        self.texts: dict[str, str] = {}
        self._came: asyncio.Event | None = None
        self.client: LanguageClient = make_test_lsp_client()
        self.client.server_exit = self._has_ended  # type: ignore[method-assign]
        self.code: int | None = None
        with NamedTemporaryFile() as number:
            words = ["-c", 'echo $$ > "$0"; exec "$@"', number.name, *map(os.fsdecode, command)]
            self.wait(self.client.start_io("sh", *words, env=dict(environment), cwd=root))
            self._initialize(root, encodings, markdown=markdown, process=process)
            self.process = int(Path(number.name).read_text())

    def _initialize(
        self, root: Path | None, encodings: Sequence[str], *, markdown: bool, process: int | None
    ) -> None:
        kinds = [types.MarkupKind.Markdown] if markdown else [types.MarkupKind.PlainText]
        item = types.ClientCompletionItemOptions(documentation_format=kinds)
        capabilities = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(
                position_encodings=[types.PositionEncodingKind(one) for one in encodings] or None
            ),
            text_document=types.TextDocumentClientCapabilities(
                hover=types.HoverClientCapabilities(content_format=kinds),
                completion=types.CompletionClientCapabilities(completion_item=item),
            ),
        )
        asked = types.InitializeParams(
            capabilities, process_id=process, root_uri=root.as_uri() if root else None
        )
        self.told = self.wait(self.client.initialize_session(asked))
        self.encoding = self.told.capabilities.position_encoding

    async def _has_ended(self, server: asyncio.subprocess.Process) -> None:
        self.code = server.returncode

    def exit_code(self) -> int:
        """Waits until the server has ended; its exit code."""

        async def ended() -> int:
            while self.code is None:
                await asyncio.sleep(0.005)
            return self.code

        return self.wait(ended())

    def wait(self, what: Coroutine[Any, Any, Answer] | Awaitable[Answer]) -> Answer:
        """The result of what is awaited."""

        async def within() -> Answer:
            return await asyncio.wait_for(what, PATIENCE)

        return asyncio.run_coroutine_threadsafe(within(), self._loop).result()

    def tell(self, what: Callable[[], None]) -> None:
        """Has something told to the server on the loop."""

        async def called() -> None:
            what()

        self.wait(called())

    def uri(self, name: str) -> str:
        """The address of a draft in the folder that is open."""
        return (self.root or Path("/nowhere")).joinpath(name).as_uri()

    def open(self, name: str, text: str, language: str = "markdown") -> list[types.Diagnostic]:
        """Opens a draft with a text that need not be saved; what is underlined."""
        uri = self.uri(name)
        item = types.TextDocumentItem(uri, language, 1, text)
        return self._told_of(
            uri,
            text,
            lambda: self.client.text_document_did_open(types.DidOpenTextDocumentParams(item)),
        )

    def change(self, name: str, text: str, version: int = 2) -> list[types.Diagnostic]:
        """Writes another text; what is underlined then."""
        self.write(name, text, version)
        return self.wait(self._diagnosed(self.uri(name)))

    def write(self, name: str, text: str, version: int = 2) -> None:
        """Writes another text, and waits for nothing."""
        uri = self.uri(name)
        self.texts[uri] = text
        self.client.diagnostics.pop(uri, None)
        change = types.TextDocumentContentChangeWholeDocument(text)
        document = types.VersionedTextDocumentIdentifier(version, uri)
        params = types.DidChangeTextDocumentParams(document, [change])
        self.tell(lambda: self.client.text_document_did_change(params))

    def save(self, name: str) -> list[types.Diagnostic]:
        """Says that a draft was saved; what is underlined then."""
        uri = self.uri(name)
        params = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri))
        return self._told_of(
            uri, self.texts[uri], lambda: self.client.text_document_did_save(params)
        )

    def _told_of(self, uri: str, text: str, tell: Callable[[], None]) -> list[types.Diagnostic]:
        self.texts[uri] = text
        self.client.diagnostics.pop(uri, None)
        self.tell(tell)
        return self.wait(self._diagnosed(uri))

    async def _diagnosed(self, uri: str) -> list[types.Diagnostic]:
        while uri not in self.client.diagnostics:
            await asyncio.sleep(0.005)
        return list(self.client.diagnostics[uri])

    def units(self, text: str) -> int:
        """How many units of the encoding a text takes."""
        if self.encoding == "utf-8":
            return len(text.encode())
        return len(text) if self.encoding == "utf-32" else len(text.encode("utf-16-le")) // 2

    def position(self, text: str, offset: int) -> types.Position:
        """The position of an offset."""
        before = text[:offset].replace("\r\n", "\n").split("\n")
        return types.Position(len(before) - 1, self.units(before[-1]))

    def in_range(self, name: str, span: types.Range) -> str:
        """The words of a draft in a range."""
        lines = self.texts[self.uri(name)].replace("\r\n", "\n").split("\n")
        start, end = (
            sum(len(line) + 1 for line in lines[: place.line])
            + self._code_points(lines[place.line], place.character)
            for place in (span.start, span.end)
        )
        return "\n".join(lines)[start:end]

    def _code_points(self, line: str, units: int) -> int:
        return next(at for at in range(len(line) + 1) if self.units(line[:at]) == units)

    def at(self, name: str, words: str, into: int = 1) -> types.TextDocumentPositionParams:
        """The place of some words of a draft."""
        text = self.texts[self.uri(name)]
        place = self.position(text, text.index(words) + into)
        return types.TextDocumentPositionParams(types.TextDocumentIdentifier(self.uri(name)), place)

    def hover(self, name: str, words: str, into: int = 1) -> str:
        """What is shown over some words; empty for nothing."""
        at = self.at(name, words, into)
        params = types.HoverParams(at.text_document, at.position)
        found = self.wait(self.client.text_document_hover_async(params))
        return found.contents.value if found else ""

    def definition(self, name: str, words: str) -> types.Location | None:
        """Where some words lead to."""
        at = self.at(name, words)
        params = types.DefinitionParams(at.text_document, at.position)
        return self.wait(self.client.text_document_definition_async(params))

    def complete(self, name: str, words: str) -> list[types.CompletionItem]:
        """What is offered behind some words."""
        at = self.at(name, words, len(words))
        params = types.CompletionParams(at.text_document, at.position)
        found = self.wait(self.client.text_document_completion_async(params))
        return list(found.items) if found else []

    def actions(
        self, name: str, words: str, diagnostics: Sequence[types.Diagnostic] = ()
    ) -> dict[str, types.CodeAction]:
        """What can be done at some words, by its title."""
        at = self.at(name, words)
        context = types.CodeActionContext(list(diagnostics))
        span = types.Range(at.position, at.position)
        params = types.CodeActionParams(at.text_document, span, context)
        found = self.wait(self.client.text_document_code_action_async(params))
        return {one.title: one for one in found or []}

    def edited(self, name: str, edits: Sequence[types.TextEdit]) -> str:
        """The text of a draft after edits."""
        text = self.texts[self.uri(name)]
        for edit in sorted(edits, key=lambda one: one.range.start, reverse=True):
            start, end = (self._offset(text, place) for place in (edit.range.start, edit.range.end))
            text = text[:start] + edit.new_text + text[end:]
        return text

    def _offset(self, text: str, place: types.Position) -> int:
        lines = text.split("\n")
        start = sum(len(line) + 1 for line in lines[: place.line])
        return start + self._code_points(lines[place.line], place.character)

    def end(self) -> int:
        """Takes leave in order; the server's exit code."""
        self.wait(self.client.shutdown_session())
        code = self.exit_code()
        self.close()
        return code

    def close(self) -> None:
        """Ends the loop, and the server if it is still there."""
        if self.code is None:
            os.kill(self.process, signal.SIGKILL)
            self.exit_code()
        self.wait(self.client.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
