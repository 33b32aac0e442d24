"""The entry point and the one catcher of errors: exit codes are decided here."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn, TextIO

from sinorus.errors import QueryError, SinorusError

if TYPE_CHECKING:
    import click


def main() -> NoReturn:
    """Runs the command line of this process and ends it with the exit code."""
    # A search makes many things and drops few: looking for those that are lost costs it 5 ms.
    gc.set_threshold(100_000)
    # Nothing here calls the linear algebra of numpy, whose threads take memory and time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        _end_in_order()
        code = run(sys.argv[1:])
        sys.stderr.flush()
    except KeyboardInterrupt:
        code = 130
    # Everything is written and closed; Python's own tidying up would take another 10 ms, and turn
    # a Ctrl-C that came inside exec(), as in the making of a dataclass, into a death by the signal.
    os._exit(code)


_ENDING = (signal.SIGTERM, signal.SIGHUP)


def _end_in_order() -> None:
    """Has those signals that end a process end it as Ctrl-C does: what was begun is tidied up."""

    def end(number: int, _: object) -> NoReturn:
        for one in _ENDING:  # a second one must not disturb the tidying up
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt(signal.Signals(number).name)

    for number in _ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup has SIGHUP ignored
            signal.signal(number, end)


def run(arguments: list[str]) -> int:
    """The exit code of a command line: see docs/output.md for what each means."""
    closed = sys.stdout is None
    _prepare_streams()
    if closed:
        _complain("standard output is closed", "")
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
        _complain(f"the output cannot be written: {fault.strerror}", "")
        return 2
    except KeyboardInterrupt as fault:
        sys.stderr.write(f"sinorus: ended by {fault}\n" if str(fault) else "\n")
        return 130


class _Voice:
    """Standard error, of which what cannot be written is lost and the rest of the run is not."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.lost: OSError | None = None

    def write(self, text: str) -> int:
        """Writes what can be written."""
        try:
            return self._stream.write(text)
        except OSError as fault:
            self.lost = self.lost or fault
            return len(text)

    def flush(self) -> None:
        """Writes what waits, if that can be done."""
        try:
            self._stream.flush()
        except OSError as fault:
            self.lost = self.lost or fault

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def _heard(code: int) -> int:
    """The exit code, which is another where what was to be said could not be."""
    lost = getattr(sys.stderr, "lost", None)
    if lost is None or isinstance(lost, BrokenPipeError):
        return code
    if sys.stdout.isatty():  # there whom it concerns can read it
        sys.stdout.write(f"sinorus: standard error cannot be written: {lost.strerror}\n")
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
    sys.stderr = _Voice(sys.stderr)


def _drop_output() -> None:
    """Lets what is still in the stream go nowhere: it would be flushed again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str]) -> int:
    import click

    from sinorus.cli.app import sinorus

    try:
        if "_SINORUS_COMPLETE" in os.environ:
            from sinorus.cli.completing.answer import answer

            return answer(arguments)
        # Not click's main(): it ends with 1 on a closed pipe, which for us is "nothing found".
        with sinorus.make_context("sinorus", arguments) as context:
            result = sinorus.invoke(context)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.exceptions.NoArgsIsHelpError as fault:
        sys.stderr.write(fault.format_message() + "\n")
    except click.UsageError as fault:
        _complain(fault.format_message(), _hint(fault))
    except click.ClickException as fault:
        _complain(fault.format_message(), "")
    except SinorusError as fault:
        from sinorus.cli.advice import explained

        _complain(*explained(fault), fault if isinstance(fault, QueryError) else None)
        return fault.exit_code
    except Exception as fault:
        return _of_the_system(fault)
    return 2


def _of_the_system(fault: Exception) -> int:
    """Says what the system refused; what it did not refuse is a bug."""
    from sinorus.shortage import shortage

    if short := shortage(fault):
        _complain(short.message, short.hint)
    elif isinstance(fault, OSError):
        if isinstance(fault, BrokenPipeError) or fault.filename is None:
            raise fault  # of the output
        _complain(f"{fault.filename}: {fault.strerror}", "")
    else:
        import traceback

        traceback.print_exc()
        sys.stderr.write("sinorus: this is a bug; the lines above say where\n")
        return 70
    return 2


def _hint(fault: click.UsageError) -> str:
    """What to do about a wrong command line; a minus before a word is the commonest fault."""
    import click

    command = fault.ctx.command_path if fault.ctx else "sinorus"
    hint = f"see {command} --help"
    if not isinstance(fault, click.NoSuchOption):
        return hint
    if fault.option_name == "--library":
        return "--library stands before the command: sinorus --library DIR search …"
    if command.endswith(("search", "compare")) and not fault.option_name.startswith("--"):
        return f"to leave out a word write NOT word, or {command} -- alliance -word; {hint}"
    return hint


def _complain(message: str, hint: str, query: QueryError | None = None) -> None:
    """One sentence on stderr; of a bad query the query itself, with a caret under the fault."""
    try:
        from sinorus.render.visible import one_line
    except (OSError, ImportError, MemoryError):  # where even that is too much

        def one_line(text: str) -> str:
            return "".join(sign if sign.isprintable() else "?" for sign in text)

    lines = [f"sinorus: {one_line(message)}"]
    if query is not None and query.query.strip():
        from sinorus.render.visible import cell_width

        before = one_line(query.query[: query.column])
        lines += [f"  {one_line(query.query)}", f"  {' ' * cell_width(before)}^"]
    if hint:
        lines.append(f"  {one_line(hint)}")
    sys.stderr.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
