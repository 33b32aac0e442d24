"""Viewers and browsers by name: how each of them is told to open a file at its page."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from urllib.parse import quote

from sinorus.cli.programs import (
    Call,
    Place,
    Program,
    chosen,
    filled,
    first_installed,
    known_as,
    named_program,
    program_of,
)
from sinorus.config import Settings
from sinorus.errors import SinorusError
from sinorus.model.value import value

_PAGED = frozenset({".pdf", ".ps", ".djvu", ".djv", ".xps", ".cbz"})
"""Files whose pages are the same in every viewer; those of a book are where they were printed."""
_BOOKS = _PAGED | {".epub", ".mobi", ".fb2"}
_WEB = frozenset({".pdf", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".svg", ".txt"})

Told = Callable[[str, int], list[str]]
"""How a viewer is told a path and a page, which is 0 where there is none."""


def _named(flag: str) -> Told:
    return lambda path, page: [flag, str(page), path] if page else [path]


def _joined(flag: str) -> Told:
    return lambda path, page: [f"{flag}{page}", path] if page else [path]


def _after(path: str, page: int) -> list[str]:
    return [path, str(page)] if page else [path]


def _fragment(path: str, page: int) -> list[str]:
    return [f"{path}#{page}"] if page else [path]


def _acrobat(path: str, page: int) -> list[str]:
    return ["/a", f"page={page}", path] if page else [path]


def file_address(path: str, page: int = 0) -> str:
    """The `file:` address of an absolute path, at a page if there is one."""
    return f"file://{quote(os.fsencode(path))}" + (f"#page={page}" if page else "")


def _address(path: str, page: int) -> list[str]:
    return [file_address(path, page)]


def _bare(path: str, _: int) -> list[str]:
    return [path]


@value(frozen=True)
class Viewer:
    """A viewer: how it is told a page, which files it can show, whether it has a window.

    `kinds` are suffixes; empty for all. `pages` is whether it goes to a page at all.
    """

    told: Told
    kinds: frozenset[str] = _PAGED
    window: bool = True
    pages: bool = True


_EVINCE = Viewer(_named("-i"))
_MUPDF = Viewer(_after, _BOOKS)
_BROWSER = Viewer(_address, _WEB)
_TEXT_BROWSER = Viewer(_address, _WEB - {".pdf"}, window=False, pages=False)
_SYSTEM = Viewer(_bare, frozenset(), pages=False)
_BROWSERS = (
    *("firefox", "librewolf", "waterfox", "floorp", "zen", "chromium", "chrome", "google-chrome"),
    *("google chrome", "brave", "brave-browser", "brave browser", "microsoft-edge", "vivaldi"),
    *("opera", "epiphany", "falkon", "qutebrowser", "konqueror", "safari", "x-www-browser"),
    *("firefox-esr", "icecat", "palemoon", "seamonkey", "surf", "midori", "arc", "orion"),
)
_TEXT_BROWSERS = ("w3m", "lynx", "links", "links2", "elinks", "www-browser", "browsh", "carbonyl")

VIEWERS: Mapping[str, Viewer] = {
    "zathura": Viewer(_joined("--page="), _BOOKS),
    "okular": Viewer(_named("-p"), _BOOKS),
    **dict.fromkeys(("evince", "atril", "xreader", "papers"), _EVINCE),
    "xpdf": Viewer(_after),
    "mupdf": _MUPDF,
    "sioyek": Viewer(_named("--page"), _BOOKS),
    "qpdfview": Viewer(_fragment),
    "sumatrapdf": Viewer(_named("-page"), _BOOKS),
    **dict.fromkeys(("llpp",), Viewer(_named("-page"), _BOOKS)),
    **dict.fromkeys(("djview", "djview4"), Viewer(_joined("-page="))),
    "gv": Viewer(_joined("--page=")),
    **dict.fromkeys(("acroread", "acrobat", "acrord32"), Viewer(_acrobat)),
    "skim": Viewer(_bare),
    **dict.fromkeys(("preview", "epdfview", "apvlv"), Viewer(_bare, pages=False)),
    **dict.fromkeys(("foliate", "ebook-viewer"), Viewer(_bare, _BOOKS, pages=False)),
    **dict.fromkeys(("tdf", "fbpdf", "jfbview"), Viewer(_bare, window=False, pages=False)),
    **dict.fromkeys(("xdg-open", "open", "gio", "wslview", "kde-open", "exo-open"), _SYSTEM),
    **dict.fromkeys(_BROWSERS, _BROWSER),
    **dict.fromkeys(_TEXT_BROWSERS, _TEXT_BROWSER),
}
"""Viewers by the names of their programs, as `Program.name` has them."""
_OF_THE_MAC = {"skim": "Skim", "preview": "Preview", "safari": "Safari"}
_SYSTEMS = (("xdg-open",), ("gio", "open"), ("wslview",), ("kde-open",), ("exo-open",))


def viewer_of(settings: Settings, place: Place) -> Program:
    """What shows a file that has no lines: the viewer that is set if it can, else the system's.

    Raises SinorusError if there is neither.
    """
    found = chosen(settings, "viewer", ())
    if found is not None:
        found = known_as(found, VIEWERS)
        kinds = VIEWERS[found.name].kinds if found.name in VIEWERS else None
        if not kinds or _suffix(place.path) in kinds:  # what one can that is not known, users know
            return found
    pages = place.page and _suffix(place.path) == ".pdf"
    system = (_usual_for_pdf() if pages else None) or first_installed(_openers())
    if system is None:
        told = f" but {found.words[0]}, which shows no such files" if found else ""
        raise SinorusError(
            f"there is no program to open {place.path}{told}",
            'set viewer = "…" in your own config.toml, or SINORUS_VIEWER',
        )
    return known_as(system, VIEWERS)


def _usual_for_pdf() -> Program | None:
    """The viewer that xdg-open would start, if we know how to send that to a page."""
    asked = ("xdg-mime", "query", "default", "application/pdf")
    if sys.platform == "darwin" or shutil.which(asked[0]) is None:
        return None
    try:
        said = subprocess.run(
            asked, stdin=subprocess.DEVNULL, capture_output=True, timeout=2, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
    # org.gnome.Evince.desktop, okularApplication_pdf.desktop, org.pwmt.zathura-pdf-mupdf.desktop
    name = said.stdout.decode("utf-8", "replace").strip().lower().removesuffix(".desktop")
    for part in (name, name.rpartition(".")[2]):
        for known in sorted(VIEWERS, key=len, reverse=True):
            if VIEWERS[known].pages and part.startswith(known) and shutil.which(known):
                return known_as(named_program((known,), ""), VIEWERS)
    return None


def browser_of() -> Program:
    """The user's browser: `$BROWSER`, else what the system opens addresses with.

    Raises SinorusError if there is none.
    """
    named = os.environ.get("BROWSER", "").split(os.pathsep)  # several, the first that is there
    offered = [found for one in named if (found := program_of(one, "BROWSER"))]
    there = [one for one in offered if shutil.which(one.words[0])]
    browsers = [(name,) for name in (*_BROWSERS, *_TEXT_BROWSERS)]
    if found := next(iter([*there, *offered]), None) or first_installed([*_openers(), *browsers]):
        return known_as(found, VIEWERS)
    raise SinorusError("there is no browser", "set BROWSER")


def _openers() -> tuple[tuple[str, ...], ...]:
    """The commands that open a file or an address as the system is set up, best first."""
    return (("open",),) if sys.platform == "darwin" else _SYSTEMS


def viewer_call(program: Program, place: Place) -> Call:
    """What to run so that a viewer opens a file at its page.

    Raises ConfigError for a broken template.
    """
    viewer = VIEWERS.get(program.name, _SYSTEM)
    if program.is_template:
        return Call(filled(program, place), not viewer.window)
    page = place.page if _suffix(place.path) in _PAGED else 0
    words = program.words
    if words[0].lower() in _OF_THE_MAC:
        words = ("open", "-a", _OF_THE_MAC[words[0].lower()])
    if program.name == "skim" and page:  # by its own kind of address alone
        return Call(("open", f"skim://{quote(os.fsencode(place.path))}#page={page}"), False)
    told = viewer.told(place.path, page)
    return Call((*words, *told), not viewer.window, viewer.pages or not place.page)


def browser_call(program: Program, address: str) -> Call:
    """What to run so that a browser opens an address; `%s` in its words stands for that."""
    words = tuple(word.replace("%s", address) for word in program.words if word != "&")
    told = words if words != program.words and address in " ".join(words) else (*words, address)
    viewer = VIEWERS.get(program.name, _SYSTEM)
    return Call(told, not viewer.window)


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 - of a name that is no path's
