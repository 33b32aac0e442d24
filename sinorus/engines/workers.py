"""Other processes that work for an engine, one a core.

A process gets messages over a pipe, answers each, and ends when the pipe closes, so that none
outlives its parent.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any

from sinorus.errors import SinorusError
from sinorus.processes import started
from sinorus.shortage import shortage

_MOST = 16
"""Processes, however many cores there are."""
_WAITING = 4
"""Messages that may wait for a process: bounds the memory of a run."""
_LOOK = 0.5
"""Seconds between two looks at whether the processes live."""
_BOOT = "from sinorus.engines.workers import serve; serve()"
_KEPT_FROM_CHILDREN = {signal.SIGINT}
"""Ctrl-C goes to all processes of a terminal; what becomes of these is for the parent to decide."""

Answer = Callable[..., Any]
"""What answers messages in a process: it is called with the parts of each."""


def worker_count() -> int:
    """One process a core that this one may use, and no more than sixteen."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, _MOST))


class WorkerFault(Exception):  # noqa: N818 - the cause of another, with the lines of its traceback
    """A fault of the program in another process; its text is the traceback from there."""


class Pool:
    """Processes in each of which `start(*arguments)` makes what answers the messages.

    `start` is a function of a module, and messages and answers can be pickled. `handles` are
    descriptors that the processes inherit under their numbers.
    """

    def __init__(
        self, start: Callable[..., Answer], arguments: Sequence[Any], handles: Sequence[int] = ()
    ) -> None:
        count = worker_count()
        self._messages: queue.Queue[Any] = queue.Queue(maxsize=_WAITING * count)
        self._answers: queue.Queue[tuple[int, Any]] = queue.Queue()
        self._workers: list[_Worker] = []
        try:
            with _undisturbed():  # a process begins with Ctrl-C blocked, and so never meets it
                for number in range(count):
                    process = started(_BOOT, handles)
                    self._workers.append(
                        _Worker(number, process, (start, arguments), self._messages, self._answers)
                    )
            for worker in self._workers:
                worker.start()
        except BaseException as fault:
            self.kill()
            if isinstance(fault, OSError):
                raise _not_started(fault) from fault
            raise

    def send(self, *message: Any) -> None:
        """Hands a message to whichever process is free first; waits while all have enough to do."""
        while True:
            self._must_live()
            with suppress(queue.Full):
                self._messages.put(message, timeout=_LOOK)
                return

    def send_to(self, number: int, *message: Any) -> None:
        """Has one process do something before it goes on; its answer is dropped."""
        self._workers[number].first.append(message)

    def answers(self, wait: bool) -> Iterator[tuple[int, Any]]:
        """The answers that are there, each with the number of its process; waits for one if so."""
        while True:
            try:
                yield self._answers.get(block=wait, timeout=_LOOK if wait else None)
            except queue.Empty:
                if not wait:
                    return
                self._must_live()
                continue
            wait = False

    def finish(self, *message: Any) -> list[Any]:
        """Sends a last message to each process when it has done all else; the answers to that."""
        for worker in self._workers:
            worker.last = message
        for _ in self._workers:
            self.send()
        for worker in self._workers:
            worker.join()
        self._must_live()
        return [worker.result for worker in self._workers]

    def _must_live(self) -> None:
        for worker in self._workers:
            if worker.fault is not None:
                raise worker.fault

    def kill(self) -> None:
        """Ends the processes, whatever they do; their pipes close, and with them the threads."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.wait()
            if worker.ident is None:  # its thread, which closes the pipes, was never started
                worker.close()
            elif worker.is_alive():
                worker.join(_LOOK)


class _Worker(threading.Thread):
    """Feeds one process from the common queue, so that the faster one gets more."""

    def __init__(
        self,
        number: int,
        process: subprocess.Popen[bytes],
        start: tuple[Callable[..., Answer], Sequence[Any]],
        messages: queue.Queue[Any],
        answers: queue.Queue[tuple[int, Any]],
    ) -> None:
        super().__init__(daemon=True, name=f"sinorus-worker-{number}")
        self.number, self.process, self._start = number, process, start
        self._messages, self._answers = messages, answers
        self.first: list[Any] = []
        """Messages for this process alone, which go before those of the queue."""
        self.last: Any = ()
        self.result: Any = None
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            entry, result = self._pipes()
            with result, suppress(BrokenPipeError), entry:
                self._ask(entry, result, self._start)
                while message := self._messages.get():
                    self._send_first(entry, result)
                    self._answers.put((self.number, self._ask(entry, result, message)))
                self._send_first(entry, result)
                self.result = self._ask(entry, result, self.last)
            self.process.wait()
        except BaseException as fault:
            self.fault = fault

    def close(self) -> None:
        """Closes the pipes of a process whose thread does not run."""
        for pipe in self._pipes():
            with suppress(BrokenPipeError):
                pipe.close()

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self.process.stdin is None or self.process.stdout is None:
            raise ValueError("the process has no pipes")
        return self.process.stdin, self.process.stdout

    def _send_first(self, entry: IO[bytes], result: IO[bytes]) -> None:
        while self.first:
            self._ask(entry, result, self.first.pop(0))

    def _ask(self, entry: IO[bytes], result: IO[bytes], message: Any) -> Any:
        with suppress(BrokenPipeError):  # what broke it is in the answer, or there is none
            pickle.dump(message, entry, pickle.HIGHEST_PROTOCOL)
            entry.flush()
        try:
            # From the process that was started above, over its own pipe.
            answer, fault, trace = pickle.load(result)  # noqa: S301
        except (EOFError, pickle.UnpicklingError) as broken:
            raise SinorusError(
                f"a process that works for this one was ended ({_ending(self.process)})",
                "is there enough memory? then run it again",
            ) from broken
        if fault is not None:
            raise fault from WorkerFault(trace)
        return answer


def _ending(process: subprocess.Popen[bytes]) -> str:
    code = process.wait()
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Lets a Ctrl-C wait until what is done here is done: none of it is lost half made."""
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, _KEPT_FROM_CHILDREN)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def _not_started(fault: OSError) -> SinorusError:
    return shortage(fault) or SinorusError(
        f"a process that works for this one cannot be started: {fault.strerror}",
        "allow more processes: ulimit -u shows how many",
    )


def serve() -> None:
    """Answers messages from standard input on standard output until that closes; then ends."""
    entry, result = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever prints must not print into an answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _KEPT_FROM_CHILDREN)
    answer: Answer = _begin
    # A pipe that ends early means that the parent is gone: then nothing is kept.
    with suppress(EOFError, pickle.UnpicklingError, BrokenPipeError):
        while True:
            message = pickle.load(entry)  # noqa: S301 - from the process that started this one
            made, fault, trace = _answered(answer, message)
            if answer is _begin and fault is None:
                answer, made = made, None
            pickle.dump((made, fault, trace), result, pickle.HIGHEST_PROTOCOL)
            result.flush()
            if fault is not None:
                break
    os._exit(0)


def _begin(start: Callable[..., Answer], arguments: Sequence[Any]) -> Answer:
    return start(*arguments)


def _answered(answer: Answer, message: Any) -> tuple[Any, BaseException | None, str]:
    try:
        return answer(*message), None, ""
    except BaseException as fault:
        import traceback

        trace = traceback.format_exc()
        if short := shortage(fault):
            return None, short, trace
        try:
            pickle.loads(pickle.dumps(fault))  # noqa: S301 - what was packed just now
        except Exception:  # some exceptions cannot be made again
            return None, RuntimeError(f"{type(fault).__name__}: {fault}"), trace
        return None, fault, trace
