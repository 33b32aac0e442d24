"""A text that a user writes in his editor."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory, mkstemp

from sinorus.cli.editors import editor_calls, editor_of
from sinorus.cli.programs import Place, has_display, run
from sinorus.config import Settings
from sinorus.errors import SinorusError


def written(settings: Settings, before: str = "") -> str:
    """What the user made of a text in his editor.

    Raises SinorusError where there is no editor, or one that is not waited for.
    """
    program = editor_of(settings)
    with TemporaryDirectory(prefix="sinorus-") as folder:
        path = Path(folder) / "note.md"
        path.write_text(f"{before}\n" if before else "", "utf-8")
        (call,) = editor_calls(program, [Place(str(path))], display=has_display())
        if not call.attached:
            raise SinorusError(
                f"{program.words[0]} does not say when a file is closed",
                "set EDITOR to a command that waits, as 'code --wait', or write the words here",
            )
        run(call, program.origin)
        try:
            return path.read_text("utf-8-sig", "replace")
        except FileNotFoundError:
            return ""


def kept(text: str) -> str:
    """The path of a file that has what a user wrote and that could not be put where it belongs."""
    handle, path = mkstemp(prefix="note-", suffix=".md")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return path
