"""The language server by what goes over the wire: what is wrong, what is far off, how it ends."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest
from support.program import PATIENCE, Sinorus, last_lines
from support.small_libraries import make_library

INVALID, FAILED = -32602, -32803
WORDS = "The envoys met at Nerchinsk in August, and the line followed the rivers to the north."
OTHER = "The price of gas was not published by the two companies that had agreed on it."


class Wire:
    """A server whose pipes are in our hands, after it was greeted."""

    def __init__(self, home: Path, *folders: Path) -> None:
        home.mkdir(exist_ok=True)
        program = Sinorus(home)
        self._errors = TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            program.command("lsp"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=home,
            env=program.environment,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.to, self.answers = self.process.stdin, self.process.stdout
        self._number = 0
        self.told: dict[str, list[Any]] = {}
        """What was said of drafts, by their address."""
        self.versions: dict[str, Any] = {}
        """Of which of their texts that was."""
        self.edits: list[Any] = []
        named = [{"uri": one.as_uri(), "name": one.name} for one in folders]
        hello = {"processId": None, "rootUri": None, "capabilities": {}, "workspaceFolders": named}
        self.ask("initialize", hello)
        self.send(method="initialized", params={})

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.to.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.to.flush()

    def read(self) -> Any:
        """The next message."""
        head = self.answers.readline()
        while self.answers.readline().strip():
            pass
        return json.loads(self.answers.read(int(head.split(b":")[1])))

    def ask(self, method: str, params: Any) -> Any:
        """The answer to a request: its result or its error."""
        self._number += 1
        self.send(id=self._number, method=method, params=params)
        while True:
            message = self.read()
            if "method" in message:
                self._take(message)
            elif message["id"] == self._number:
                return message["error"] if "error" in message else message["result"]

    def hear(self) -> None:
        """Waits for what the server says next."""
        self._take(self.read())

    def _take(self, message: Any) -> None:
        """Keeps what the server tells, and does what it asks for."""
        if message["method"] == "textDocument/publishDiagnostics":
            said = message["params"]
            self.told[said["uri"]] = said["diagnostics"]
            self.versions[said["uri"]] = said.get("version")
        elif message["method"] == "workspace/applyEdit":
            self.edits.append(message["params"]["edit"])
            self.send(id=message["id"], result={"applied": True})

    def open(self, path: Path, text: str) -> Any:
        """What is said of a draft."""
        self.begin(path, text)
        while path.as_uri() not in self.told:
            self.hear()
        return self.told[path.as_uri()]

    def begin(self, path: Path, text: str) -> None:
        item = {"uri": path.as_uri(), "languageId": "markdown", "version": 1, "text": text}
        self.told.pop(path.as_uri(), None)
        self.send(method="textDocument/didOpen", params={"textDocument": item})

    def quote(self, *arguments: Any) -> Any:
        """What the command says."""
        return self.ask(
            "workspace/executeCommand", {"command": "sinorus.quote", "arguments": arguments}
        )

    def hover(self, path: Path, line: int, character: int) -> Any:
        place = {"line": line, "character": character}
        return self.ask(
            "textDocument/hover", {"textDocument": {"uri": path.as_uri()}, "position": place}
        )

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.to, self.answers, self._errors):
            stream.close()

    def ended(self) -> tuple[int, bytes]:
        """How the process ends, and what it said."""
        code = self.process.wait(PATIENCE)
        self._errors.seek(0)
        return code, self._errors.read()


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two libraries beside each other."""
    base = tmp_path_factory.mktemp("wire")
    return (
        make_library(base / "one", {"treaty.md": f"{WORDS}\n"}),
        make_library(base / "two", {"gas.md": f"{OTHER}\n"}),
    )


@pytest.fixture(scope="module")
def wire(libraries: tuple[Path, Path]) -> Iterator[Wire]:
    """A server with both folders open."""
    found = Wire(libraries[0].parent / "home", *libraries)
    yield found
    found.close()


def test_each_draft_is_held_against_the_library_of_its_own_folder(
    wire: Wire, libraries: tuple[Path, Path]
) -> None:
    one, two = libraries
    text = f"“{WORDS}” (treaty#1) “{OTHER}” (gas#1)\n"
    for root, lacks in ((one, OTHER), (two, WORDS), (one, OTHER)):
        found = wire.open(root / "draft.md", text)
        start = text.index(lacks)
        quoted = [one for one in found if one["code"] == "NOT-FOUND" and one["message"]]
        assert start in [one["range"]["start"]["character"] for one in quoted]
        assert text.index(WORDS if lacks == OTHER else OTHER) not in [
            one["range"]["start"]["character"] for one in found
        ]
    assert "Nerchinsk" in str(wire.hover(one / "draft.md", 0, text.index("treaty#1") + 1))
    assert "price of gas" in str(wire.hover(two / "draft.md", 0, text.index("gas#1") + 1))
    assert wire.hover(two / "draft.md", 0, text.index("treaty#1") + 1) is None


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/hover", {}),
        ("textDocument/hover", None),
        ("textDocument/hover", [1]),
        ("textDocument/hover", {"textDocument": {"uri": "a"}, "position": {"line": -1}}),
        (
            "textDocument/completion",
            {"textDocument": {"uri": "a"}, "position": {"line": -1, "character": 10**30}},
        ),
        ("textDocument/definition", {"textDocument": 3, "position": "here"}),
        ("textDocument/codeAction", {"textDocument": {"uri": "a"}}),
        ("workspace/executeCommand", {"command": "no such"}),
        ("workspace/executeCommand", {"command": "sinorus.quote"}),
        ("workspace/executeCommand", {"command": "sinorus.quote", "arguments": ["a", 1]}),
        ("workspace/executeCommand", {"command": "sinorus.quote", "arguments": ["a", "b", 1, 2]}),
        ("workspace/executeCommand", {"command": "sinorus.quote", "arguments": ["a", 1, 1, "b"]}),
    ],
)
def test_a_request_with_wrong_parameters_is_answered(wire: Wire, method: str, params: Any) -> None:
    answer = wire.ask(method, params)
    assert answer["code"] == INVALID
    assert answer["message"]


def test_what_is_told_and_wrong_ends_nothing(wire: Wire, libraries: tuple[Path, Path]) -> None:
    draft = libraries[0] / "other.md"
    wire.open(draft, "Nothing.\n")
    for params in ({}, [], {"textDocument": {"uri": 5}}, None):
        for method in ("didChange", "didOpen", "didSave", "didClose"):
            wire.send(method=f"textDocument/{method}", params=params)
    never = {"uri": (libraries[0] / "never.md").as_uri(), "version": 9}
    change = {"textDocument": never, "contentChanges": [{"text": "“words”"}]}
    wire.send(method="textDocument/didChange", params=change)
    wire.send(method="textDocument/didClose", params={"textDocument": {"uri": never["uri"]}})
    wire.send(method="$/cancelRequest", params={"id": 12345})
    assert wire.ask("no/such", {})["code"] == -32601
    assert wire.hover(draft, 10**6, 10**6) is None


def test_the_command_says_what_is_wrong_and_keeps_within_the_draft(
    wire: Wire, libraries: tuple[Path, Path]
) -> None:
    draft = libraries[0] / "q.md"
    wire.open(draft, "𝒳 one\ntwo")
    uri = draft.as_uri()
    for line, character in ((-1, 0), (0, -1)):
        assert wire.quote(uri, line, character, "treaty#1")["code"] == INVALID
    assert wire.edits == []
    refused = wire.quote(uri, 0, 0, "treaty#99")
    assert refused["code"] == FAILED
    assert "treaty has 1 paragraph" in refused["message"]
    for asked, place in (
        ((0, 1), (0, 0)),  # within a character: before it
        ((0, 2), (0, 2)),
        ((0, 999), (0, 6)),
        ((99, 0), (1, 3)),
        ((10**30, 10**30), (1, 3)),
    ):
        assert wire.quote(uri, *asked, "treaty#1") is None
        ((edit,),) = wire.edits.pop()["changes"].values()
        assert WORDS in edit["newText"]
        where = {"line": place[0], "character": place[1]}
        assert edit["range"] == {"start": where, "end": where}


def test_of_a_draft_that_is_closed_while_it_is_checked_nothing_is_said(
    wire: Wire, libraries: tuple[Path, Path]
) -> None:
    draft, other = libraries[0] / "closed.md", libraries[0] / "after.md"
    wire.begin(draft, " ".join(f"“the line number {at} followed the rivers”" for at in range(300)))
    gone = {"textDocument": {"uri": draft.as_uri()}}
    wire.send(method="textDocument/didClose", params=gone)
    assert wire.open(other, "“the line followed the hills to the north” (treaty#1)\n")
    assert not wire.told.get(draft.as_uri())
    assert wire.hover(draft, 0, 3) is None


def test_what_is_said_of_a_draft_that_is_opened_twice_and_typed_fast_is_of_its_last_text(
    wire: Wire, libraries: tuple[Path, Path]
) -> None:
    draft = libraries[0] / "typed.md"
    uri = draft.as_uri()
    wire.begin(draft, "“the line followed the seas to the south” (treaty#1)\n")
    wire.open(draft, "Nothing.\n")
    for number in range(2, 60):
        text = f"{'𝒳' * number} “the line followed the hills to the north” (treaty#1)\n"
        named, change = {"uri": uri, "version": number}, {"text": text}
        told = {"textDocument": named, "contentChanges": [change]}
        wire.send(method="textDocument/didChange", params=told)
    while wire.versions.get(uri) != 59:
        wire.hear()
    (found,) = wire.told[uri]
    assert found["code"] == "NEAR"
    assert found["range"]["start"] == {"line": 0, "character": 2 * 59 + 2}


@pytest.mark.parametrize(
    "numbers",
    [
        (signal.SIGTERM, signal.SIGTERM),
        (signal.SIGHUP, signal.SIGTERM),
        (signal.SIGINT, signal.SIGINT),
    ],
)
def test_a_signal_ends_it_in_the_middle_of_a_check_also_twice(
    libraries: tuple[Path, Path], numbers: tuple[signal.Signals, ...]
) -> None:
    found = Wire(libraries[0].parent / "home", *libraries)
    try:
        words = " ".join(f"“the line number {at} followed the rivers”" for at in range(2_000))
        found.begin(libraries[0] / "long.md", words)
        found.ask("no/such", {})  # the draft has arrived
        for number in numbers:
            found.process.send_signal(number)
        code, told = found.ended()
        assert code == 130
        assert told.split(b"\n")[-2] in last_lines(numbers)
        assert b"KeyboardInterrupt" not in told
    finally:
        found.close()
