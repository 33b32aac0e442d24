"""What one command passes on its way: modules, functions, and hops between modules.

    python bench/passage.py

A module or function counts if a function of sinorus in it was called, those that run on import
aside; a hop is a call from a function of one module to one of another. Each command runs in a
process of its own on a copy of seeds/ that is indexed; the second one after a document changed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
PASSED = ["<module>", "<lambda>", "<listcomp>", "<genexpr>", "<dictcomp>", "<setcomp>"]
"""Pieces of code that are no functions of their own: their calls are those of what holds them."""


def counted(run: Callable[[], object]) -> tuple[int, int, int]:
    """Modules, functions and hops of what `run` calls in this process, in all its threads."""
    home = str(Path(sys.modules["sinorus"].__file__ or "").parent)
    functions: set[tuple[str, str, int]] = set()
    hops = 0

    def room(frame: FrameType | None) -> str | None:
        while frame is not None:
            name = frame.f_code.co_filename
            if name.startswith(home):
                return None if frame.f_code.co_name == "<module>" else name
            frame = frame.f_back
        return None

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal hops
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(home) or code.co_name in PASSED:
            return
        if code.co_flags & 0x20 and frame.f_lasti > 0:  # a generator that goes on
            return
        came_from = room(frame.f_back)
        if came_from is None and frame.f_back and "<module>" in _names(frame, home):
            return  # called while a module is being imported
        functions.add((code.co_filename, code.co_name, code.co_firstlineno))
        hops += came_from is not None and came_from != code.co_filename

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]
    return len({name for name, _, _ in functions}), len(functions), hops


def _names(frame: FrameType | None, home: str) -> set[str]:
    names = set()
    while frame is not None:
        if frame.f_code.co_filename.startswith(home):
            names.add(frame.f_code.co_name)
        frame = frame.f_back
    return names


def one(arguments: list[str]) -> None:
    """Runs a command in this process and prints what it passed."""
    from sinorus.cli.main import main

    sys.argv = ["sinorus", *arguments]
    with Path(os.devnull).open("w") as nowhere:
        shown, sys.stdout = sys.stdout, nowhere

        def run() -> None:
            with contextlib.suppress(SystemExit):
                main()

        os._exit = sys.exit  # as sinorus ends a process at once
        found = counted(run)
        sys.stdout = shown
    print(*found)


def main() -> None:
    """Prints a row for each command."""
    if sys.argv[1:]:
        one(sys.argv[1:])
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        shutil.copytree(ROOT / "seeds", root / "seeds")
        for first in (["index", "--quiet"], ["search", "-c", "alliance"]):  # compiles the names
            subprocess.run(
                [sys.executable, "-m", "sinorus", *first],
                cwd=root,
                check=True,
                stdout=subprocess.DEVNULL,
                env=environment,
            )
        print("| command | modules | functions | hops |\n|---|---:|---:|---:|")
        changed = sorted((root / "seeds").rglob("*.md"))[0]
        for name, command in (
            ("search alliance", "search alliance"),
            ("one changed document", "index --quiet"),
        ):
            if "changed" in name:
                changed.write_text(changed.read_text("utf-8") + "\n\nOne more.\n", "utf-8")
            done = subprocess.run(
                [sys.executable, str(Path(__file__).resolve()), *command.split()],
                cwd=root,
                check=True,
                capture_output=True,
                text=True,
                env=environment,
            )
            print("| " + " | ".join([name, *done.stdout.split()]) + " |")


if __name__ == "__main__":
    main()
