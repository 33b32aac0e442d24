"""The server as a process of its own, over real pipes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.assistant import Assistant, Raw, over_pipes
from support.program import MakeLibrary, Sinorus

CALLS: list[tuple[str, dict[str, Any]]] = [
    ("search", {"query": "alliance"}),
    ("search", {"query": "газ OR 天然气", "across": True, "limit": 3}),
    ("show", {"ids": ["energy#2-4"]}),
    ("quote", {"ids": ["energy#4"], "sentence": ["1"]}),
    ("check", {"text": "“The alliance was tested within months.”"}),
    ("compare", {"query": "treaty", "by": "lang"}),
    ("sources", {"words": "energy"}),
    ("search", {"query": "alliance OR"}),
]


@pytest.fixture
def raw(seeds: Path, sinorus: Sinorus) -> Iterator[Raw]:
    """A server of the repository's own seeds."""
    server = Raw(sinorus)
    yield server
    server.close()


def memory(assistant: Assistant) -> int:
    """Kilobytes that the server of an assistant has, the only one that this process started."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    children = {one for task in tasks for one in task.read_text().split()}
    (child,) = (one for one in children if b"\0mcp" in Path(f"/proc/{one}/cmdline").read_bytes())
    (size,) = [
        line for line in Path(f"/proc/{child}/status").read_text().split("\n") if "VmRSS" in line
    ]
    return int(size.split()[1])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read in /proc")
def test_each_tool_answers_two_clients_and_two_hundred_calls_leave_no_trace(
    seeds: Path, sinorus: Sinorus
) -> None:
    with over_pipes(sinorus) as asked:
        answers = [asked.call(tool, **given) for tool, given in CALLS]
        assert [reply.error for reply in answers] == [False] * 7 + [True]
        assert all(reply.size <= 2_000 for reply in answers)
        assert "background/energy#3@" in asked.read("sinorus://energy%233")
        for _ in range(20):
            asked.call("search", query="alliance", limit=3)
        before = memory(asked)
        for _ in range(100):
            asked.call("search", query="alliance", limit=3)
            asked.call("show", ids=["energy#2"])
        assert memory(asked) - before < 2_000
        with over_pipes(sinorus, mode="auto") as other:
            for (tool, given), wanted in zip(CALLS, answers, strict=True):
                assert other.call(tool, **given) == wanted
                assert asked.call(tool, **given) == wanted


def test_a_client_that_goes_leaves_nothing_behind(raw: Raw) -> None:
    raw.ask(2, "search", query="alliance")
    assert json.loads(raw.answers.readline())["id"] == 2
    raw.to.close()
    assert raw.ended() == (0, b"")
    assert raw.answers.read() == b""


def test_a_client_that_goes_without_waiting_for_its_answer_is_no_fault(raw: Raw) -> None:
    raw.answers.close()
    raw.ask(2, "search", query="alliance")
    raw.ask(3, "search", query="treaty")
    raw.to.close()
    assert raw.ended() == (0, b"")


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (signal.SIGTERM, b"error: ended by SIGTERM\n"),
        (signal.SIGHUP, b"error: ended by SIGHUP\n"),
        (signal.SIGINT, b"\n"),
    ],
)
def test_a_server_is_ended_by_a_signal(raw: Raw, number: signal.Signals, says: bytes) -> None:
    raw.process.send_signal(number)
    assert raw.ended() == (130, says)


def test_a_server_is_ended_by_a_signal_in_the_middle_of_a_call(raw: Raw) -> None:
    for number in range(50):
        raw.ask(10 + number, "search", query="alliance")
    raw.process.send_signal(signal.SIGTERM)
    assert raw.ended() == (130, b"error: ended by SIGTERM\n")


def test_what_is_no_message_does_not_end_the_server(raw: Raw) -> None:
    raw.to.write(b"not json\n[]\n" + b'{"jsonrpc":"2.0","id":5,"method":"no/such"}\n')
    raw.ask(6, "no such tool")
    raw.ask(7, "search", query="alliance\udc00")
    raw.ask(8, "search", query="alliance", limit=1)
    told: dict[int, Any] = {}
    while 8 not in told:
        message = json.loads(raw.answers.readline())
        told[message["id"]] = message
    assert "error" in told[5]
    assert "there is no tool 'no such tool'" in told[6]["error"]["message"]
    assert told[8]["result"]["structuredContent"]["results"]


def test_a_server_needs_a_library_and_the_sdk(sinorus: Sinorus, library: MakeLibrary) -> None:
    done = sinorus("mcp")
    assert (done.code, done.out) == (2, "")
    assert "sinorus init" in done.err
    library({"a.md": "Gas.\n"})
    lacking = (
        "import sys; sys.modules['mcp_types'] = None; from sinorus.cli.main import run; "
        "sys.exit(run(['mcp']))"
    )
    found = subprocess.run(
        [sys.executable, "-c", lacking],
        cwd=sinorus.cwd,
        env=sinorus.environment,
        capture_output=True,
        check=False,
    )
    assert (found.returncode, found.stdout) == (2, b"")
    assert found.stderr == (
        b"error: a server for assistants needs the MCP SDK\n  pip install 'sinorus[mcp]'\n"
    )


def test_modules_of_a_library_are_not_those_of_the_server(
    own_seeds: Path, sinorus: Sinorus
) -> None:
    for name in ("mcp", "mcp_types", "pydantic", "anyio", "uvicorn", "httpx2", "jsonschema"):
        (own_seeds / f"{name}.py").write_text("raise SystemExit('run by a library')\n", "utf-8")
    with over_pipes(sinorus) as asked:
        assert asked.call("search", query="alliance").ids
