"""The entry point and the one catcher of errors: exit codes are decided here."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

from sinorus.cli import voice
from sinorus.errors import QueryError, SinorusError
from sinorus.signals import end_in_order


def main() -> NoReturn:
    """Runs the command line of this process and ends it with the exit code."""
    # A search makes many things and drops few: looking for those that are lost costs it 5 ms.
    gc.set_threshold(100_000)
    # Nothing here calls the linear algebra of numpy, whose threads take memory and time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        end_in_order()
        code = run(sys.argv[1:])
        sys.stderr.flush()
    except KeyboardInterrupt:
        code = 130
    # Everything is written and closed; Python's own tidying up would take another 10 ms, and turn
    # a Ctrl-C that came inside exec(), as in the making of a dataclass, into a death by the signal.
    os._exit(code)


def run(arguments: list[str]) -> int:
    """The exit code of a command line: see docs/output.md for what each means."""
    closed = sys.stdout is None
    _prepare_streams()
    voice.listen(arguments)
    if closed:
        voice.error("standard output is closed")
        return 2
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return _heard(code)
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        _drop_output()
        return 0
    except OSError as fault:
        _drop_output()
        voice.error(f"the output cannot be written: {fault.strerror}")
        return 2
    except KeyboardInterrupt as fault:
        if str(fault):
            voice.error(f"ended by {fault}")
        else:
            sys.stderr.write("\n")
        return 130


def _heard(code: int) -> int:
    """The exit code, which is another where what was to be said could not be."""
    lost = getattr(sys.stderr, "lost", None)
    if lost is None or isinstance(lost, BrokenPipeError):
        return code
    if sys.stdout.isatty():  # there whom it concerns can read it
        sys.stdout.write(f"error: standard error cannot be written: {lost.strerror}\n")
        sys.stdout.flush()
    return 2


def _prepare_streams() -> None:
    """A pipe gets UTF-8 whatever the locale says, a terminal what it can show.

    A stream that was closed before we began leads nowhere.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = open(os.devnull, mode, encoding="utf-8")  # noqa: SIM115, PTH123
            setattr(sys, name, nowhere)
            setattr(sys, f"__{name}__", nowhere)  # Python closes these itself
    for stream in (sys.stdout, sys.stderr):
        encoding = stream.encoding if stream.isatty() else "utf-8"
        errors = "backslashreplace" if stream is sys.stderr else "strict"
        stream.reconfigure(encoding=encoding, errors=errors)  # type: ignore[union-attr]
    sys.stderr = voice.Heard(sys.stderr)


def _drop_output() -> None:
    """Lets what is still in the stream go nowhere: it would be flushed again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str]) -> int:
    if "_SINORUS_COMPLETE" in os.environ:
        from sinorus.cli.completing.answer import answer

        return answer(arguments)
    import click

    from sinorus.cli.app import COMMANDS, sinorus

    try:
        # Not click's main(): it ends with 1 on a closed pipe, which for us is "nothing found".
        with sinorus.make_context("sinorus", arguments) as context:
            result = sinorus.invoke(context)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.exceptions.NoArgsIsHelpError as fault:
        page = fault.format_message()
        sys.stderr.write((page if voice.coloured() else click.unstyle(page)) + "\n")
    except click.UsageError as fault:
        from sinorus.cli.mistakes import misuse

        voice.error(*misuse(fault, arguments, COMMANDS))
    except click.ClickException as fault:
        voice.error(fault.format_message())
    except SinorusError as fault:
        from sinorus.cli.advice import explained

        voice.error(*explained(fault), fault if isinstance(fault, QueryError) else None)
        return fault.exit_code
    except Exception as fault:
        return _of_the_system(fault)
    return 2


def _of_the_system(fault: Exception) -> int:
    """Says what the system refused; what it did not refuse is a bug."""
    from sinorus.shortage import shortage

    if short := shortage(fault):
        voice.error(short.message, short.hint)
    elif isinstance(fault, OSError):
        if isinstance(fault, BrokenPipeError) or fault.filename is None:
            raise fault  # of the output
        voice.error(f"{fault.filename}: {fault.strerror}")
    else:
        import traceback

        traceback.print_exc()
        voice.error("this is a bug of sinorus; the lines above say where")
        return 70
    return 2


if __name__ == "__main__":
    main()
