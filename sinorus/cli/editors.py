"""Editors by name: how each of them is told to open files at their lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from sinorus.cli.programs import Call, Place, Program, chosen, filled, first_installed, known_as
from sinorus.config import Settings
from sinorus.errors import SinorusError
from sinorus.model.value import value


def _plus(place: Place) -> list[str]:
    return [f"+{place.line}", place.path] if place.line else [place.path]


def _colon(place: Place) -> list[str]:
    if not place.line:
        return [place.path]
    # Of a name that ends so itself, the editor would take the line for a column.
    column = ":1" if re.search(r":\d+$", place.path) else ""
    return [f"{place.path}:{place.line}{column}"]


def _named(flag: str) -> Callable[[Place], list[str]]:
    return lambda place: [flag, str(place.line), place.path] if place.line else [place.path]


def _joined(flag: str) -> Callable[[Place], list[str]]:
    return lambda place: [f"{flag}{place.line}", place.path] if place.line else [place.path]


def _behind(place: Place) -> list[str]:
    """For windows around Neovim, which hand on to it what follows `--`."""
    return [place.path, "--", f"+{place.line}"] if place.line else [place.path]


def _bare(place: Place) -> list[str]:
    return [place.path]


@value(frozen=True)
class Editor:
    """An editor: how it is told a place, whether several at once, and whether it has a window.

    `lines` is whether it goes to a line at all; `first` is what is said once, before all places.
    """

    told: Callable[[Place], list[str]]
    together: bool = False
    window: bool = False
    lines: bool = True
    first: tuple[str, ...] = ()


_TERMINAL, _TERMINAL_ONE = Editor(_plus, together=True), Editor(_plus)
_WINDOW = Editor(_plus, window=True)
_CODE = Editor(_colon, together=True, window=True, first=("-g",))
_COLONS = Editor(_colon, together=True, window=True)
_JETBRAINS = Editor(_named("--line"), window=True)
_NO_LINES = Editor(_bare, together=True, window=True, lines=False)
_VIMS = ("gvim", "gview", "mvim", "evim", "macvim", "vimr")

EDITORS: Mapping[str, Editor] = {
    **dict.fromkeys(
        ("vi", "vim", "nvim", "view", "vimx", "rvim", "ex", "nvi", "elvis"), _TERMINAL_ONE
    ),
    **dict.fromkeys(("nvr", "vis", "sensible-editor", "editor", "zile", "dte"), _TERMINAL_ONE),
    **dict.fromkeys(("micro", "kak", "mcedit", "le", "moe", "ee", "aee"), _TERMINAL_ONE),
    **dict.fromkeys(("nano", "rnano", "pico", "mg", "ne", "emacs", "emacsclient"), _TERMINAL),
    **dict.fromkeys(("joe", "jmacs", "jstar", "jpico", "rjoe", "xemacs", "jove"), _TERMINAL),
    **dict.fromkeys(("hx", "helix", "evil-helix"), Editor(_colon, together=True)),
    "jed": Editor(_named("-g")),
    **dict.fromkeys(_VIMS, _WINDOW),
    **dict.fromkeys(("gedit", "pluma", "xed", "geany", "featherpad", "bbedit"), _WINDOW),
    **dict.fromkeys(("neovide", "nvim-qt"), Editor(_behind, window=True)),
    **dict.fromkeys(("code", "codium", "vscodium", "code-server", "cursor", "windsurf"), _CODE),
    **dict.fromkeys(("positron", "trae", "kiro", "vscode", "antigravity"), _CODE),
    **dict.fromkeys(("subl", "sublime_text", "sublime-text", "sublime"), _COLONS),
    **dict.fromkeys(("zed", "zeditor", "atom", "pulsar", "lapce", "lite-xl"), _COLONS),
    **dict.fromkeys(("kate", "kwrite", "mousepad", "medit"), Editor(_named("-l"), window=True)),
    **dict.fromkeys(("mate", "rmate"), Editor(_named("-l"), window=True)),
    **dict.fromkeys(("nedit", "xnedit"), Editor(_named("-line"), window=True)),
    "notepad++": Editor(_joined("-n"), window=True),
    **dict.fromkeys(("idea", "pycharm", "webstorm", "phpstorm", "goland", "clion"), _JETBRAINS),
    **dict.fromkeys(("rubymine", "rider", "appcode", "charm", "fleet"), _JETBRAINS),
    **dict.fromkeys(("gnome-text-editor", "texteditor", "leafpad", "l3afpad"), _NO_LINES),
    **dict.fromkeys(("xdg-open", "open", "typora", "marktext", "ghostwriter"), _NO_LINES),
    **dict.fromkeys(("obsidian", "libreoffice", "soffice"), _NO_LINES),
}
"""Editors by the names of their programs, as `Program.name` has them."""

_FALLBACKS = (("editor",), ("nano",), ("vi",))
"""What is tried where nobody named an editor: the system's choice, and what most systems have."""
_UNKNOWN = Editor(_bare, lines=False)
_WAITING = frozenset({"-w", "--wait", "-W", "-b", "--block", "--nofork", "--foreground"})
"""What has an editor with a window wait until the file is closed: then so do we."""
_IN_TERMINAL = frozenset({"-nw", "-t", "--tty", "--no-window-system", "-tty"})


def editor_of(settings: Settings) -> Program:
    """The user's editor: the setting, else `$VISUAL`, `$EDITOR`, what there is.

    Raises SinorusError if there is none.
    """
    found = chosen(settings, "editor", ("VISUAL", "EDITOR")) or first_installed(_FALLBACKS)
    if found is None:
        raise SinorusError(
            "there is no editor", 'set EDITOR, or editor = "…" in your own config.toml'
        )
    return known_as(found, EDITORS)


def editor_calls(program: Program, places: Sequence[Place], *, display: bool) -> list[Call]:
    """What to run so that an editor opens files at their lines, one call where it can do that.

    `display` is whether there is a screen for windows. Raises ConfigError for a broken template.
    """
    editor = EDITORS.get(program.name, _UNKNOWN)
    if program.name in ("emacs", "emacsclient", "xemacs"):
        editor = _emacs(editor, program, display)
    waits = not _WAITING.isdisjoint(program.words)
    waits = waits or (program.name in _VIMS and "-f" in program.words)
    attached = not editor.window or waits
    if program.is_template:
        return [Call(filled(program, place), attached) for place in places]
    groups = [places] if editor.together else [[place] for place in places]
    return [
        Call(
            (
                *program.words,
                *editor.first,
                *(part for place in group for part in editor.told(place)),
            ),
            attached,
            editor.lines or not any(place.line for place in group),
        )
        for group in groups
    ]


def _emacs(editor: Editor, program: Program, display: bool) -> Editor:
    """Emacs has a window if it can; its client stays until the file is closed, if it may."""
    client = program.name == "emacsclient"
    inside = not _IN_TERMINAL.isdisjoint(program.words) or "nox" in program.real + program.words[0]
    if inside or not (display or client):
        return editor
    stays = client and {"-n", "--no-wait"}.isdisjoint(program.words)
    return Editor(editor.told, together=True, window=True, first=("-n",) if stays else ())
