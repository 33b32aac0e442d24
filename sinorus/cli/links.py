"""Links on a terminal: to a file, and to the line in it where the user's editor is known to go."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

from sinorus.config import Settings
from sinorus.errors import ConfigError
from sinorus.model.documents import PART

_JETBRAINS = ("idea", "pycharm", "webstorm", "phpstorm", "goland", "clion", "rubymine", "rider")
SCHEMES: Mapping[str, str] = {
    "code": "vscode://file{path}:{line}",
    "code-insiders": "vscode-insiders://file{path}:{line}",
    **{
        name: f"{name}://file{{path}}:{{line}}"
        for name in ("cursor", "windsurf", "positron", "trae", "kiro", "antigravity")
    },
    **dict.fromkeys(("codium", "vscodium"), "vscodium://file{path}:{line}"),
    **dict.fromkeys(("zed", "zeditor"), "zed://file{path}:{line}"),
    **{name: f"{name}://open?file={{path}}&line={{line}}" for name in _JETBRAINS},
    **dict.fromkeys(
        ("subl", "sublime_text", "sublime-text", "sublime"),
        "subl://open?url=file://{path}&line={line}",
    ),
    **dict.fromkeys(("mate", "rmate"), "txmt://open?url=file://{path}&line={line}"),
    "bbedit": "x-bbedit://open?url=file://{path}&line={line}",
    **dict.fromkeys(("mvim", "macvim"), "mvim://open?url=file://{path}&line={line}"),
}
"""Addresses that lead editors to a line, by the names of their programs, as `EDITORS` has them."""
_FILE = "file://{host}{path}"
_FIELD = re.compile(r"\{([a-z]+)\}")
_KNOWN = ("path", "line", "host")


def linked_by(settings: Settings, root: Path) -> Callable[[str, int | None], str]:
    """What makes the link to a path and line of the library `root`; no line: to the file.

    Raises ConfigError for a setting that is no address.
    """
    chosen = str(settings["links"])
    if chosen not in ("auto", "file"):
        _check(chosen, settings.origin("links"))

    @cache
    def template() -> str:
        return _by_editor(settings) if chosen == "auto" else _FILE if chosen == "file" else chosen

    def link(path: str, line: int | None) -> str:
        file, inside, _ = path.partition(PART)
        made = template() if line and not inside else _FILE
        if made != _FILE:
            from sinorus.library.opening import has_lines

            made = made if has_lines(file) else _FILE
        fields = {"path": quote(os.fsencode(root.absolute() / file)), "line": str(line or 1)}
        return _FIELD.sub(lambda field: fields.get(field[1]) or _host(), made)

    return link


@cache
def _host() -> str:
    return quote(os.uname().nodename)


def _check(template: str, origin: str) -> None:
    unknown = [name for name in _FIELD.findall(template) if name not in _KNOWN]
    if unknown or "{path}" not in template or ":" not in template:
        fault = f"there is no {{{unknown[0]}}}" if unknown else f"{template!r} is no address"
        raise ConfigError(
            f"{origin}: links: {fault}",
            'auto, file, none, or as "vscode://file{path}:{line}"; there is {host} too',
        )


def _by_editor(settings: Settings) -> str:
    """The address that the user's editor goes to, else that of the editor whose terminal this is.

    Over ssh it is another machine's editor that would be asked for the file.
    """
    if os.environ.get("SSH_TTY") or os.environ.get("SSH_CONNECTION"):
        return _FILE
    named = [str(settings["editor"]), *map(os.environ.get, ("VISUAL", "EDITOR"))]
    text = next((one for one in named if one and one.strip()), "")
    return SCHEMES.get(_name(text)) or SCHEMES.get(_around(), _FILE)


def _name(text: str) -> str:
    """What an editor that was named so is known by; empty of one that has no addresses."""
    lower = text.lower()
    if not any(name in lower for name in SCHEMES):  # most spare us what knows all programs
        return ""
    from sinorus.cli.editors import EDITORS
    from sinorus.cli.programs import known_as, program_of

    try:
        found = program_of(text, "")
    except ConfigError:  # which `open` says
        return ""
    if found is None or found.name in SCHEMES:
        return found.name if found else ""
    return known_as(found, EDITORS).name


def _around() -> str:
    """The editor in whose own terminal we are; empty if it is none that has addresses."""
    program = os.environ.get("TERM_PROGRAM", "")
    if program == "vscode":
        return "cursor" if os.environ.get("CURSOR_TRACE_ID") else "code"
    return program if program == "zed" else ""
