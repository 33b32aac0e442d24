"""A session with an editor, over standard input and output, until it ends or is gone."""

from __future__ import annotations

import asyncio
import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, BinaryIO

from sinorus.errors import SinorusError
from sinorus.signals import end_between_steps

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer

    from sinorus.lsp.reader import Libraries

_WATCHED = 2.0
"""Seconds after which it is looked whether the editor is still there."""
_GREETING = 300
"""Tenths of a second in which an editor says who it is."""
_LARGEST = 1 << 28
"""Bytes of a line that comes in: those of the protocol are short."""


def serve(libraries: Libraries, update: bool | None) -> int:
    """Answers the editor that started this process; the exit code, as the protocol has it.

    Raises SinorusError where there is no pygls, or where nobody speaks.
    """
    if find_spec("pygls") is None:
        raise SinorusError("lsp needs pygls", "pip install 'sinorus[lsp]'")
    if sys.stdin.isatty():
        raise SinorusError(
            "lsp speaks with an editor and not with you", "docs/editors.md has how one starts it"
        )
    from sinorus.lsp.server import made

    server, desk = made(libraries, update)
    try:
        with _kept_apart() as out:
            asyncio.run(_session(server, out))
    except SystemExit as end:
        return int(end.code or 0)
    except BrokenPipeError:
        return 0
    finally:
        desk.close()
    return 0


def _kept_apart() -> BinaryIO:
    """Standard output for the editor alone: whatever else is printed goes to standard error."""
    sys.stdout.flush()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


async def _session(server: LanguageServer, out: BinaryIO) -> None:
    from threading import Event

    from pygls.io_ import StdoutWriter, run_async

    reader = asyncio.StreamReader(limit=_LARGEST)
    loop = asyncio.get_running_loop()
    end_between_steps(loop)
    try:
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    except ValueError:
        raise SinorusError(
            "lsp cannot hear an editor from a file", "have an editor start it"
        ) from None
    server.protocol.set_writer(StdoutWriter(out))
    answering = asyncio.ensure_future(
        run_async(
            stop_event=Event(),
            reader=reader,
            protocol=server.protocol,
            error_handler=server.report_server_error,
        )
    )
    gone = asyncio.ensure_future(_gone(server))
    done, _ = await asyncio.wait({answering, gone}, return_when=asyncio.FIRST_COMPLETED)
    gone.cancel()
    answering.cancel()
    fault = answering.exception() if answering in done else None
    if fault is not None and not isinstance(fault, asyncio.IncompleteReadError):
        raise fault  # the other is an end within a message


async def _gone(server: LanguageServer) -> None:
    """Ends when the process that the editor named has ended: its pipe may be open elsewhere."""
    for _ in range(_GREETING):
        if server.process_id is not None:
            break
        await asyncio.sleep(0.1)
    process = server.process_id
    if process is None or not _is_there(process):
        await asyncio.Event().wait()  # in a container its number may be that of nobody
    while process is not None and _is_there(process):
        await asyncio.sleep(_WATCHED)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
