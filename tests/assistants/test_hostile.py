"""The server over its pipes, as no well-meant client would use it: each call is answered."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from support.assistant import Raw
from support.program import Sinorus, last_lines
from support.small_libraries import PRESS, make_library

from sinorus.mcp.heard import whole

ENDLESS = "x" * 10_000_000
LONGEST = 2_200
"""Characters that an error may have: a sentence and a hint."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Sinorus:
    """The program in a small library that is indexed."""
    found = Sinorus(tmp_path_factory.mktemp("hostile"))
    found.cwd = make_library(found.home / "library", PRESS)
    found("search", "gas")
    return found


@pytest.fixture(scope="module")
def raw(place: Sinorus) -> Iterator[Raw]:
    """A server of it, which outlives all that is done to it."""
    found = Raw(place)
    yield found
    assert found.process.poll() is None
    found.close()


def test_half_of_an_emoji_is_a_sign_that_is_not_there() -> None:
    lines = {
        r'"a\ud83db"': r'"a\ufffdb"',
        r'"\uDE00\ud83d\ude00\uD83D"': r'"\ufffd\ud83d\ude00\ufffd"',
        r'"\\ud83d \\\ud83d"': r'"\\ud83d \\\ufffd"',
        '"😀 \\n \\u0041"': '"😀 \\n \\u0041"',
    }
    for written, wanted in lines.items():
        assert whole(written) == wanted
        json.loads(whole(written)).encode()


@pytest.mark.parametrize(
    ("tool", "given", "says"),
    [
        ("search", {"query": "gas", "max_tokens": 10**30}, "max_tokens"),
        ("search", {"query": "gas", "max_tokens": float("nan")}, "max_tokens"),
        ("search", {"query": "gas", "max_tokens": -1}, "max_tokens"),
        ("search", {"query": "gas", "limit": 1e400}, "limit"),
        ("search", {"query": "gas", "limit": "9" * 5_000}, "limit"),
        ("search", {"query": ["gas"]}, "query"),
        ("search", {"query": None}, "query"),
        ("search", {"query": "gas", "author": "Gabuev"}, "author"),
        ("search", {"query": "gas", "kwery": 1}, "did you mean query?"),
        ("search", {"query": "gas", ENDLESS: 1}, "takes no"),
        ("search", {"query": ENDLESS}, "query"),
        ("search", {"query": "gas", "cursor": "😀"}, "no cursor"),
        ("search", {"query": "gas", "cursor": "WzEsMiwiYSIsImIiLCJjIl0"}, "another question"),
        ("search", {"query": "\ud83d gas OR"}, "OR"),
        ("search", {"query": "gas", "since": "\u0000"}, "since"),
        ("show", {"ids": []}, "ids"),
        ("show", {"ids": [5, {}]}, "ids"),
        ("show", {}, "ids"),
        ("show", {"ids": ["pact#" + "9" * 900]}, ""),
        ("quote", {"ids": ["pact#1"], "style": "word"}, "style"),
        ("quote", {"ids": ["../../etc/passwd"]}, "passwd"),
        ("check", {"text": ENDLESS}, "text"),
        ("check", {"text": "a", "format": "docx"}, "format"),
        ("compare", {"ids": ["pact", "\u202enope"]}, "nope"),
        ("sources", {"sort": "size"}, "sort"),
    ],
)
def test_what_a_tool_does_not_take_is_a_result_with_a_sentence(
    raw: Raw, tool: str, given: dict[str, Any], says: str
) -> None:
    raw.ask(1000, tool, **given)
    found = raw.answer(1000)["result"]
    text = found["content"][0]["text"]
    assert len(text) <= LONGEST
    assert says in text
    assert "this is a bug" not in text
    assert "\u202e" not in text
    if found["isError"]:
        assert text.startswith("error: ")
        assert "structuredContent" not in found
    else:
        assert (tool, says) == ("show", "")


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("resources/read", {"uri": "sinorus://" + "a" * 5_000_000}),
        ("resources/read", {"uri": "sinorus://%00%FF%ED%A0%BD"}),
        ("resources/read", {"uri": "file:///etc/passwd"}),
        ("resources/read", {}),
        ("prompts/get", {"name": "steal"}),
        ("tools/call", {"arguments": {}}),
        ("tools/call", {"name": "search", "arguments": ["gas"]}),
        ("tools/call", {"name": ENDLESS}),
        ("completion/complete", {}),
    ],
)
def test_what_is_no_call_of_a_tool_is_an_error_of_the_protocol(
    raw: Raw, method: str, params: dict[str, Any]
) -> None:
    raw.send(1001, method, params)
    answer = raw.answer(1001)
    assert "result" not in answer
    assert 0 < len(answer["error"]["message"]) <= LONGEST


def test_a_call_that_is_taken_back_holds_up_no_other(raw: Raw) -> None:
    for number in range(2000, 2040):
        raw.ask(number, "search", query="gas OR alliance")
        if number % 2:
            raw.send(None, "notifications/cancelled", {"requestId": number, "reason": "later"})
    raw.send(None, "notifications/cancelled", {"requestId": 9999})
    raw.send(None, "notifications/cancelled", {"requestId": [], "reason": 5})
    told = set()
    while not {number for number in range(2000, 2040) if not number % 2} <= told:
        told.add(json.loads(raw.answers.readline())["id"])
    raw.ask(2041, "search", query="gas")
    assert raw.answer(2041)["result"]["structuredContent"]["results"]


def test_an_index_that_is_taken_away_is_said_and_one_that_comes_back_is_used(
    raw: Raw, place: Sinorus
) -> None:
    index, aside = place.cwd / "index", place.home / "aside"

    def ask() -> Any:
        raw.ask(3000, "search", query="gas")
        return raw.answer(3000)["result"]

    assert ask()["isError"] is False
    shutil.move(index, aside)
    try:
        gone = ask()
        assert gone["isError"]
        assert "sinorus index" in gone["content"][0]["text"]
        assert not index.exists()
    finally:
        shutil.rmtree(index, ignore_errors=True)
        shutil.move(aside, index)
    assert ask()["structuredContent"]["results"]
    assert place("index", "--rebuild").code == 0
    found = ask()
    assert found["structuredContent"]["results"]
    (index / "MAIN_WRITELOCK").unlink(missing_ok=True)
    assert ask() == found


@pytest.mark.parametrize(
    "numbers",
    [
        (signal.SIGTERM, signal.SIGTERM),
        (signal.SIGHUP, signal.SIGINT),
        (signal.SIGINT, signal.SIGINT, signal.SIGINT),
    ],
)
def test_a_signal_ends_it_in_the_middle_of_a_long_call_also_twice(
    place: Sinorus, numbers: tuple[signal.Signals, ...]
) -> None:
    found = Raw(place)
    try:
        words = " ".join(f"“the alliance number {at} was on paper”" for at in range(4_000))
        found.ask(1, "check", text=words[:390_000])
        found.send(2, "ping", {})
        assert found.answer(2)
        for number in numbers:
            found.process.send_signal(number)
        code, told = found.ended()
        assert code == 130
        assert told.split(b"\n")[-2] in last_lines(numbers)
        assert b"Traceback" not in told
    finally:
        found.close()
