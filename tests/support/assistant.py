"""An assistant as a server sees it: the SDK's own client, in memory or over real pipes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, MCPError, StdioServerParameters
from mcp.types import CallToolResult, TextContent
from support.program import PATIENCE, Sinorus

from sinorus import Library
from sinorus.cli.commands.mcp import session
from sinorus.cli.query_page import query_page
from sinorus.mcp.budget import serialised, tokens
from sinorus.mcp.server import make_server

QUERY_PAGE = "\n".join([*query_page()][2:])
ADDED = ("truncated", "cursor", "index_changed")
"""The keys that an answer has beside those of the JSON of its command."""


@dataclass(frozen=True)
class Reply:
    """What a tool answered."""

    text: str
    record: Any
    error: bool

    @property
    def size(self) -> int:
        """Its tokens, serialised as it goes over the wire."""
        wire: dict[str, Any] = {"content": [{"type": "text", "text": self.text}]}
        wire |= {"isError": self.error}
        if self.record is not None:
            wire |= {"structuredContent": self.record}
        return tokens(serialised(wire))

    @property
    def ids(self) -> list[str]:
        """The ids of the results."""
        return [one["id"] for one in self.record["results"]]

    @property
    def as_json(self) -> Any:
        """The record without what only an answer has."""
        return {key: value for key, value in self.record.items() if key not in ADDED}


class Assistant:
    """A client that waits for each answer."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self.portal, self.client = portal, client

    def call(self, tool: str, **given: Any) -> Reply:
        """What a tool answers; content and structure are there, or it is an error."""
        found: CallToolResult = self.portal.call(self.client.call_tool, tool, given)
        (content,) = found.content
        assert isinstance(content, TextContent)
        assert found.structured_content is None or not found.is_error
        return Reply(content.text, found.structured_content, found.is_error)

    def all(self, tool: str, **given: Any) -> list[Reply]:
        """All answers to a question, from cursor to cursor."""
        found = [self.call(tool, **given)]
        while cursor := found[-1].record["cursor"]:
            found.append(self.call(tool, **given, cursor=cursor))
            assert len(found) < 500
        return found

    def read(self, address: str) -> str:
        """The text of a resource. Raises MCPError."""
        (contents,) = self.portal.call(self.client.read_resource, address).contents
        return str(contents.text)  # type: ignore[union-attr]

    def refused(self, address: str) -> str:
        """Why a resource is not read."""
        try:
            self.read(address)
        except MCPError as fault:
            return str(fault)
        raise AssertionError(f"{address} was read")


HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "1"},
}


class Raw:
    """A server whose pipes are in our hands, after it was greeted."""

    def __init__(self, sinorus: Sinorus) -> None:
        self.process = subprocess.Popen(
            sinorus.command("mcp"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=sinorus.cwd,
            env=sinorus.environment,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.to, self.answers = self.process.stdin, self.process.stdout
        self.send(1, "initialize", HELLO)
        assert json.loads(self.answers.readline())["result"]["serverInfo"]["name"] == "sinorus"
        self.send(None, "notifications/initialized", {})

    def send(self, number: int | None, method: str, params: dict[str, Any]) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        message |= {"id": number} if number else {}
        self.to.write(json.dumps(message).encode() + b"\n")
        self.to.flush()

    def ask(self, number: int, tool: str, **given: Any) -> None:
        self.send(number, "tools/call", {"name": tool, "arguments": given})

    def answer(self, number: int) -> Any:
        """The answer to a request; others that come before it are dropped."""
        while True:
            message = json.loads(self.answers.readline())
            if message.get("id") == number:
                return message

    def ended(self) -> tuple[int, bytes]:
        """How the process ends, and what it said."""
        code = self.process.wait(PATIENCE)
        assert self.process.stderr is not None
        return code, self.process.stderr.read()

    def close(self) -> None:
        """Ends the process."""
        self.process.kill()
        self.process.wait()
        for stream in (self.to, self.answers, self.process.stderr):
            with suppress(BrokenPipeError):
                stream.close()  # type: ignore[union-attr]


@contextmanager
def _connected(server: Any, mode: str) -> Iterator[Assistant]:
    with start_blocking_portal() as portal:
        client = Client(server, mode=mode, read_timeout_seconds=PATIENCE)
        with portal.wrap_async_context_manager(client):
            yield Assistant(portal, client)


@contextmanager
def in_memory(
    root: Path, *, indexing: bool = False, text_only: bool = False, mode: str = "auto"
) -> Iterator[Assistant]:
    """A client of a server in this process."""
    settings = Library.at(root).settings
    asked = session(root, settings, indexing=indexing, text_only=text_only)
    try:
        with _connected(make_server(asked, QUERY_PAGE), mode) as found:
            yield found
    finally:
        asked.close()


@contextmanager
def over_pipes(sinorus: Sinorus, *arguments: str, mode: str = "legacy") -> Iterator[Assistant]:
    """A client of a server in a process of its own, in the folder of the program; `arguments` are
    those of the program, else it is `mcp` alone.
    """
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "sinorus", *(arguments or ["mcp"])],
        cwd=str(sinorus.cwd),
        env=sinorus.environment,
    )
    with _connected(server, mode) as found:
        yield found
