"""The process that converts: it forks for each file, so that a hostile one costs itself alone.

Libraries are imported once, before the first fork. The fork has its limits set, reads the file and
writes what it made to a pipe; whatever else becomes of it, this process lives and says so. It ends
when its standard input does, and with it the fork that is at work.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
from contextlib import suppress
from time import monotonic
from typing import IO, NoReturn

from sinorus.sources.conversion.limits import Answer, Limits, Outcome, Request
from sinorus.sources.conversion.stored import dumped
from sinorus.sources.formats.registry import Binary, Content, Unreadable

_CHUNK = 1 << 16
_ENDS: dict[int, Outcome] = {0: "content", 3: "unreadable", 4: "broken", 5: "memory"}
"""What the exit codes of a fork say."""


def serve() -> None:
    """Answers requests from standard input on standard output until that closes."""
    entry, result = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever prints must not print into an answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError):
        while head := entry.readline():
            module, path, size, limits, libraries = json.loads(head)
            request = Request(module, path, size, Limits(*limits), tuple(libraries))
            raw = entry.read(size)
            if len(raw) != size:
                break
            _send(result, _convert(request, raw, entry.fileno()))
    os._exit(0)


def _send(result: IO[bytes], answer: Answer) -> None:
    head = [answer.outcome, answer.reason, len(answer.payload)]
    result.write(json.dumps(head).encode() + b"\n" + answer.payload)
    result.flush()


def _convert(request: Request, raw: bytes, parent: int) -> Answer:
    try:
        for name in (request.module, *request.libraries):
            __import__(name)
    except ImportError as fault:
        return Answer("not installed", str(fault))
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _work(request, raw, writing)
    os.close(writing)
    payload, outcome = _received(reading, request.limits, parent)
    os.close(reading)
    if outcome != "content":
        os.kill(child, signal.SIGKILL)  # which is not waited for yet, so it is nobody else
    _, status = os.waitpid(child, 0)
    if outcome == "broken":  # the parent is gone
        os._exit(0)
    if outcome != "content":
        return Answer(outcome)
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return Answer("time")
        with suppress(ValueError):
            return Answer("broken", signal.Signals(number).name)
        return Answer("broken", f"signal {number}")
    outcome = _ENDS.get(os.WEXITSTATUS(status), "broken")
    if outcome == "content":
        return Answer(outcome, payload=payload)
    return Answer(outcome, payload.decode("utf-8", "replace"))


def _received(pipe: int, limits: Limits, parent: int) -> tuple[bytes, Outcome]:
    """All that a fork writes until it ends, or which limit it met before; `broken` where nobody
    waits for it any more.
    """
    until = monotonic() + limits.seconds
    found = bytearray()
    looks = select.poll()
    looks.register(pipe, select.POLLIN)
    looks.register(parent, select.POLLHUP)
    while True:
        left = until - monotonic()
        if left <= 0:
            return b"", "time"
        ready = dict(looks.poll(left * 1000))
        if parent in ready:
            return b"", "broken"
        if pipe in ready:
            chunk = os.read(pipe, _CHUNK)
            if not chunk:
                return bytes(found), "content"
            found += chunk
            if len(found) > limits.output:
                return b"", "size"


def _work(request: Request, raw: bytes, writing: int) -> NoReturn:
    """In the fork: reads the file, writes what it made, ends with a code of `_ENDS`."""
    code = 4
    try:
        _limit(request.limits)
        code, made = _read(request, raw)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(made)
    except MemoryError:
        code = 5
    except BaseException:
        code = code or 4
    finally:
        os._exit(code)


def _limit(limits: Limits) -> None:
    most = int(limits.seconds) + 1
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, most),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, hard if kind == resource.RLIMIT_CPU else value))


def _read(request: Request, raw: bytes) -> tuple[int, bytes]:
    read = sys.modules[request.module].read
    try:
        content: Content = read(Binary(raw, request.path))
        return 0, dumped(content)
    except Unreadable as fault:
        return 3, fault.message.encode("utf-8", "replace")
    except MemoryError:
        return 5, b""
    except Exception as fault:
        return 4, f"{type(fault).__name__}".encode()
