"""The program without reading its modules again: forks of a process that has read them.

To begin anew takes nine tenths of the time of a small command, and the tests call thousands. What
is forked here goes on as `python -m sinorus` does: in its own folder, with its own environment,
arguments and pipes, and with the modules alone that any search reads. Nothing of it has been
called. `Warm` asks for such processes; run as a program this is the process that is forked.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from os import _exit as end_at_once
from pathlib import Path
from struct import Struct
from typing import IO, NamedTuple, NoReturn

MODULES = (
    *("cli.main", "cli.app", "cli.options", "cli.output", "cli.named", "cli.outcome"),
    *("cli.silence", "cli.offers", "cli.commands.search", "cli.commands.search_run"),
    *("config", "engines.whoosh.engine", "engines.whoosh.search.page", "library.asking"),
    *("engines.whoosh.search.search", "engines.whoosh.search.scoring", "library.elsewhere"),
    *("library.compiled", "library.freshness", "library.library", "library.naming"),
    *("library.searching", "library.terming", "library.writing", "query.across", "query.evaluate"),
    *("query.parse", "query.rewrite", "render.plain.hits", "sources.changes", "text.tokens"),
)
"""What a plain search reads, and nothing that it does not: numpy decides how it searches."""
INDEXING = (
    *("cli.commands.index", "library.indexing", "library.reading", "library.former"),
    *("sources.read", "sources.describe", "sources.sidecars", "sources.bibliography.identity"),
    *("sources.formats.markdown", "sources.formats.plain", "sources.formats.simple"),
    *("sources.formats.wiki", "sources.front_json", "sources.front_lines", "sources.front_toml"),
    *("sources.front_yaml", "engines.whoosh.indexer.writer", "engines.whoosh.indexer.inverter"),
    *("engines.whoosh.codec.segment", "text.languages", "text.order", "text.prose"),
)
BORROWED = ("Stemmer", "frontmatter", "isal", "numpy", "pymorphy3", "rjieba", "whoosh", "yaml")
"""What `index` reads besides, in whatever library; its dictionaries are opened by each fork."""
AT_START = ("PYTHON", "LC_", "LANG", "LD_", "TZ", "MALLOC")
"""How the names of variables begin that are read once, when Python starts."""
MOST = 4
"""Processes that wait to be forked."""
LARGEST = 100_000
"""Bytes of an argument: the system takes little more."""
_SIZE = Struct("<Q")


class Ended(NamedTuple):
    """What a process wrote to its pipes, and its exit code; minus a signal that ended it."""

    out: bytes
    err: bytes
    code: int


class Warm:
    """Forks of a process for each of the environments in which Python starts; see `AT_START`."""

    def __init__(self) -> None:
        self._busy = threading.Lock()
        self._forked: dict[_Start, _Forked | None] = {}

    def run(
        self,
        arguments: Sequence[str],
        stdin: bytes,
        cwd: str,
        environment: Mapping[str, str],
        patience: float,
    ) -> Ended | None:
        """What a fork does with that, or None where there is none.

        That is so the first time that Python starts in such an environment, while another thread
        has one, and for arguments that no process can have. Raises TimeoutExpired for what takes
        longer than `patience`.
        """
        if not hasattr(socket, "send_fds") or not self._busy.acquire(blocking=False):
            return None
        try:
            if any(len(os.fsencode(one)) > LARGEST or "\0" in one for one in arguments):
                return None
            forked = self._from(environment, list(arguments[:1]) == ["index"])
            if forked is None:
                return None
            os.umask(mask := os.umask(0o077))
            told = [list(arguments), cwd, dict(environment), mask]
            return forked.run(json.dumps(told).encode(), stdin, patience)
        finally:
            self._busy.release()

    def _from(self, environment: Mapping[str, str], indexing: bool) -> _Forked | None:
        read = {name: value for name, value in environment.items() if name.startswith(AT_START)}
        start = (indexing, *sorted(read.items()))
        if start not in self._forked:
            self._forked[start] = None
            return None
        found = self._forked[start]
        if found is None and sum(map(bool, self._forked.values())) < MOST:
            found = self._forked[start] = _Forked(environment, indexing)
        return found


_Start = tuple[object, ...]


class _Forked:
    """The process that is forked, and the socket on which it takes what its forks are to do."""

    def __init__(self, environment: Mapping[str, str], indexing: bool) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno()), *["index"][: int(indexing)]],
                pass_fds=[theirs.fileno()],
                env=dict(environment),
                stdin=subprocess.PIPE,  # as those of its forks, of which it keeps the streams
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        atexit.register(self._end)

    def _end(self) -> None:
        self._control.close()
        self._process.communicate()

    def run(self, told: bytes, stdin: bytes, patience: float) -> Ended:
        """What a fork does that is told that."""
        (its_input, to_it), (from_it, its_output), (of_faults, its_errors) = (
            os.pipe() for _ in range(3)
        )
        its_own = [its_input, its_output, its_errors]
        socket.send_fds(self._control, [_SIZE.pack(len(told))], its_own)
        self._control.sendall(told)
        for handle in its_own:
            os.close(handle)
        with (
            os.fdopen(to_it, "wb", 0) as writing,
            os.fdopen(from_it, "rb", 0) as out,
            os.fdopen(of_faults, "rb", 0) as err,
        ):
            pid = self._received()
            try:
                found = _talked(writing, stdin, out, err, time.monotonic() + patience)
            except TimeoutError:
                os.kill(pid, signal.SIGKILL)
                raise subprocess.TimeoutExpired("sinorus", patience) from None
            finally:
                code = self._received()
        return Ended(*found, code)

    def _received(self) -> int:
        content = self._control.recv(_SIZE.size, socket.MSG_WAITALL)
        if len(content) < _SIZE.size:
            raise RuntimeError(self._process.communicate()[1].decode())
        return int.from_bytes(content, "little", signed=True)


def _talked(
    to_it: IO[bytes], stdin: bytes, out: IO[bytes], err: IO[bytes], until: float
) -> tuple[bytes, bytes]:
    """Writes the input, and gives what comes out until both pipes are closed."""
    found: dict[IO[bytes], list[bytes]] = {out: [], err: []}
    rest = memoryview(stdin)
    with selectors.DefaultSelector() as selector:
        for pipe in found:
            selector.register(pipe, selectors.EVENT_READ)
        if stdin:
            os.set_blocking(to_it.fileno(), False)
            selector.register(to_it, selectors.EVENT_WRITE)
        else:
            to_it.close()
        while selector.get_map():
            ready = selector.select(max(until - time.monotonic(), 0))
            if not ready:
                raise TimeoutError
            for key, _ in ready:
                pipe = key.fileobj
                if pipe is to_it:
                    with suppress(BrokenPipeError):
                        rest = rest[to_it.write(rest) or 0 :]
                        if rest:
                            continue
                elif content := pipe.read(1 << 16):
                    found[pipe].append(content)
                    continue
                selector.unregister(pipe)
                if pipe is to_it:
                    pipe.close()
    return b"".join(found[out]), b"".join(found[err])


def serve(control: socket.socket, indexing: bool) -> None:
    """Forks a process for each message, and says its id and then its exit code."""
    del sys.path[0]  # the folder of this file
    ours = (*MODULES, *INDEXING) if indexing else MODULES
    for name in (*(f"sinorus.{one}" for one in ours), *(BORROWED if indexing else ())):
        import_module(name)
    gc.collect()
    gc.freeze()
    while True:
        head, handles, _, _ = socket.recv_fds(control, _SIZE.size, 3)
        if not head:
            return
        told = control.recv(_SIZE.unpack(head)[0], socket.MSG_WAITALL)
        pid = os.fork()
        if not pid:
            control.close()
            _become(handles, *json.loads(told))
        for handle in handles:
            os.close(handle)
        _say(control, pid)
        _say(control, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def _say(control: socket.socket, number: int) -> None:
    control.sendall(number.to_bytes(_SIZE.size, "little", signed=True))


def _become(
    handles: list[int], arguments: list[str], cwd: str, environment: dict[str, str], mask: int
) -> NoReturn:
    """Goes on as `python -m sinorus` does with those pipes for its streams."""
    code = 1
    try:
        for number, handle in enumerate(handles):
            os.dup2(handle, number)
            os.close(handle)
        os.umask(mask)
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["-m", *arguments]
        sys.path.insert(0, str(Path.cwd()))
        runpy.run_module("sinorus", run_name="__main__", alter_sys=True)
        code = 0
    except BaseException:  # as Python tells of it
        traceback.print_exc()
    finally:
        end_at_once(code)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as opened:
        serve(opened, sys.argv[2:] == ["index"])
