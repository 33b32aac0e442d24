"""How a signal ends the program: as Ctrl-C does, so that what was begun is tidied up."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

_ENDING = (signal.SIGTERM, signal.SIGHUP)


def end_in_order() -> None:
    """Has the signals that end a process raise a KeyboardInterrupt with their name."""
    for number in _ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup has SIGHUP ignored
            signal.signal(number, _end)


def end_between_steps(loop: AbstractEventLoop) -> None:
    """Has the same signals and Ctrl-C end a loop of tasks between two steps of them.

    Raised within a step, the interrupt becomes the fault of a task that nobody waits for.
    """
    heard = [
        number
        for number in (*_ENDING, signal.SIGINT)
        if signal.getsignal(number) is not signal.SIG_IGN
    ]
    ended = False

    def end(number: int) -> None:
        nonlocal ended
        if ended:  # another that came in before it was ignored
            return
        ended = True
        for one in heard:  # the end of the loop would give back what it has itself
            loop.remove_signal_handler(one)
            signal.signal(one, signal.SIG_IGN)
        raise _interrupt(number)

    for number in heard:
        loop.add_signal_handler(number, end, number)


def _end(number: int, _: object) -> NoReturn:
    for one in _ENDING:  # a second one must not disturb the tidying up
        signal.signal(one, signal.SIG_IGN)
    raise _interrupt(number)


def _interrupt(number: int) -> KeyboardInterrupt:
    return KeyboardInterrupt("" if number == signal.SIGINT else signal.Signals(number).name)
