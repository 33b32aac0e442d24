"""What one command passes on its way: modules, functions, and hops between modules.

A module or function counts if a function of sinorus in it was called, those that run on import
aside; a hop is a call from a function of one module to one of another. Each command runs in a
process of its own on a copy of seeds/ that is indexed; the second one after a document changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from pathlib import Path
from types import FrameType

from bench.common import REPOSITORY, parser, plain_environment, table, temporary_library

HOME = str(REPOSITORY / "sinorus")
PASSED = ["<module>", "<lambda>", "<listcomp>", "<genexpr>", "<dictcomp>", "<setcomp>"]
"""Pieces of code that are no functions of their own: their calls are those of what holds them."""
_GENERATOR = 0x20


def counted(run: Callable[[], object]) -> tuple[int, int, int]:
    """Modules, functions and hops of what `run` calls in this process, in all its threads."""
    functions: set[tuple[str, str, int]] = set()
    hops = 0

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal hops
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(HOME) or code.co_name in PASSED:
            return
        if code.co_flags & _GENERATOR and frame.f_lasti > 0:  # one that goes on
            return
        caller = frame.f_back
        while caller is not None and not caller.f_code.co_filename.startswith(HOME):
            caller = caller.f_back
        if caller is not None and caller.f_code.co_name == "<module>":
            return  # called while a module is being imported
        functions.add((code.co_filename, code.co_name, code.co_firstlineno))
        hops += caller is not None and caller.f_code.co_filename != code.co_filename

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return len({name for name, _, _ in functions}), len(functions), hops


def passed(arguments: list[str]) -> None:
    """Runs a command in this process and prints what it passed."""
    from sinorus.cli.main import main as command

    def run() -> None:
        with suppress(SystemExit):
            command()

    sys.argv = ["sinorus", *arguments]
    vars(os)["_exit"] = sys.exit  # as sinorus ends a process at once
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        found = counted(run)
    print(*found)


def main() -> None:
    """Prints a row for each command."""
    parser(__doc__).parse_args()
    with temporary_library() as root:
        known = {**plain_environment(root), "PYTHONPATH": str(REPOSITORY)}

        def run(*line: str) -> list[str]:
            start = [sys.executable, "-m", *line]
            return subprocess.check_output(start, cwd=root, env=known, text=True).split()

        shutil.copytree(REPOSITORY / "seeds", root / "seeds", dirs_exist_ok=True)
        run("sinorus", "index", "--quiet")
        run("sinorus", "search", "-c", "alliance")  # compiles the names
        rows = [["search alliance", *run("bench.passage", "search", "alliance")]]
        changed = min((root / "seeds").rglob("*.md"))
        changed.write_text(changed.read_text("utf-8") + "\n\nOne more.\n", "utf-8")
        rows.append(["one changed document", *run("bench.passage", "index", "--quiet")])
    print(table(("command", "modules", "functions", "hops"), rows))


if __name__ == "__main__":
    passed(sys.argv[1:])
